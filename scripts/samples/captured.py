"""The samples that real servers wrote (scripts/make-server-samples), with what is true of them: captured.json.

    for log in load(sample_logs): log.data(), log.codes

They have the interface of SampleLog as far as make-samples uses it; their bytes are those in sample-logs/.
"""

import json
import pathlib

TABLE = pathlib.Path(__file__).resolve().parent / "captured.json"


class CapturedLog:
    def __init__(self, entry, directory):
        self.name, self.about = entry["name"], entry["about"]
        self.counted, self.rejected, self.ignored = entry["counted"], entry["rejected"], 0
        self.codes = {int(code): count for code, count in entry["codes"].items()}
        self.lines = entry["lines"] * [None]
        self.path = pathlib.Path(directory, self.name)

    def data(self):
        return self.path.read_bytes()


def entries():
    return json.loads(TABLE.read_text(encoding="utf-8")) if TABLE.exists() else []


def load(directory):
    return [CapturedLog(entry, directory) for entry in entries()]


def replace(entry):
    """Puts an entry in the place of the one with its name."""
    table = [other for other in entries() if other["name"] != entry["name"]] + [entry]
    table.sort(key=lambda one: one["name"])
    TABLE.write_text("[\n" + ",\n".join(json.dumps(one) for one in table) + "\n]\n", encoding="utf-8")
