"""What every sample log is made with: repeatable chance, times, lines, and the truth about them.

    log = SampleLog("access.log", "what it shows")
    log.request(time, "192.0.2.1", "GET /", 200, 5124, agent=AGENTS[0])
    log.reject(b"nonsense")
    log.data(), log.codes, log.counted

A log knows its true counts because whoever adds a line says what the line is, not because something read it.
"""

import calendar
import collections
import time as clock

MASK = (1 << 64) - 1
MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()


class Chance:
    """SplitMix64: the same numbers with every Python, which `random` promises for few of its functions."""

    def __init__(self, seed):
        self.state = seed

    def below(self, limit):
        self.state = (self.state + 0x9E3779B97F4A7C15) & MASK
        value = self.state
        value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9 & MASK
        value = (value ^ (value >> 27)) * 0x94D049BB133111EB & MASK
        return (value ^ (value >> 31)) * limit >> 64

    def between(self, low, high):
        return low + self.below(high - low + 1)

    def pick(self, things):
        return things[self.below(len(things))]

    def one_in(self, count):
        return self.below(count) == 0


def at(text):
    """Unix seconds of "08:15:30" on the day of the samples, 23 November 2026, UTC."""
    return calendar.timegm(clock.strptime("2026-11-23 " + text, "%Y-%m-%d %H:%M:%S"))


def stamp(seconds):
    parts = clock.gmtime(seconds)
    return f"[{parts.tm_mday:02}/{MONTHS[parts.tm_mon - 1]}/{clock.strftime('%Y:%H:%M:%S', parts)} +0000]"


class SampleLog:
    def __init__(self, name, about, line_end=b"\n"):
        self.name = name
        self.about = about
        self.line_end = line_end
        self.lines = []                         # (time, bytes with line end)
        self.codes = collections.Counter()
        self.rejected = self.ignored = 0
        self.clock = at("10:00:00")             # of the next line whose time is not said

    @property
    def counted(self):
        return sum(self.codes.values())

    def tick(self):
        self.clock += 1
        return self.clock

    def count(self, line, code, time=None):
        """Adds a whole line, given without its end, that counts under `code`."""
        self._add(line, time)
        self.codes[code] += 1

    def reject(self, line):
        self._add(line, None)
        self.rejected += 1

    def ignore(self, line):
        self._add(line, None)
        self.ignored += 1

    def request(self, time, client, request, status, size, referrer="-", agent="-", user="-"):
        """Adds a combined line; `status` and `size` are written as they are."""
        line = f'{client} - {user} {stamp(time)} "{request}" {status} {size} "{referrer}" "{agent}"'
        self.count(line.encode(), int(status), time)

    def _add(self, line, time):
        if isinstance(line, str):
            line = line.encode()
        self.lines.append((self.tick() if time is None else time, line + self.line_end))

    def sort(self):
        """Brings lines that were added story by story into the order of the log."""
        self.lines.sort(key=lambda line: line[0])

    def data(self):
        return b"".join(line for _, line in self.lines)

    def drop_last_line_end(self):
        time, line = self.lines[-1]
        self.lines[-1] = (time, line.removesuffix(self.line_end))
