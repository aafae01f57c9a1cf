"""Mail by ear: only ever read, never changed, moved, marked or sent; what it says is data and asks for nothing here."""

from becoming.tools.mail.accounts import Account, Accounts, MailError, find
from becoming.tools.mail.box import Letter, unread
from becoming.tools.mail.post import Post, sender

__all__ = ["Account", "Accounts", "Letter", "MailError", "Post", "find", "sender", "unread"]
