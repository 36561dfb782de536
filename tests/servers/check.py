"""Holds a server's logs to three things: what its clients received, a second reading, and what logstat counts.

    differences = check(Nginx, run, "build/logstat")    # lines of text; none if all agree

What logstat cannot read yet (Log.not_yet) it is asked only with `ask_all`.
"""

import collections
import itertools
import json
import pathlib
import subprocess
import tempfile


def check(server_class, run, program, ask_all=False):
    differences = []
    with tempfile.TemporaryDirectory(prefix="logstat-servers-") as directory:
        for log in server_class.logs:
            data = run.logs[log.name]
            if not data.endswith(b"\n"):
                differences.append(f"{log.name}: the log is empty or its last line is cut")
                continue
            records = [log.reader(line) for line in data.split(b"\n")[:-1]]
            found = collections.Counter(record.status if record else None for record in records)
            expected = possible_codes(server_class, run, log)
            if found not in expected:
                differences += different(log.name, "the log", found, "clients received", expected[0])
            if questions := questions_about(log, ask_all):
                path = pathlib.Path(directory, f"{log.name}.log")
                path.write_bytes(data)
                differences += check_program(program, path, log, questions, records, found)
    return differences


def possible_codes(server_class, run, log):
    """What the log may say of all exchanges that it has seen, as counters; None counts lines without a status."""
    codes, choices = collections.Counter(), []
    for exchange, received in run.received:
        if log.listener is None or exchange.listener == log.listener or exchange.listener in log.listener:
            logged = server_class.logged_codes(exchange, received)
            if exchange.name in server_class.or_logged:
                choices.append((logged, server_class.or_logged[exchange.name]))
            else:
                codes.update(logged)
    return [codes + collections.Counter(itertools.chain(*choice)) for choice in itertools.product(*choices)]


def different(name, one, found, other, expected):
    """Lines like "combined: 404: 17 in the log, 16 of clients"."""
    return [f"{name}: {code if code is not None else 'no status'}: {one} {found[code]}, {other} {expected[code]}"
            for code in sorted(found.keys() | expected.keys(), key=lambda code: -1 if code is None else code)
            if found[code] != expected[code]]


def questions_about(log, ask_all=False):
    """How logstat is asked about a log: it finds the format ("preset"), or is told ("string")."""
    return [how for how in ("preset", "string") if getattr(log, how) and (ask_all or how not in log.not_yet)]


def check_program(program, path, log, questions, records, codes):
    differences = []
    for how in questions:
        name = f"{log.name}, by {how}"
        report = run_program(program, path, *(["--format", log.string] if how == "string" else []))
        if isinstance(report, str):
            differences.append(f"{name}: {report}")
            continue
        verdict = report["inputs"][0]["format"]
        if how == "preset" and log.preset != verdict:
            differences.append(f"{name}: it is {verdict}, not {log.preset}")
        differences += check_report(name, report, records, codes)
    return differences


def run_program(program, path, *options):
    """The report, or the message if there is none."""
    found = subprocess.run([program, str(path), *options, "-o", "json", "--top", "0"], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, check=False)
    if not found.stdout:
        return found.stderr.decode(errors="replace").strip()
    return json.loads(found.stdout)


def check_report(name, report, records, codes):
    totals, rejected = report["totals"], codes[None]
    counted = collections.Counter({row["code"]: row["count"] for row in report["codes"]})
    differences = different(name, "logstat counts", counted, "the log has",
                            codes - collections.Counter({None: rejected}))
    truth = {"lines": len(records), "counted": len(records) - rejected, "filtered": 0, "rejected": rejected,
             "ignored": 0}
    records = [record for record in records if record]
    if all(record.size is not None for record in records):
        truth["response_bytes"] = sum(record.size for record in records)
    differences += [f"{name}: totals.{key} is {totals[key]}, not {value}"
                    for key, value in truth.items() if totals[key] != value]
    for section, field in (("clients", "client"), ("methods", "method")):
        values = collections.Counter(getattr(record, field) for record in records)
        del values[None]
        found = {row["key"]: row["count"] for row in report[section] if not row.get("missing")}
        if values and found != dict(values):
            differences.append(f"{name}: {section} are {found}, not {dict(values)}")
    return differences
