"""sample-logs/README.md: what each sample is and what is true of it.

The table is also read by tests: name, lines, counted, rejected, ignored, codes as `200:17 404:3`.
"""

HEAD = """\
# Sample logs

Written by `scripts/make-samples`, which knows the counts below because it makes the lines; do not edit by hand. Those
"as … writes it" are extracts of logs that real servers wrote (`scripts/make-server-samples`). All addresses and names are
reserved for documentation.

`access.log` is 23 November 2026, 08:00 to 14:00 UTC, in a small shop behind nginx. Beside ordinary visits it shows:

| when | what | who |
|---|---|---|
| all day | TLS on the plain port and other protocols (400), connections without a request (408), clients that leave (499) | 192.0.2.100–250 |
| 09:12 | probing for files that leak (404, 403) | 192.0.2.66 |
| 09:30–09:40 | a crawler that is told to slow down (429) and does not (503) | 192.0.2.77 |
| 10:05–10:07 | a form that sends by GET what does not fit (414), cut by the server at 8 KiB: no protocol, no agent | 198.51.100.77 |
| 11:00–11:25 | more connections than one address may have (421); many agents, so many people behind one gateway | 198.51.100.200 |
| 12:10–12:20 | the application is gone (502, 504), and `POST /checkout` fails on its return (500) | everybody |
| 13:20–13:24 | guessing the administrator's password (401) | 198.51.100.23 |

The others are small and awkward, each in one way.

| file | lines | counted | rejected | ignored | codes | what it is |
|---|---|---|---|---|---|---|
"""


def text(logs):
    rows = []
    for log in logs:
        codes = " ".join(f"{code}:{count}" for code, count in sorted(log.codes.items(), key=lambda item: (-item[1], item[0])))
        about = log.about.replace("|", "\\|")
        rows.append(f"| {log.name} | {len(log.lines)} | {log.counted} | {log.rejected} | {log.ignored} | {codes} | {about} |\n")
    return HEAD + "".join(rows)
