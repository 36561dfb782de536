"""Holds a server's logs to three things: what its clients received, a second reading, and what logstat counts.

    differences = check(Nginx, run, "build/logstat")     # lines of text; none if all agree
"""

import collections
import itertools
import json
import pathlib
import subprocess
import tempfile


def check(server_class, run, program):
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
            if log.ready:
                path = pathlib.Path(directory, f"{log.name}.log")
                path.write_bytes(data)
                differences += check_program(program, path, log, records, found)
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


def check_program(program, path, log, records, codes):
    differences = []
    if log.preset:
        report = run_program(program, path)
        if report["inputs"][0]["format"] != log.preset:
            differences.append(f"{log.name}: found to be {report['inputs'][0]['format']}, not {log.preset}")
        differences += check_report(f"{log.name}, format found", report, records, codes)
    if log.string:
        report = run_program(program, path, "--format", log.string)
        differences += check_report(f"{log.name}, format told", report, records, codes)
    return differences


def run_program(program, path, *options):
    found = subprocess.run([program, str(path), *options, "-o", "json", "--top", "0"], stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE, check=False)
    if not found.stdout:
        raise RuntimeError(f"{program} {path.name} {options}: {found.stderr.decode(errors='replace')}")
    return json.loads(found.stdout)


def check_report(name, report, records, codes):
    totals = report["totals"]
    rejected = codes[None]
    differences = different(name, "logstat counts", collections.Counter({row["code"]: row["count"] for row in report["codes"]}),
                            "the log has", codes - collections.Counter({None: rejected}))
    truth = {"lines": len(records), "counted": len(records) - rejected, "filtered": 0, "rejected": rejected, "ignored": 0}
    differences += [f"{name}: totals.{key} is {totals[key]}, not {truth[key]}" for key in truth if totals[key] != truth[key]]
    clients = collections.Counter(record.client for record in records if record and record.client)
    if clients:
        counted = {row["key"]: row["count"] for row in report["clients"]}
        if counted != dict(clients):
            differences.append(f"{name}: clients are {counted}, not {dict(clients)}")
    return differences
