"""Programs that run for the length of a test: unprivileged, in a process group of their own, gone afterwards.

    with Process(["nginx", "-c", conf], directory) as nginx:
        wait_until_listening(port, nginx)
        ...
        nginx.stop()             # politely; leaving the block kills what is left

Where the test is root, a program runs as the user that owns `directory`. If the test itself is killed, the kernel
ends the program (PR_SET_PDEATHSIG).
"""

import ctypes
import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time

PR_SET_PDEATHSIG = 1
PATIENCE = 10.0  # seconds for a program to start or to stop

LIBC = ctypes.CDLL(None, use_errno=True)


def directory_for_servers():
    """A fresh directory that an unprivileged program may enter and write to."""
    directory = os.path.realpath(tempfile.mkdtemp(prefix="logstat-servers-"))
    os.chmod(directory, 0o755)
    return directory


def give_away(directory):
    """Makes everything in it belong to the user that servers run as."""
    if os.geteuid() == 0:
        user = pwd.getpwnam("nobody")
        for folder, _, files in os.walk(directory):
            for name in [folder] + [os.path.join(folder, file) for file in files]:
                os.chown(name, user.pw_uid, user.pw_gid)


def find_program(name):
    """Its path, also where only root usually looks; None if it is not installed."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/local/sbin:/usr/sbin:/sbin:/usr/bin")


def free_ports(count):
    """Ports that nothing listened on a moment ago, neither on 127.0.0.1 nor on ::1."""
    sockets = [socket.socket(socket.AF_INET, socket.SOCK_STREAM) for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def has_ipv6():
    try:
        with socket.socket(socket.AF_INET6, socket.SOCK_STREAM) as probe:
            probe.bind(("::1", 0))
        return True
    except OSError:
        return False


def wait_until(condition, what, patience=PATIENCE):
    end = time.monotonic() + patience
    while not condition():
        if time.monotonic() > end:
            raise TimeoutError(f"waited {patience} s for {what}")
        time.sleep(0.02)


class Process:
    def __init__(self, command, directory, environment=None):
        self.command = command
        self.output = os.path.join(directory, f"{os.path.basename(command[0])}.output")
        root = os.geteuid() == 0
        owner = pwd.getpwuid(os.stat(directory).st_uid)
        identity = {"user": owner.pw_uid, "group": owner.pw_gid, "extra_groups": []} if root else {}
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        parent = os.getpid()

        def die_with_parent():
            LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
            if os.getppid() != parent:
                os._exit(1)

        with open(self.output, "ab") as output:
            self.popen = subprocess.Popen(
                command, cwd=directory, stdin=subprocess.DEVNULL, stdout=output, stderr=output, start_new_session=True,
                env={"PATH": path, "HOME": directory, "TMPDIR": directory, "TZ": "UTC", **(environment or {})},
                preexec_fn=die_with_parent, **identity)

    def check(self):
        if self.popen.poll() is not None:
            with open(self.output, encoding="utf-8", errors="replace") as output:
                text = output.read()[-3000:]
            raise RuntimeError(f"{' '.join(self.command)} ended with {self.popen.returncode}:\n{text}")

    def stop(self, how=signal.SIGTERM):
        if self.popen.poll() is None:
            self.popen.send_signal(how)
            try:
                self.popen.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                pass

    def kill(self):
        """Ends whatever is left of the process group."""
        try:
            os.killpg(self.popen.pid, signal.SIGKILL)
        except ProcessLookupError:
            pass
        self.popen.wait()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()


def listens(port, host="127.0.0.1"):
    """Whether somebody does, asked without a connection, which could leave a line in a log."""
    state, local = "0A", f":{port:04X}"
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        with open(table, encoding="ascii") as rows:
            for row in rows:
                fields = row.split()
                if fields[1].endswith(local) and fields[3] == state:
                    return True
    return False


def wait_until_listening(port, process):
    def ready():
        process.check()
        return listens(port)
    wait_until(ready, f"{process.command[0]} to listen on port {port}")
