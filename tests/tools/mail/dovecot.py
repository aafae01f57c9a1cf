"""A real IMAP server: Debian's Dovecot, on a free loopback port, with one mailbox in a temporary folder."""

from __future__ import annotations

import email
import email.policy
import getpass
import grp
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from imap_tools import MailBoxUnencrypted

from becoming.tools.mail import Account

ADDRESS, PASSWORD = "jonas@localhost", "a quiet password"
OTHERS = ("anna@example.org", "tom@example.org", "off@shop.example")
"""Whose mail lies on the same server, so that it can be seen to arrive there."""

_CONFIG = """
protocols = imap
listen = 127.0.0.1
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/log
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2
auth_failure_delay = 0
default_internal_user = {server}
default_internal_group = {server_group}
default_login_user = {server}
first_valid_uid = 1
mail_location = maildir:{folder}/mail/%u
namespace inbox {{
  inbox = yes
  mailbox Drafts {{
    special_use = \\Drafts
    auto = subscribe
  }}
  mailbox "Sent Items" {{
    special_use = \\Sent
    auto = subscribe
  }}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2
  args = {folder}/oauth2.conf
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login
  args = scheme=PLAIN {folder}/users
}}
userdb {{
  driver = static
  args = uid={owner} gid={group} home={folder}/home allow_all_users=yes
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service imap {{
  process_limit = 20
}}
"""


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        port: int = listening.getsockname()[1]
        return port


def _certify(folder: Path) -> None:
    """A certificate for 127.0.0.1 that its maker alone vouches for: cert.pem, key.pem."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "a mail server of the tests")])
    now = datetime.now(UTC)
    address = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(address, critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, SHA256())
    )
    (folder / "cert.pem").write_bytes(made.public_bytes(Encoding.PEM))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (folder / "key.pem").write_bytes(private)


@dataclass
class Dovecot:
    """A server that runs; what lies in its inbox is put there as files, as mail arrives."""

    folder: Path
    port: int
    tls_port: int
    identities_port: int
    """Where it asks about tokens, should a provider of identities be started there."""
    process: subprocess.Popen[bytes]
    owner: int
    group: int
    delivered: int = 0

    @classmethod
    def start(cls) -> Dovecot:
        program = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
        if program is None:
            raise RuntimeError("Dovecot is missing; install it: apt-get install dovecot-imapd")
        # Not in pytest's own folder: as root, the mailbox belongs to a user who could not go through that.
        folder = Path(tempfile.mkdtemp(prefix="becoming-dovecot-"))
        folder.chmod(0o755)
        root = os.getuid() == 0  # who never may have a mailbox
        mine = pwd.getpwnam("nobody") if root else pwd.getpwuid(os.getuid())
        server = "dovecot" if root else getpass.getuser()
        port, tls_port, identities_port = free_port(), free_port(), free_port()
        _certify(folder)
        config = _CONFIG.format(
            folder=folder,
            server=server,
            server_group=grp.getgrgid(pwd.getpwnam(server).pw_gid).gr_name,
            owner=mine.pw_uid,
            group=mine.pw_gid,
            port=port,
            tls_port=tls_port,
        )
        (folder / "dovecot.conf").write_text(config)
        (folder / "oauth2.conf").write_text(
            f"introspection_url = http://127.0.0.1:{identities_port}/introspect\nintrospection_mode = post\n"
            "username_attribute = username\nactive_attribute = active\nactive_value = true\n"
        )
        (folder / "users").write_text("".join(f"{it}:{{PLAIN}}{PASSWORD}\n" for it in (ADDRESS, *OTHERS)))
        for name in ("mail", "home"):
            (folder / name).mkdir()
            os.chown(folder / name, mine.pw_uid, mine.pw_gid)
        process = subprocess.Popen([program, "-F", "-c", str(folder / "dovecot.conf")])
        found = cls(folder, port, tls_port, identities_port, process, mine.pw_uid, mine.pw_gid)
        found.empty()
        found._wait()
        return found

    def _wait(self) -> None:
        until = time.monotonic() + 30
        while time.monotonic() < until and self.process.poll() is None:
            with socket.socket() as trying:
                if trying.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        log = self.folder / "log"
        raise RuntimeError(f"Dovecot did not start: {log.read_text() if log.exists() else 'it wrote no log'}")

    @property
    def account(self) -> Account:
        return Account(ADDRESS, "127.0.0.1", self.port, "none", ADDRESS)

    def box(self, address: str = ADDRESS) -> Path:
        return self.folder / "mail" / address

    def empty(self) -> None:
        shutil.rmtree(self.folder / "mail", ignore_errors=True)
        for address in (ADDRESS, *OTHERS):
            for made in (self.box(address), *(self.box(address) / name for name in ("cur", "new", "tmp"))):
                made.mkdir(parents=True)
                os.chown(made, self.owner, self.group)
        os.chown(self.folder / "mail", self.owner, self.group)

    def deliver(self, *mails: bytes, age_s: float = 0.0, seen: bool = False, to: str = ADDRESS) -> None:
        """Put mails into an inbox; the last one is the newest."""
        for data in mails:
            self.delivered += 1
            at = time.time() - age_s
            folder, flags = ("cur", ":2,S") if seen else ("new", "")
            file = self.box(to) / folder / f"{int(at)}.M{self.delivered:09}.test{flags}"
            file.write_bytes(data)
            os.chown(file, self.owner, self.group)
            os.utime(file, (at, at))

    def flags(self) -> list[str]:
        """The flags of every mail of the inbox, as they stand in the names of the files; S is read, F flagged."""
        found = [*(self.box() / "cur").iterdir(), *(self.box() / "new").iterdir()]
        return sorted(each.name.partition(":2,")[2] for each in found)

    def mails(self, folder: str = "INBOX", address: str = ADDRESS) -> list[EmailMessage]:
        """Every mail of a folder, asked of the server as any mail program would."""
        with MailBoxUnencrypted("127.0.0.1", self.port).login(address, PASSWORD) as box:
            if not box.folder.exists(folder):
                return []
            box.folder.set(folder, readonly=True)
            _, [numbers] = box.client.search(None, "ALL")
            found = [box.client.fetch(number, "(BODY.PEEK[])")[1] for number in numbers.split()]
        data = [part[1] for each in found for part in each if isinstance(part, tuple)]
        return [email.message_from_bytes(each, policy=email.policy.default) for each in data]

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)
