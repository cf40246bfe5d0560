"""The zip holds the whole of what a person may know: letters, dates, advice, drafts, access that waits, who looked."""

import json
from datetime import date, timedelta

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from db.tables import Account, Action, AssessmentRequest
from portal import audit, notices
from portal.access.queries import child_of
from portal.advice.commands import NewAdviser, ask, record_exception
from portal.advice.rules import LateReason
from portal.cases.commands import add_key_date, record_decision
from portal.cases.commands import record_exception as except_date
from portal.cases.explaining import explain_lateness
from portal.cases.rules import Decision, Explanation, LawfulException
from portal.everything.asking import PAGE
from portal.files.store import FileStore
from portal.ids import public_id
from portal.notices import Recipient
from tests.client import Client
from tests.conftest import Clock
from tests.people import Cast, gather, give_access, person, sign_in
from tests.web.everything.taking import everything_in, table, taken

pytestmark = pytest.mark.anyio


@pytest.fixture
async def cast(client: Client, clock: Clock) -> Cast:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast


def store_of(app: ASGIApp) -> FileStore:
    return app.app.state.files  # type: ignore[attr-defined, no-any-return]


async def stored(app: ASGIApp, cast: Cast, name: str, clock: Clock) -> int:
    """A clean file of Amal's about Priya. Gives its id."""
    kept = await store_of(app).keep(b"bytes")
    (row,) = await fetch(
        "INSERT INTO stored_file (public_id, child, uploaded_by, name, media_type, size, sha256, stored_as, scan_state,"
        " scan_detail, created_at) VALUES ({}, {}, {}, {}, 'text/plain', 5, '', {}, 'clean', '', {}) RETURNING id",
        public_id(),
        cast.priya.id,
        cast.amal.account,
        name,
        kept,
        clock.now,
    )
    return int(row["id"])


async def test_letters_exceptions_and_key_dates_are_there(client: Client, cast: Cast, clock: Clock) -> None:
    today = clock.now.date()
    priya = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    decision = Decision("decided_not_to_assess", today, "School can help without a plan")
    await record_decision(cast.dee, priya, decision, today=today, now=clock.now)
    (letter,) = table(await taken(client), "decisions")
    assert letter["Why"] == "School can help without a plan"
    assert "Last day to appeal to the SEND Tribunal" in letter["Last days"]
    assert letter["Day"] == "2026-03-09"
    assert letter["Law"]
    assert table(await taken(client), "cases")[0]["Stage"] == "We will not assess"


async def test_why_a_date_may_be_missed_and_key_dates_are_there(client: Client, cast: Cast, clock: Clock) -> None:
    today = clock.now.date()
    priya = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    why = LawfulException(
        "personal", "considering", date(2026, 2, 2), "A refuge", "A boss", None, date(2026, 4, 1), "You are abroad"
    )
    await except_date(cast.dee, priya, why, today=today, now=clock.now)
    await add_key_date(cast.dee, priya, date(2026, 3, 20), "A talk at school", today=today, now=clock.now)
    late = Explanation("considering", "The panel met late", date(2026, 3, 30), today)
    await explain_lateness(cast.dee, priya, late, now=clock.now)
    found = await taken(client)
    (told,) = table(found, "explanations")
    assert (told["Why"], told["New target"]) == ("The panel met late", "2026-03-30")
    (exception,) = table(found, "exceptions")
    assert exception["Why"] == "You are abroad"
    assert "We now aim for Wednesday 1 April 2026" in exception["What happens now"]
    assert "A boss" not in everything_in(found)
    assert "A refuge" not in everything_in(found)
    assert "A talk at school" in [row["Title"] for row in table(found, "key-dates")]


async def test_who_was_asked_for_advice_is_there_without_the_teams_own_reason(
    client: Client, cast: Cast, clock: Clock
) -> None:
    today = clock.now.date()
    priya = await child_of(cast.dee, cast.priya.public_id, now=clock.now)
    await record_decision(cast.dee, priya, Decision("decided_to_assess", today), today=today, now=clock.now)
    new = NewAdviser("psychology", "Ivy North", "Westmere", today)
    adviser = await ask(cast.dee, priya, new, today=today, now=clock.now)
    ill = LateReason("personal", "She is ill", "Dee Shaw", starts=today)
    await record_exception(cast.dee, priya, adviser, ill, today=today, now=clock.now)
    found = await taken(client)
    (asked,) = table(found, "advice")
    assert (asked["Name"], asked["Asked on"], asked["Answer by"]) == ("Ivy North", "2026-03-09", "2026-04-20")
    assert asked["Why it may be late"] == "Exceptional personal circumstances"
    assert "She is ill" not in everything_in(found)


