"""Mail is put away, marked, and lists are left, over real servers, after a yes alone; and what a standing yes covers, without."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from becoming.tools.approval import UNDO_S
from becoming.tools.mail import unsubscribing
from tests.conversation.writing_talk import WritingTalk
from tests.store.computers import DesktopKeyring, keyring_is
from tests.tools.mail.writing import ANNA, CLINIC, mail, words


def shop(
    off: str = "<https://127.0.0.1/u>", name: str = "Shoe Shop <news@shop.example>", **headers: str
) -> bytes:
    return mail(name, "Offers", List_Unsubscribe=off, Message_ID=f"<{hash(name)}@shop.example>", **headers)


ONE_CLICK = {"List_Unsubscribe_Post": "List-Unsubscribe=One-Click"}


@pytest.fixture(autouse=True)
def desktop() -> Iterator[None]:
    with keyring_is(DesktopKeyring()):
        yield


class Lists:
    """A web server of a mailing list, over TLS, that writes down what it is asked."""

    def __init__(self, folder) -> None:
        self.asked: list[tuple[str, str, str, dict[str, str]]] = []
        self.answer = 200
        lists = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                lists.asked.append(("POST", self.path, body, dict(self.headers)))
                self.send_response(lists.answer)
                self.send_header("Location", "/elsewhere")
                self.end_headers()

            def do_GET(self) -> None:
                lists.asked.append(("GET", self.path, "", {}))
                self.send_response(200)
                self.end_headers()

            def log_message(self, *told: object) -> None:
                """Quiet."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        secure.load_cert_chain(folder / "cert.pem", folder / "key.pem")
        self.server.socket = secure.wrap_socket(self.server.socket, server_side=True)
        self.url = f"https://127.0.0.1:{self.server.server_port}/u/2?x=y"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def lists(dovecot, monkeypatch) -> Iterator[Lists]:
    monkeypatch.setattr(unsubscribing, "_public", lambda host: True)
    monkeypatch.setenv("SSL_CERT_FILE", str(dovecot.folder / "cert.pem"))
    made = Lists(dovecot.folder)
    yield made
    made.server.shutdown()
    made.server.server_close()


async def talking(dovecot, smtp, *mails: bytes, read: str = "read it") -> WritingTalk:
    dovecot.deliver(*mails)
    talk = WritingTalk(smtp.of(dovecot.account), samples=20 * (" What did you do then?",))
    await talk.say("anything new?")
    await talk.say(read)
    return talk


async def test_a_mail_is_archived_after_a_yes_and_brought_back_within_the_minute(dovecot, smtp):
    boat = mail("Anna Weber <anna@example.org>", "Boat", Message_ID="<boat@example.org>")
    talk = await talking(dovecot, smtp, CLINIC, boat, read="read the one from Anna")
    assert await talk.say("Archive it.") == "Shall I archive the mail from Anna Weber, about Boat?"
    assert len(dovecot.mails()) == 2
    assert await talk.say("yes") == "It goes into the archive."
    talk.done()
    assert [it["Subject"] for it in dovecot.mails("Archive")] == ["Boat"]
    assert await talk.say("anything new?") == "One new: Riverside Clinic writes: Your appointment on Tuesday."
    assert await talk.say("undo") == "I'm taking it back."
    talk.done()
    assert sorted(it["Subject"] for it in dovecot.mails()) == ["Boat", "Your appointment on Tuesday"]
    assert [(deed.what, deed.came) for deed in talk.approvals.deeds()] == [
        ("archive a mail", "done"),
        ("archive a mail", "undone"),
    ]


async def test_a_no_leaves_it_where_it_is(dovecot, smtp):
    talk = await talking(dovecot, smtp, ANNA)
    await talk.say("archive it")
    assert await talk.say("no") == "All right, I'll leave it."
    talk.done()
    assert len(dovecot.mails()) == 1


async def test_one_of_the_list_is_flagged_and_unflagged(dovecot, smtp):
    talk = await talking(dovecot, smtp, CLINIC, ANNA)
    assert await talk.say("Flag the one from the clinic.") == (
        "Shall I flag the mail from Riverside Clinic, about Your appointment on Tuesday?"
    )
    await talk.say("yes please")
    talk.done()
    assert dovecot.flags() == ["", "F"]
    await talk.say("undo that")
    talk.done()
    assert dovecot.flags() == ["", ""]


async def test_a_list_is_left_by_one_post_that_carries_nothing_of_the_person(dovecot, smtp, lists):
    talk = await talking(
        dovecot,
        smtp,
        shop(
            f"<mailto:off@shop.example>, <{lists.url}>".replace("<mailto:off@shop.example>, ", ""),
            **ONE_CLICK,
        ),
    )
    assert (
        await talk.say("Unsubscribe me.") == "Shall I take you off the list of Shoe Shop? I'd tell 127.0.0.1."
    )
    assert lists.asked == []
    await talk.say("yes")
    talk.done()
    [(method, path, body, headers)] = lists.asked
    assert (method, path, body) == ("POST", "/u/2?x=y", "List-Unsubscribe=One-Click")
    assert not {"cookie", "authorization", "referer"} & {name.lower() for name in headers}
    assert talk.approvals.told == []


