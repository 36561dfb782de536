"""What every server's module describes, and how a described server is run and asked.

    class Nginx(Server):
        name = "nginx"
        programs = ("nginx",)
        logs = (Log("combined", readers.clf, preset="combined"), ...)
        def start(self): ...            # writes the configuration, returns the processes

    run = run_server(Nginx)
    run.received                        # [(exchange, [200]), ...]
    run.logs["combined"]                # its bytes
"""

import collections
import concurrent.futures
import contextlib
import os
import pathlib
import shutil
import time
from typing import NamedTuple

from backend import Backend
from client import perform
from process import directory_for_servers, find_program, free_ports, give_away, has_ipv6, wait_until
from site_layout import Site


class Log(NamedTuple):
    name: str                # of the file, without `.log`
    reader: object           # readers.py: one line to a Record, or None
    config: str              # how the server was told to write it, for the README of the examples
    preset: str = None       # what logstat must find it to be, if it is not told
    string: str = None       # what logstat is told with -f; both are tried where both are given
    not_yet: str = ""        # "preset", "string" or both: what logstat cannot read yet, and is not asked
    listener: object = None  # the port, or ports, of which it has lines; None: all
    sample: str = None       # the name of an extract in sample-logs/ (scripts/make-server-samples),
    sample_about: str = None  # and what its README says of it


class Server:
    """Base of all servers. Directories and ports are ready when start() is called."""
    name = ""
    programs = ()            # all must be installed
    logs = ()
    listeners = ("main",)
    # What the log says where that is not what the client received: {exchange name: (codes)}; None is a line without.
    logged = {}
    or_logged = {}           # the same, where it is a matter of milliseconds: either is right
    # Listeners of which no line has a status: one line for each connection.
    without_status = ()

    def __init__(self, directory, backend_port):
        self.directory = pathlib.Path(directory)
        self.logs_directory = self.directory / "logs"
        self.logs_directory.mkdir()
        self.site = Site(directory)
        self.backend_port = backend_port
        *ports, self.dead_port = free_ports(len(self.listeners) + 1)
        self.ports = dict(zip(self.listeners, ports))
        self.ipv6 = has_ipv6()
        self.processes = []

    @classmethod
    def logged_codes(cls, exchange, received):
        """What the log must say of an exchange; None is a line without a status."""
        if exchange.listener in cls.without_status:
            return (None,)
        return cls.logged.get(exchange.name, tuple(received))

    def exchanges(self):
        raise NotImplementedError

    def start(self, stack):
        """Starts the server and waits until it can be asked; `stack` is an ExitStack for its processes."""
        raise NotImplementedError

    def stop(self):
        for process in self.processes:
            process.stop()

    def path(self, log_name):
        return self.logs_directory / f"{log_name}.log"

    def program(self, name):
        return find_program(name)

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text)
        return str(path)


def at_every_listener(listeners, exchanges):
    """The same requests on each port."""
    return [exchange._replace(listener=listener) for listener in listeners for exchange in exchanges]


def side_by_side(exchanges):
    """The same, for a server that takes a second for each."""
    return [exchange._replace(slow=True) for exchange in exchanges]


class Run(NamedTuple):
    received: list           # (exchange, statuses)
    logs: dict               # bytes by the log's name
    ports: tuple             # of the application behind the server, and of the one that is dead


def missing_programs(server_class):
    return [name for name in server_class.programs if not find_program(name)]


def run_server(server_class):
    """Starts it, sends everything, stops it, and returns what was received and written."""
    directory = directory_for_servers()
    try:
        with Backend() as backend, contextlib.ExitStack() as stack:
            server = server_class(directory, backend.port)
            give_away(directory)
            server.start(stack)
            received = ask(server, server.exchanges())
            settle(server)
            server.stop()
        logs = {log.name: server.path(log.name).read_bytes() for log in server.logs}
        return Run(received, logs, (server.backend_port, server.dead_port))
    finally:
        shutil.rmtree(directory, ignore_errors=True)


def ask(server, exchanges):
    """Sends all exchanges, the slow ones side by side at the end; returns (exchange, statuses) of each."""
    names = collections.Counter((exchange.listener, exchange.name) for exchange in exchanges)
    assert max(names.values()) == 1, f"two exchanges have one name: {names.most_common(1)}"

    def one(exchange):
        try:
            return exchange, perform(exchange, server.ports[exchange.listener])
        except OSError as error:
            raise RuntimeError(f"{exchange.name}: {error}") from error

    exchanges = [exchange for exchange in exchanges if server.ipv6 or not exchange.ipv6]
    received = [one(exchange) for exchange in exchanges if not exchange.slow]
    with concurrent.futures.ThreadPoolExecutor(200) as pool:
        return received + list(pool.map(one, (exchange for exchange in exchanges if exchange.slow)))


def settle(server):
    """Waits until the logs have stopped growing: a server may log after its client has everything."""
    def sizes():
        return [os.path.getsize(server.path(log.name)) if server.path(log.name).exists() else 0 for log in server.logs]

    def quiet():
        before = sizes()
        time.sleep(0.3)
        return sizes() == before

    wait_until(quiet, "the logs to stop growing")