async def test_a_form_reads_as_it_was_filled_in(client: Client, cast: Cast, clock: Clock) -> None:
    await Action(
        public_id=public_id(),
        child=cast.priya.id,
        account=cast.amal.account,
        form_key="parental_preference",
        form_version=1,
        state="in_progress",
        answers=json.dumps({"current_school": "Oak School", "stay": "leaving"}),
        assigned_by=cast.dee.account,
        assigned_at=clock.now,
    ).save()
    (form,) = table(await taken(client), "forms")
    assert form["State"] == "Started, not sent"
    assert "Would you like your child to stay there?: They have to move" in form["Answers"]
    assert "leaving" not in form["Answers"]


async def test_what_was_begun_and_not_sent_is_there_with_its_files(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    typed = json.dumps({"asker": "parent", "forename": "Zebedee", "consent": "talk"})
    await fetch(
        "INSERT INTO assessment_draft (account, typed, updated_at) VALUES ({}, {}, {})",
        cast.amal.account,
        typed,
        clock.now,
    )
    page = await client.get(f"/children/{cast.priya.public_id}/messages/new")
    await client.press(page, "Save draft", subject="Lunch", message="Half a thought")
    file = await stored(app, cast, "100% #1?.txt", clock)
    await fetch("INSERT INTO attachment (file, draft) SELECT {}, id FROM message_draft", file)
    found = await taken(client)
    (request,) = table(found, "request-not-sent")
    assert "Forename: Zebedee" in request["Request"]
    assert "May we ask people for advice?: Talk to me first" in request["Request"]
    (draft,) = table(found, "message-drafts")
    assert (draft["Message"], draft["Files"]) == ("Half a thought", "100% #1?.txt")
    assert found.read("files/001 100% #1?.txt") == b"bytes"
    assert 'href="files/001%20100%25%20%231%3F.txt"' in found.read("Read me first.html").decode()


async def test_a_file_that_is_gone_is_said_to_be_missing(
    app: ASGIApp, client: Client, cast: Cast, clock: Clock
) -> None:
    page = await client.get(f"/children/{cast.priya.public_id}/messages/new")
    await client.press(page, "Save draft", subject="Lunch", message="Half a thought")
    file = await stored(app, cast, "photo.png", clock)
    await fetch("INSERT INTO attachment (file, draft) SELECT {}, id FROM message_draft", file)
    (row,) = await fetch("SELECT stored_as FROM stored_file")
    await store_of(app).forget(row["stored_as"])
    found = await taken(client)
    assert "files/001 photo.png" not in found.namelist()
    assert "photo.png: this file is missing here" in found.read("Read me first.html").decode()


async def test_access_that_waits_and_the_own_request_are_there_and_nothing_else_of_the_record(
    client: Client, cast: Cast, clock: Clock
) -> None:
    zoe = await person("Zoe Lone", clock.now)
    waiting = await give_access(zoe, cast.priya, clock.now)
    await fetch("UPDATE relationship SET state = 'waiting', activated_at = NULL WHERE id = {}", waiting.id)
    (case,) = await fetch("SELECT id FROM ehc_case WHERE child = {}", cast.priya.id)
    answers = json.dumps({"asker": "parent", "needs": "Reading", "again": "", "date_of_birth": "2018-04-02"})
    await AssessmentRequest(
        public_id=public_id(), ehc_case=case["id"], account=zoe.account, answers=answers, sent_at=clock.now
    ).save()
    await sign_in(client, zoe, clock.now)
    found = await taken(client)
    (access,) = table(found, "access")
    assert (access["Child"], access["Access"], access["Basis"]) == (
        "Priya Khan",
        "Being checked",
        "Parental responsibility",
    )
    (request,) = table(found, "requests")
    assert "What is difficult: Reading" in request["Request"]
    assert table(found, "children") == table(found, "cases") == table(found, "key-dates") == []
    assert "Dee Shaw" not in everything_in(found)


async def test_invitations_say_how_we_checked_and_name_nobody_else(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_expires_at,"
        " identity_method, link_hash, answered_by, created_at) VALUES ('a', {}, 'amal@example.com', 'amal@example.com',"
        " 'Amal Khan', 'carer', 'active', {}, 'photo_id', '', {}, {})",
        cast.priya.id,
        clock.now,
        cast.amal.account,
        clock.now,
    )
    await fetch(
        "INSERT INTO invitation (public_id, child, email, email_key, adult_name, basis, state, code_expires_at,"
        " identity_method, link_hash, created_at) VALUES ('b', {}, 'x@example.com', 'x@example.com', 'Xenia Other',"
        " 'carer', 'code_sent', {}, '', '', {})",
        cast.priya.id,
        clock.now,
        clock.now,
    )
    found = await taken(client)
    (invitation,) = table(found, "invitations")
    assert invitation["Invitation"] == "Access was given"
    assert "photo ID" in invitation["How we knew you"]
    assert "Xenia Other" not in everything_in(found)


async def test_emails_to_the_address_before_there_was_an_account_are_there(
    client: Client, cast: Cast, clock: Clock
) -> None:
    await notices.queue("unique_code", Recipient("Amal@example.com"), {}, now=clock.now)
    await notices.queue("unique_code", Recipient("ben@example.com"), {}, now=clock.now)
    about = [(row["To"], row["About"]) for row in table(await taken(client), "emails")]
    assert ("Amal@example.com", "Unique code") in about
    assert not [to for to, _ in about if to.startswith("ben")]


async def test_who_opened_the_record_is_there_as_on_its_page(client: Client, cast: Cast, clock: Clock) -> None:
    for who in (cast.dee, cast.ben):
        await audit.record("family:document:opened", now=clock.now, actor=who, child=cast.priya.id)
    for _ in range(30):
        await audit.record("staff:child:opened", now=clock.now, actor=cast.dee, child=cast.priya.id)
    rows = table(await taken(client), "who-opened")
    assert len(rows) == 31
    assert {row["Who"] for row in rows} == {"Dee Shaw, SEND team (North)"}


async def test_a_professional_gets_no_familys_words(app: ASGIApp, client: Client, cast: Cast, clock: Clock) -> None:
    page = await client.get(f"/children/{cast.priya.public_id}/messages/new")
    await client.press(page, "Send", message_type="Annual Review", subject="Secret", message="Between us")
    ann = await person("Ann Lee", clock.now)
    await Account.update({Account.is_professional: True}).where(Account.id == ann.account)
    await give_access(ann, cast.priya, clock.now, "professional")
    async with Client(app) as school:
        await sign_in(school, ann, clock.now)
        text = everything_in(await taken(school))
    assert "Priya Khan" in text
    assert "Between us" not in text
    assert "amal@example.com" not in text


async def test_nothing_is_cut_however_much_there_is(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO audit_entry (at, event, actor, subject, detail_hash, mac) SELECT {}::timestamptz"
        " + n * interval '1 second', 'sign_in:session:opened', {}, '', '', '' FROM generate_series(1, {}) n",
        clock.now - timedelta(days=1),
        cast.amal.account,
        2 * PAGE + 1,
    )
    found = await taken(client)
    pages = ("what-you-did", "what-you-did 2", "what-you-did 3")
    counts = [len(table(found, name)) for name in pages]
    assert counts == [PAGE, PAGE, 2]
    assert 'href="pages/what-you-did%203.html"' in found.read("Read me first.html").decode()
    assert "Signed in" in found.read("pages/what-you-did 2.html").decode()


async def test_wishes_and_days_are_in_words(client: Client, cast: Cast, clock: Clock) -> None:
    await client.press(await client.get("/account/notices"), "Save", topics=["messages", "documents", "actions"])
    found = await taken(client)
    (wish,) = table(found, "your-wishes")
    assert wish["Wish"] == "No emails about: Dates and news of the case"
    assert wish["Since"] == "2026-03-09 10:00"
    assert "9 March 2026 at 10:00am" in found.read("pages/your-wishes.html").decode()


async def test_a_colleague_gets_kept_views_and_absences(client: Client, cast: Cast, clock: Clock) -> None:
    await fetch(
        "INSERT INTO saved_view (public_id, account, name, asked, created_at)"
        " VALUES ('v', {}, 'Late ones', 'late=1', {})",
        cast.dee.account,
        clock.now,
    )
    await fetch(
        "INSERT INTO absence (public_id, account, cover, from_day, to_day, recorded_at)"
        " VALUES ('x', {}, {}, '2026-03-10', '2026-03-12', {})",
        cast.dee.account,
        cast.mo.account,
        clock.now,
    )
    await sign_in(client, cast.dee, clock.now)
    found = await taken(client)
    assert table(found, "kept-views")[0]["Name"] == "Late ones"
    assert table(found, "absences")[0]["Covered by"] == "Mo Bell"
    assert table(found, "children") == []
