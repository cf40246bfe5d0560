"""Reports about emails that came back: the right notice is marked, once, and nothing else is."""

from mailbox import Maildir, MaildirMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.engine import fetch
from db.tables import Notice
from portal.evidence.bounces import Failed, failed_in, note, note_maildir
from portal.tasks.opening import open_and_close
from tests.conftest import Clock
from tests.people import Cast

pytestmark = pytest.mark.anyio

REPORT = """From: MAILER-DAEMON@relay.example
To: bounces@westmere.example
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

The mailbox is not known.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; relay.example

Final-Recipient: rfc822; {address}
Action: {action}
Status: 5.1.1

--b
Content-Type: {kind}

From: send@westmere.example
To: {address}
Message-ID: <notice-{notice}@westmere.example>

--b--
"""


def report(
    notice: int, address: str = "Amal@example.com", action: str = "failed", kind: str = "message/rfc822"
) -> bytes:
    return REPORT.format(notice=notice, address=address, action=action, kind=kind).encode()


async def sent(cast: Cast, clock: Clock, result: str = "sent") -> int:
    """An email to Amal about Priya that the relay took."""
    about = f'{{"child": "{cast.priya.public_id}"}}'
    made = Notice(kind="new_message", account=cast.amal.account, email=cast.amal.email, about=about,
                  queued_at=clock.now, sent_at=clock.now, result=result)  # fmt: skip
    await made.save()
    return int(made.id)


@pytest.mark.parametrize("kind", ["message/rfc822", "text/rfc822-headers"])
def test_the_whole_email_or_its_headers_say_which_one_it_was(kind: str) -> None:
    assert failed_in(report(7, kind=kind)) == (Failed(7, "amal@example.com"),)


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed"])
def test_what_may_still_arrive_has_not_failed(action: str) -> None:
    assert failed_in(report(7, action=action)) == ()


def test_the_address_that_we_wrote_to_counts_when_it_was_sent_on() -> None:
    raw = report(7, "elsewhere@example.net").replace(
        b"Final-Recipient", b"Original-Recipient: rfc822;amal@example.com\nFinal-Recipient"
    )
    assert Failed(7, "amal@example.com") in failed_in(raw)


@given(st.binary(max_size=400), st.integers(0, 900))
def test_whatever_lies_in_the_mailbox_breaks_nothing(noise: bytes, at: int) -> None:
    whole = report(7)
    for raw in (noise, whole[:at] + noise + whole[at:], whole[:at]):
        assert len(failed_in(raw)) <= 2


PIECES = (b"\n", b"\n\n", b": ", b'"', b"--b", b"\xff", b"\xc3\xa9", b"=?utf-8?q?", b"\r", b"charset=", b"base64",
          b"\x00", b"boundary=", b"multipart/mixed", b"message/rfc822", b"Content-Transfer-Encoding: ")  # fmt: skip
WHOLE = report(7)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 40), st.sampled_from(PIECES)), max_size=6))
def test_however_a_report_is_broken_what_is_read_of_it_can_be_looked_up(
    broken: list[tuple[int, int, bytes]],
) -> None:
    raw = WHOLE
    for at, length, piece in broken:
        raw = raw[:at] + piece + raw[at + length :]
    for one in failed_in(raw):
        assert one.address.isprintable()
        assert 0 <= one.notice < 10**18


async def test_a_report_marks_the_email_once_and_opens_a_task(cast: Cast, clock: Clock) -> None:
    raw = report(await sent(cast, clock))
    clock.pass_time(hours=3)
    assert await note(raw, now=clock.now) == 1
    assert await note(raw, now=clock.now) == 0
    row = (await fetch("SELECT result, came_back_at FROM notice"))[0]
    assert row == {"result": "bounced", "came_back_at": clock.now}
    await open_and_close(now=clock.now)
    assert [task["kind"] for task in await fetch("SELECT kind FROM task")] == ["bounced"]
    entries = await fetch("SELECT child FROM audit_entry WHERE event = 'post:email:came_back'")
    assert [entry["child"] for entry in entries] == [cast.priya.id]


async def test_a_report_about_another_address_or_another_email_changes_nothing(cast: Cast, clock: Clock) -> None:
    notice = await sent(cast, clock)
    assert await note(report(notice, "ben@example.com"), now=clock.now) == 0
    assert await note(report(notice + 1), now=clock.now) == 0
    assert await note(report(await sent(cast, clock, result="turned_off")), now=clock.now) == 0


async def test_a_maildir_is_read_once(cast: Cast, clock: Clock, tmp_path: Path) -> None:
    box = Maildir(tmp_path / "bounces", create=True)
    box.add(MaildirMessage(report(await sent(cast, clock))))
    box.add(MaildirMessage(b"Subject: Out of office\n\nI am away."))
    assert await note_maildir(tmp_path / "bounces", now=clock.now) == 1
    assert await note_maildir(tmp_path / "bounces", now=clock.now) == 0
    assert [message.get_flags() for message in Maildir(tmp_path / "bounces")] == ["S", "S"]


NOT_ASCII = b'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b\xe9"\n\n--b\xe9\n\nHello\n--b\xe9--\n'
TOO_DEEP = b"Content-Type: message/rfc822\n\n" * 20_000


@pytest.mark.parametrize(("poison", "flags"), [(NOT_ASCII, "S"), (TOO_DEEP, "FS")])
async def test_a_message_that_cannot_be_read_or_written_stops_none_behind_it(
    cast: Cast, clock: Clock, tmp_path: Path, poison: bytes, flags: str
) -> None:
    Maildir(tmp_path / "bounces", create=True)
    new, cur = tmp_path / "bounces" / "new", tmp_path / "bounces" / "cur"
    (new / "1.first").write_bytes(poison)
    (new / "2.second").write_bytes(report(await sent(cast, clock)))
    assert await note_maildir(tmp_path / "bounces", now=clock.now) == 1
    assert await note_maildir(tmp_path / "bounces", now=clock.now) == 0
    assert (cur / f"1.first:2,{flags}").read_bytes() == poison, "it stays as it came"
    assert (cur / "2.second:2,S").exists()


async def test_the_flags_that_a_message_has_already_stay(cast: Cast, clock: Clock, tmp_path: Path) -> None:
    box = Maildir(tmp_path / "bounces", create=True)
    (tmp_path / "bounces" / "cur" / "1.first:2,R").write_bytes(report(await sent(cast, clock)))
    assert await note_maildir(tmp_path / "bounces", now=clock.now) == 1
    assert [message.get_flags() for message in box] == ["RS"]