async def test_a_list_that_answers_with_another_place_is_not_followed_there(dovecot, smtp, lists):
    lists.answer = 302
    talk = await talking(dovecot, smtp, shop(f"<{lists.url}>", **ONE_CLICK))
    await talk.say("unsubscribe")
    await talk.say("yes")
    talk.done()
    assert len(lists.asked) == 1
    assert talk.approvals.told == ["127.0.0.1 didn't take it, so you may still be on that list."]


async def test_without_one_click_no_link_is_opened_and_over_http_nothing_is_told(dovecot, smtp, lists):
    talk = await talking(dovecot, smtp, shop(f"<{lists.url}>"))
    assert await talk.say("unsubscribe") == (
        "That list can only be left on its website, and I open no links of a mail."
    )
    assert unsubscribing.way(talk.post.letters()[0]) is None
    with pytest.raises(Exception, match="no place"):
        unsubscribing.post(lists.url.replace("https", "http"))
    assert lists.asked == []


async def test_a_mail_reaches_nothing_in_the_persons_own_network():
    for host in ("127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "localhost", "[::1]"):
        with pytest.raises(Exception, match="no place"):
            unsubscribing.post(f"https://{host}/reboot")


async def test_a_list_that_wants_a_mail_gets_one_after_the_minute(dovecot, smtp):
    talk = await talking(dovecot, smtp, shop("<mailto:off@shop.example?subject=leave%20u2&body=secrets>"))
    assert (
        await talk.say("unsubscribe")
        == "Shall I take you off the list of Shoe Shop? I'd tell off@shop.example."
    )
    await talk.say("yes")
    talk.later(UNDO_S - 1)
    assert smtp.post.taken == []
    talk.later(2)
    [it] = dovecot.mails(address="off@shop.example")
    assert (it["Subject"], words(it)) == ("leave u2", "leave u2")


async def test_a_standing_yes_is_asked_for_covers_that_shop_alone_and_is_taken_back(dovecot, smtp):
    talk = await talking(dovecot, smtp, shop())
    assert await talk.say("Always archive newsletters from the shoe shop.") == (
        "So I always archive newsletters from shop.example and don't ask. Is that right?"
    )
    assert talk.approvals.rules() == []
    assert await talk.say("Yes.") == "From now on I do."
    talk.done()
    assert len(dovecot.mails("Archive")) == 1
    other = shop(name="Bank <news@bank.example>")
    person = mail("Somebody <somebody@shop.example>", "A question")
    dovecot.deliver(shop(), other, person)
    talk.post._found.clear()
    assert (await talk.say("anything new?")).startswith("Two new")
    talk.done()
    assert sorted(str(it["From"]) for it in dovecot.mails()) == [
        "Bank <news@bank.example>",
        "Somebody <somebody@shop.example>",
    ]
    assert len(dovecot.mails("Archive")) == 2
    assert await talk.say("What may you do without asking?") == "I archive newsletters from shop.example."
    assert talk.approvals.deeds()[-1].because == "archive newsletters from shop.example"
    assert await talk.say("Stop archiving those by yourself.") == (
        "All right. I ask again before I archive newsletters from shop.example."
    )
    assert await talk.say("What may you do without asking?") == "Nothing. I ask before everything."
    dovecot.deliver(shop())
    talk.post._found.clear()
    assert (await talk.say("anything new?")).startswith("Three new")


async def test_what_is_flagged_by_rule_is_flagged_once(dovecot, smtp):
    talk = await talking(dovecot, smtp, ANNA)
    await talk.say("Flag everything from Anna automatically.")
    assert await talk.say("yes") == "From now on I do."
    talk.done()
    for _ in range(2):
        talk.post._found.clear()
        await talk.say("anything new?")
        talk.done()
    assert dovecot.flags() == ["F"]
    assert [deed.what for deed in talk.approvals.deeds()] == ["set a rule"]


async def test_one_who_was_not_seen_yet_gets_no_rule(dovecot, smtp):
    talk = await talking(dovecot, smtp, ANNA)
    assert await talk.say("Always archive newsletters from the bank.") == (
        "I've seen no mail from bank lately. Ask me again when one is here."
    )


@pytest.mark.parametrize(
    "words_said",
    ["I put it away years ago.", "She marked it as read.", "We had to flag down a car.", "They always archive everything at work.", "stop it",
     "Every mail of hers made me cry.", "My landlord is always writing mails."],
)  # fmt: skip
async def test_to_speak_of_such_things_asks_for_none(words_said, dovecot, smtp):
    talk = await talking(dovecot, smtp, ANNA)
    done = talk.sorting.hear(words_said.lower().rstrip("."), words_said)
    assert done is None
