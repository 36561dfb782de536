"""The site that every origin server here serves: documents, users, and the names that plain_requests.py asks for.

    site = Site(directory)
    site.documents          # the document root
    site.htpasswd           # its users, for /private/

Each server's configuration adds, by its own means:
  /private/      wants a user               /forbidden/   refuses
  /moved         301                        /proxy/…      to backend.py, which see for what it can do
  /dead/…        to a port nobody listens on              /slow/…       to backend.py, with patience for 300 ms
"""

import base64
import hashlib
import pathlib

HOST = b"shop.example.com"
PASSWORD = "open sesame"
# Names that a log must survive. A colon would end the name, and a line break the line of the password file.
USERS = ["mary", "mary ann", 'quo"te', "back\\slash", "\\", "zo\u00eb", "[bracket]", "a - b",
         "mary@example.org", "pipe|d"]
FILE_BYTES = 12000


class Site:
    def __init__(self, directory):
        self.documents = pathlib.Path(directory) / "documents"
        self.htpasswd = pathlib.Path(directory) / "users"
        for folder in ("private", "forbidden", "listing", "upload"):
            (self.documents / folder).mkdir(parents=True)
        text = "".join(f"{number:07d}\n" for number in range(FILE_BYTES // 8))
        for name in ("index.html", "file.txt", "private/index.html", "forbidden/index.html"):
            (self.documents / name).write_text(text)
        (self.documents / "empty.txt").write_text("")
        digest = base64.b64encode(hashlib.sha1(PASSWORD.encode()).digest()).decode()
        self.htpasswd.write_text("".join(f"{user}:{{SHA}}{digest}\n" for user in USERS))
