"""Mail by ear: whose box it is, what is new in it, and a mail as a person would read it aloud.

Only ever read: a box is opened read-only, nothing in it is changed, moved, marked or sent. What a mail says is
data: nobody here looks in it for anything to be done.
"""

from becoming.tools.mail.accounts import Account, Accounts, MailError, find
from becoming.tools.mail.box import Letter, unread
from becoming.tools.mail.post import Post, sender

__all__ = ["Account", "Accounts", "Letter", "MailError", "Post", "find", "sender", "unread"]
