"""Actions to Complete: asked for, filled page by page, checked, sent once, read."""

import asyncio
from typing import Any

import pytest
from litestar.types import ASGIApp

from db.engine import fetch
from portal.demo.pdf import letter
from portal.files import scanning
from portal.files.scan import NoScanner
from portal.files.store import DiskStore
from portal.forms import engine
from portal.forms.library import load_forms
from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import deliver_all, links_in
from tests.people import Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

RESERVED = {"check", "copy", "sent", "withdraw", "new"}


async def asked(app: ASGIApp, clock: Clock, form: str = "parent_views", **typed: str) -> Cast:
    """Dee has asked Amal for a form."""
    cast = await gather(clock.now)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        page = await staff.get(f"/staff/children/{cast.priya.public_id}/actions/new")
        page = await staff.press(page, "Send request", recipient=cast.amal.public_id, form=form, **typed)
        assert page.status == 200, page.problems
    return cast


async def begun(client: Client, cast: Cast, clock: Clock) -> Page:
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}/actions")
    action = page.one("//a[contains(@class, 'task-list__link')]").get("href")
    return await client.get((await client.get(action)).link("Start"))


ANSWERS = {"text": "Something to say", "tel": "01632 960 001", "email": "nadia@example.com"}


def something(page: Page) -> dict[str, str]:
    """An answer to everything on a page but dates and files."""
    typed: dict[str, str] = {}
    for field in page.all("//main//*[@id and @name][self::input or self::textarea or self::select]"):
        typed.setdefault(field.get("name"), answer_to(field))
    return {name: value for name, value in typed.items() if value and not name.endswith(("-day", "-month", "-year"))}


def answer_to(field: Any) -> str:
    if field.tag == "select":
        return next(str(one.get("value")) for one in field.xpath("./option") if one.get("value"))
    kind = "text" if field.tag == "textarea" else field.get("type")
    return str(field.get("value")) if kind in {"radio", "checkbox"} else ANSWERS.get(kind, "")


async def filled(client: Client, page: Page) -> Page:
    for _ in range(40):
        if page.heading == "Check your answers":
            return page
        page = await client.press(page, "Save and continue", **something(page))
        assert page.status == 200, page.problems
    raise AssertionError("the form has no end")


