#!/usr/bin/env python3
"""Generates a log and holds three readers to what its generator knows: the reference, logstat, and for clean lines awk.

    generated.py --genlog build/bench/genlog --lines 300000 --dirty 0.05 --logstat build/logstat

Without --logstat only the reference is held to the generator: the oracle's own test.
"""

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile

import compare
from reference import Reference


def check_truth(who, totals, codes, truth, differences):
    for name, value in (("lines", truth["lines"]), ("counted", truth["counted"]), ("rejected", truth["rejected"]),
                        ("ignored", truth["ignored"]), ("bytes_read", truth["bytes"]),
                        ("response_bytes", truth["response_bytes"])):
        if totals[name] != value:
            differences.append(f"{who}: totals.{name} is {totals[name]}, the generator wrote {value}")
    if codes != truth["codes"]:
        differences.append(f"{who}: codes are {codes}, the generator wrote {truth['codes']}")


def awk_codes(log):
    """What a line of awk says: the ninth word of each line, counted."""
    run = subprocess.run(["awk", "{c[$9]++} END {for (k in c) print k, c[k]}", log], capture_output=True, text=True,
                         check=True, env={**os.environ, "LC_ALL": "C"})
    return {code: int(count) for code, count in (line.split() for line in run.stdout.splitlines())}


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--genlog", required=True)
    parser.add_argument("--logstat")
    parser.add_argument("--lines", type=int, default=20000)
    parser.add_argument("--dirty", type=float, default=0)
    parser.add_argument("--format", default="combined")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--sha256", help="what the log's bytes must hash to, on every machine")
    arguments = parser.parse_args()
    differences = compare.Differences()
    with tempfile.TemporaryDirectory() as directory:
        log, stats = os.path.join(directory, "generated.log"), os.path.join(directory, "truth.json")
        subprocess.run([arguments.genlog, "--lines", str(arguments.lines), "--dirty", str(arguments.dirty), "--format",
                        arguments.format, "--seed", str(arguments.seed), "--out", log, "--stats", stats], check=True)
        with open(stats, encoding="utf-8") as file:
            truth = json.load(file)
        counted = Reference()
        with open(log, "rb") as file:
            data = file.read()
        if arguments.sha256:
            differences.same("sha256 of the log", hashlib.sha256(data).hexdigest(), arguments.sha256)
        counted.read(data, arguments.format.startswith("vhost"))
        check_truth("reference", counted.totals, {str(code): row.count for code, row in sorted(counted.codes.items())},
                    truth, differences)
        if arguments.dirty == 0 and not arguments.format.startswith("vhost"):
            differences.same("codes by awk", awk_codes(log), truth["codes"])
        if arguments.logstat:
            report = compare.run_logstat(arguments.logstat, log)
            check_truth("logstat", report["totals"], {str(row["code"]): row["count"] for row in
                                                      sorted(report["codes"], key=lambda row: row["code"])},
                        truth, differences)
            differences.same("inputs[0].format", report["inputs"][0]["format"], arguments.format)
            differences.extend(compare.compare(report, counted))
    return 0 if compare.show(f"{arguments.lines} lines, {arguments.format}, {arguments.dirty:.0%} hard", differences) else 1


if __name__ == "__main__":
    sys.exit(main())
