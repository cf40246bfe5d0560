"""Nothing that was typed or chosen is lost: drafts, files, and a session that ran out."""

import io

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from litestar.types import ASGIApp
from PIL import Image

from portal.files import scanning
from portal.files.scan import NoScanner, ScanResult
from portal.files.store import DiskStore
from tests.client import Client
from tests.conftest import Clock
from tests.mail import code_in, last_email
from tests.people import PASSWORD, Cast, gather, sign_in
from web.settings import Settings

pytestmark = pytest.mark.anyio

TYPED = {"message_type": "Annual Review", "subject": "The meeting", "message": "Can we meet in May?"}


def picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (20, 20), "purple").save(out, "PNG")
    return out.getvalue()


async def as_amal(client: Client, clock: Clock) -> tuple[Cast, str]:
    cast = await gather(clock.now)
    await sign_in(client, cast.amal, clock.now)
    return cast, f"/children/{cast.priya.public_id}/messages"


async def scan_everything(settings: Settings, clock: Clock, scanner: object = None) -> None:
    from db.engine import fetch

    for row in await fetch("SELECT id FROM stored_file WHERE scan_state = 'pending'"):
        await scanning.scan(row["id"], DiskStore(settings.files), scanner or NoScanner(), now=clock.now)  # type: ignore[arg-type]


async def test_a_draft_is_there_again_and_can_be_deleted(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.press(await client.get(f"{base}/new"), "Save draft", subject="Half", message="Half a thought")
    assert "kept as a draft" in page.text
    page = await client.get(page.link("Half"))
    assert (page.field("subject"), page.field("message")) == ("Half", "Half a thought")
    await client.press(page, "Delete draft")
    assert (await client.get(f"{base}/new")).field("message") == ""


async def test_it_is_kept_while_it_is_typed(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    token = page.form("Send").xpath(".//input[@name='csrf_token']")[0].get("value")
    data = {"csrf_token": token, "press": "autosave", "message": "Half a thought"}
    answer = await client.post(page.url, data, headers={"HX-Request": "true"})
    assert answer.status == 204
    assert (await client.get(page.url)).field("message") == "Half a thought"


async def test_a_draft_is_gone_once_it_is_sent(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    await client.press(await client.get(f"{base}/new"), "Save draft", subject="Half", message="Half a thought")
    await client.press(await client.get(f"{base}/new"), "Send", **TYPED)
    assert (await client.get(f"{base}/new")).field("message") == ""


async def test_a_file_stays_when_something_else_is_missing(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    files = {"attachments": ("photo.png", picture(), "image/png")}
    page = await client.press(await client.get(f"{base}/new"), "Send", message="Look", files=files)
    assert page.status == 422
    assert "photo.png" in page.main
    page = await client.press(page, "Send", **TYPED)
    page = await client.get(page.link("The meeting"))
    assert "being checked for viruses" in page.main
    await scan_everything(settings, clock)
    page = await client.get(page.url)
    answer = await client.http.get(page.link("photo.png"))
    assert answer.status_code == 200
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-security-policy"] == "sandbox"


async def test_an_infected_file_is_never_opened(client: Client, settings: Settings, clock: Clock) -> None:
    class Finds:
        async def scan(self, content: bytes) -> ScanResult:
            return ScanResult("infected", "Eicar")

    _, base = await as_amal(client, clock)
    files = {"attachments": ("photo.png", picture(), "image/png")}
    page = await client.press(await client.get(f"{base}/new"), "Send", files=files, **TYPED)
    await scan_everything(settings, clock, Finds())
    page = await client.get(page.link("The meeting"))
    assert "we found a virus" in page.main
    from db.engine import fetch

    file = (await fetch("SELECT public_id FROM stored_file"))[0]["public_id"]
    assert (await client.get(f"{base.removesuffix('/messages')}/files/{file}")).status == 422


async def test_a_file_of_the_wrong_kind_is_refused_with_what_to_do(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    files = {"attachments": ("plan.doc", b"old word", "application/msword")}
    page = await client.press(await client.get(f"{base}/new"), "Send", files=files, **TYPED)
    assert page.status == 422
    assert page.problems[0].startswith("plan.doc: We cannot take this kind of document")
    assert page.field("message") == TYPED["message"]


async def test_a_file_can_be_taken_off_again(client: Client, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    files = {"attachments": ("photo.png", picture(), "image/png")}
    page = await client.press(await client.get(f"{base}/new"), "Save draft", message="Look", files=files)
    page = await client.get(f"{base}/new")
    page = await client.press(page, "Remove photo.png")
    assert "photo.png" not in page.main


async def test_somebody_elses_file_is_not_found(app: ASGIApp, client: Client, settings: Settings, clock: Clock) -> None:
    cast, base = await as_amal(client, clock)
    files = {"attachments": ("photo.png", picture(), "image/png")}
    page = await client.press(await client.get(f"{base}/new"), "Send", files=files, **TYPED)
    await scan_everything(settings, clock)
    link = (await client.get(page.link("The meeting"))).link("photo.png")
    async with Client(app) as other:
        await sign_in(other, cast.ben, clock.now)
        assert (await other.get(link)).status == 404


async def test_what_was_typed_survives_signing_in_again(client: Client, settings: Settings, clock: Clock) -> None:
    _, base = await as_amal(client, clock)
    page = await client.get(f"{base}/new")
    clock.pass_time(minutes=25)
    page = await client.press(page, "Send", **TYPED)
    assert "what you typed is kept" in page.text
    page = await client.press(page, "Submit", email="amal@example.com", password=PASSWORD)
    page = await client.press(page, "Finish", code=code_in(await last_email(settings, clock)))
    assert page.heading == "Secure Message"
    assert page.field("message") == TYPED["message"]


@hypothesis_settings(max_examples=25)
@given(
    subject=st.text(max_size=200), message=st.text(max_size=300), kind=st.text(max_size=20), press=st.text(max_size=8)
)
def test_nothing_that_is_typed_breaks_it(subject: str, message: str, kind: str, press: str) -> None:
    from web.forms.form import Form
    from web.forms.messages import MessageForm

    form = MessageForm({"subject": [subject], "message": [message], "message_type": [kind], "press": [press]})
    form.is_reply, form.is_staff, form.types = False, False, ["Annual Review"]
    form.read()
    assert isinstance(form, Form)
    assert "\x00" not in form.body + form.subject
