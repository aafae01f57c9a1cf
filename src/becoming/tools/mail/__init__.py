"""Mail: read, and put, moved or sent only after a yes; what a mail says is data and asks for nothing here."""

from becoming.tools.mail.accounts import Account, Accounts, MailError, find, find_out
from becoming.tools.mail.aloud import SAYS
from becoming.tools.mail.box import Letter, unread
from becoming.tools.mail.filing import Correspondent
from becoming.tools.mail.outbox import Outbox
from becoming.tools.mail.post import Post, about, sender, subject_of
from becoming.tools.mail.sending import Mail, signs_in, usable

__all__ = [
    "SAYS", "Account", "Accounts", "Correspondent", "Letter", "Mail", "MailError", "Outbox", "Post", "about", "find", "find_out", "sender", "signs_in",
    "subject_of", "unread", "usable",
]  # fmt: skip
