#!/usr/bin/env python3
"""Starts a real web server, sends it good and bad requests, and holds logstat's counts to what happened.

    run.py nginx build/logstat             exit status 0: all agree, 1: differences, 77: the server is not installed
    run.py nginx build/logstat --keep DIRECTORY      leaves the logs there, and what made them
    run.py nginx build/logstat --all                 asks logstat about formats, too, that it need not know yet
"""

import argparse
import pathlib
import signal
import sys

sys.dont_write_bytecode = True
from apache import Apache  # noqa: E402  (after the line that keeps the checkout clean)
from caddy import Caddy
from check import check
from haproxy import Haproxy
from lighttpd import Lighttpd
from nginx import Nginx
from server import missing_programs, run_server
from squid import Squid
from varnish import Varnish

SERVERS = {server.name: server for server in (Nginx, Apache, Haproxy, Squid, Caddy, Varnish, Lighttpd)}
SKIPPED = 77


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("server", choices=SERVERS)
    parser.add_argument("program", help="logstat")
    parser.add_argument("--keep", type=pathlib.Path, metavar="DIRECTORY", help="leave the logs there")
    parser.add_argument("--all", action="store_true", help="ask about every log, also with what is marked as not yet")
    arguments = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that servers end, too
    server = SERVERS[arguments.server]

    if missing := missing_programs(server):
        print(f"skipped: {', '.join(missing)} not installed; scripts/install-packages servers")
        return SKIPPED
    run = run_server(server)
    if arguments.keep:
        arguments.keep.mkdir(parents=True, exist_ok=True)
        for log in server.logs:
            (arguments.keep / f"{log.name}.log").write_bytes(run.logs[log.name])
        (arguments.keep / "README").write_text("".join(f"{log.name}.log\n    {log.config}\n" for log in server.logs))
    differences = check(server, run, arguments.program, arguments.all)
    for difference in differences:
        print(difference)
    waiting = [] if arguments.all else [f"{log.name} ({log.not_yet})" for log in server.logs if log.not_yet]
    print(f"{server.name}: {len(run.received)} exchanges, {len(server.logs)} logs, {len(differences)} differences" +
          (f"; logstat was not asked about {', '.join(waiting)}" if waiting else ""))
    return 1 if differences else 0


if __name__ == "__main__":
    sys.exit(main())