async def test_a_person_is_mailed_and_the_link_leads_to_the_form(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    due = {"due-day": "20", "due-month": "3", "due-year": "2026"}
    cast = await asked(app, clock, **due)
    email = (await deliver_all(settings, clock))[0]
    assert (email.to, email.subject) == ("amal@example.com", "A form to complete for case PRI42")
    assert "Priya" not in email.text
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(links_in(email)[0])
    assert "Please send it by Friday 20 March 2026." in page.main
    assert "11 days left" in (await client.get(f"/children/{cast.priya.public_id}/actions")).main


async def test_the_dashboard_leads_to_the_form_and_says_when_it_is_due(
    app: ASGIApp, client: Client, clock: Clock
) -> None:
    cast = await asked(app, clock, **{"due-day": "1", "due-month": "12", "due-year": "2099"})
    await sign_in(client, cast.amal, clock.now)
    page = await client.get(f"/children/{cast.priya.public_id}")
    panel = page.one("//section[@id='panel-actions']")
    assert "1 December 2099" in " ".join(panel.itertext())
    form = await client.get(panel.xpath(".//ul/li/a/@href")[0])
    assert form.heading == "Parent's or carer's views"


async def test_it_is_filled_checked_sent_and_read(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await asked(app, clock)
    page = await filled(client, await begun(client, cast, clock))
    assert "Something to say" in page.main
    page = await client.press(page, "Submit")
    assert "Your reference is" in page.main
    copy = await client.http.get(page.link("Download a copy to keep"))
    assert "Something to say" in copy.text
    assert copy.headers["content-disposition"].startswith("attachment")
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        listed = await staff.get(f"/staff/children/{cast.priya.public_id}/actions")
        assert "not read yet" in listed.main
        read = await staff.get(listed.one("//tbody//a").get("href"))
        assert "Something to say" in read.main
    assert "The SEND team read it on" in (await client.get(page.url)).main


async def test_answers_are_there_again_after_leaving(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked(app, clock)
    first = await begun(client, cast, clock)
    typed = something(first)
    page = await client.press(first, "Save and come back later", **typed)
    assert "Your answers are saved" in page.text
    assert "Started, not sent" in page.main
    again = await client.get(first.url)
    assert all(value in again.text for value in typed.values())


async def test_what_is_missing_is_named_before_sending(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked(app, clock, form="parental_preference")
    page = await begun(client, cast, clock)
    check = page.url.rsplit("/", 1)[0] + "/check"
    page = await client.press(await client.get(check), "Submit")
    assert page.status == 422
    assert "These questions still need an answer" in page.main


async def test_eight_submits_at_once_send_it_once(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await asked(app, clock)
    page = await filled(client, await begun(client, cast, clock))
    await deliver_all(settings, clock)
    await asyncio.gather(*(client.press(page, "Submit") for _ in range(8)))
    emails = await deliver_all(settings, clock)
    assert [email.subject for email in emails] == ["A form came back for case PRI42"]
    assert len(await fetch("SELECT id FROM audit_entry WHERE event = 'family:form:submitted'")) == 1


async def test_staff_do_not_read_along_before_it_is_sent(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked(app, clock)
    page = await begun(client, cast, clock)
    await client.press(page, "Save and continue", **something(page))
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        listed = await staff.get(f"/staff/children/{cast.priya.public_id}/actions")
        read = await staff.get(listed.one("//tbody//a").get("href"))
        assert "Something to say" not in read.main
        page = await staff.press(read, "Withdraw this request")
        assert "Withdrawn" in page.main
    assert "There is nothing to do now" in (await client.get(f"/children/{cast.priya.public_id}/actions")).main


async def test_the_other_parent_and_strangers_find_nothing(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked(app, clock)
    url = (await begun(client, cast, clock)).url
    for person, address in ((cast.ben, url), (cast.carol, url), (cast.ed, f"/staff{url.rsplit('/', 1)[0]}")):
        async with Client(app) as other:
            await sign_in(other, person, clock.now)
            assert (await other.get(address)).status == 404


async def test_the_same_form_is_not_asked_for_twice(app: ASGIApp, client: Client, clock: Clock) -> None:
    cast = await asked(app, clock)
    await sign_in(client, cast.dee, clock.now)
    page = await client.get(f"/staff/children/{cast.priya.public_id}/actions/new")
    page = await client.press(page, "Send request", recipient=cast.amal.public_id, form="parent_views")
    assert page.problems == ["This person has this form already and has not sent it in yet"]


@pytest.mark.parametrize("form", [form.key for form in load_forms().latest])
async def test_every_form_can_be_filled_to_its_end(app: ASGIApp, client: Client, clock: Clock, form: str) -> None:
    cast = await asked(app, clock, form=form)
    page = await filled(client, await begun(client, cast, clock))
    assert "Your reference is" in (await client.press(page, "Submit")).main


def test_no_page_has_the_name_of_one_of_our_own() -> None:
    for form in load_forms().latest:
        assert not {page.key for page in engine.pages_shown(form, {})} & RESERVED
        assert not {page.key for page in form.pages} & RESERVED


async def test_a_file_is_added_kept_and_opened_by_the_team(
    app: ASGIApp, client: Client, settings: Settings, clock: Clock
) -> None:
    cast = await asked(app, clock)
    page = await begun(client, cast, clock)
    while not page.all("//input[@type='file']"):
        page = await client.press(page, "Save and continue", **something(page))
    letter_file = {"files": ("letter.pdf", letter("A letter", []), "application/pdf")}
    added = await client.press(page, "Save and continue", files=letter_file, **something(page))
    again = await client.get(page.url)
    assert "letter.pdf" in again.main
    assert "letter.pdf" in (await filled(client, added)).main
    wrong = {"files": ("letter.doc", b"old", "application/msword")}
    refused = await client.press(again, "Save and continue", files=wrong)
    assert refused.status == 422
    assert "We cannot take this kind of document" in refused.problems[0]
    await client.press(await filled(client, await client.get(page.url)), "Submit")
    for row in await fetch("SELECT id FROM stored_file"):
        await scanning.scan(row["id"], DiskStore(settings.files), NoScanner(), now=clock.now)
    async with Client(app) as staff:
        await sign_in(staff, cast.dee, clock.now)
        listed = await staff.get(f"/staff/children/{cast.priya.public_id}/actions")
        read = await staff.get(listed.one("//tbody//a").get("href"))
        answer = await staff.http.get(read.link("letter.pdf"))
        assert answer.content.startswith(b"%PDF")
