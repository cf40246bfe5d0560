"""Registering: three steps, kept on the server, from the first page to being signed in."""

import pytest
from litestar.types import ASGIApp

from tests.client import Client, Page
from tests.conftest import Clock
from tests.mail import code_in, deliver_all, last_email
from tests.people import gather
from web.settings import Settings

pytestmark = pytest.mark.anyio

DETAILS = {"forename": "Nadia", "surname": "Rahman", "postcode": "wm11aa"}
PASSWORD = "Seven tired otters 7"
SIGN_IN = {"email": "nadia@example.com", "password": PASSWORD, "confirm_password": PASSWORD}


async def at_step_3(client: Client) -> Page:
    page = await client.get("/register/details")
    page = await client.press(page, "Next", **DETAILS)
    return await client.press(page, "Next", **SIGN_IN)


async def test_it_registers_a_parent_in_three_steps(client: Client, settings: Settings, clock: Clock) -> None:
    page = await client.get((await client.get("/")).link("Register for new account"))
    assert page.heading == "Register a new account - step 1"
    page = await client.press(page, "Next", **DETAILS)
    assert page.url == "/register/sign-in-details"
    page = await client.press(page, "Next", **SIGN_IN)
    assert page.heading == "Register a new account - step 3"
    assert "We have just sent you an email to confirm your email address" in page.main
    page = await client.press(page, "Next", code=code_in(await last_email(settings, clock)))
    assert page.url == "/children"
    assert "Nadia Rahman" in page.text


async def test_it_keeps_every_step_when_somebody_leaves_and_comes_back(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    assert (await client.get("/register")).url == "/register/sign-in-details"
    page = await client.get("/register/details")
    assert (page.field("forename"), page.field("postcode")) == ("Nadia", "WM1 1AA")
    await client.press(await client.get("/register/sign-in-details"), "Next", **SIGN_IN)
    assert (await client.get("/register")).url == "/register/code"
    assert (await client.get("/register/sign-in-details")).field("email") == "nadia@example.com"


async def test_it_keeps_them_for_a_day(client: Client, clock: Clock) -> None:
    await client.press(await client.get("/register/details"), "Next", **DETAILS)
    clock.pass_time(hours=23)
    assert (await client.get("/register")).url == "/register/sign-in-details"
    clock.pass_time(hours=1)
    assert (await client.get("/register")).url == "/register/details"


@pytest.mark.parametrize("step", ["/register/sign-in-details", "/register/code"])
async def test_going_straight_to_a_later_step_starts_at_the_first(client: Client, step: str) -> None:
    assert (await client.get(step)).url == "/register/details"


async def test_a_professional_must_name_organisation_and_job(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next", is_professional="yes", **DETAILS)
    assert page.status == 422
    assert page.problems == ["Enter the name of your organisation", "Enter your job title"]
    assert page.field("forename") == "Nadia"


async def test_the_title_says_error_and_the_summary_links_to_the_fields(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next")
    assert page.status == 422
    assert page.title.startswith("Error: Register a new account - step 1")
    assert [link.get("href") for link in page.all("//*[contains(@class,'govuk-error-summary')]//a")] == [
        "#forename",
        "#surname",
        "#postcode",
    ]


async def test_a_young_person_gives_a_date_of_birth(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next", is_young_person="yes", **DETAILS)
    assert page.problems == ["Enter your date of birth"]
    born = {"date_of_birth-day": "2", "date_of_birth-month": "April", "date_of_birth-year": "2018"}
    page = await client.press(page, "Next", **born)
    assert page.problems == [
        "You can say this once compulsory school age is over, until you are 25. Check your date of birth"
    ]


@pytest.mark.parametrize(
    ("password", "problem"),
    [
        ("Short 1", "Your password must have at least 15 characters"),
        ("no upper case here 1", "Your password must have at least one upper-case letter"),
        ("No Digit In This One", "Your password must have at least one digit"),
        ("Nadia Rahman 2026 Nadia", "Choose a password that is not made of your name"),
        ("Westmere Portals 2026", "Choose a password that is not made of your name"),
    ],
)
async def test_it_refuses_a_weak_password_and_keeps_the_email(client: Client, password: str, problem: str) -> None:
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    page = await client.press(page, "Next", **SIGN_IN | {"password": password, "confirm_password": password})
    assert page.status == 422
    assert page.problems[0].startswith(problem)
    assert page.field("email") == "nadia@example.com"
    assert page.field("password") == ""


async def test_the_policy_is_ticked_off_by_the_server(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    data = {"csrf_token": page.all("//form//input[@name='csrf_token']")[-1].get("value"), "password": "Seven otters 7"}
    part = await client.post("/register/password-check", data, headers={"HX-Request": "true"})
    met = [item.text for item in part.all("//li[@class='is-met']")]
    assert "at least one digit" in met
    assert "at least 15 characters" not in met


async def test_the_passwords_must_be_the_same(client: Client) -> None:
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    page = await client.press(page, "Next", **SIGN_IN | {"confirm_password": PASSWORD + "x"})
    assert page.problems == ["The two passwords must be the same. Type the password again"]


async def test_a_new_code_ends_the_old_one(client: Client, settings: Settings, clock: Clock) -> None:
    page = await at_step_3(client)
    old = code_in(await last_email(settings, clock))
    clock.pass_time(seconds=31)
    page = await client.press(page, "Please send me a new code")
    assert "We have sent you a new code" in page.text
    new = code_in(await last_email(settings, clock))
    page = await client.press(page, "Next", code=old if old != new else "000000")
    assert page.status == 422
    assert (await client.press(page, "Next", code=new)).url == "/children"


async def test_another_code_can_be_asked_for_only_after_half_a_minute(
    client: Client, settings: Settings, clock: Clock
) -> None:
    page = await client.press(await at_step_3(client), "Please send me a new code")
    assert (page.status, page.heading) == (200, "Register a new account - step 3")
    assert "ask again in" in page.text
    assert (await client.press(page, "Next", code=code_in(await last_email(settings, clock)))).url == "/children"


async def test_a_code_ends_after_ten_minutes(client: Client, settings: Settings, clock: Clock) -> None:
    page = await at_step_3(client)
    code = code_in(await last_email(settings, clock))
    clock.pass_time(minutes=10)
    page = await client.press(page, "Next", code=code)
    assert page.problems == ["That code no longer works. Ask for a new code"]


async def test_spaces_and_dashes_in_a_code_do_not_matter(client: Client, settings: Settings, clock: Clock) -> None:
    page = await at_step_3(client)
    code = code_in(await last_email(settings, clock))
    assert (await client.press(page, "Next", code=f" {code[:3]} - {code[3:]} ")).url == "/children"


async def test_an_address_with_an_account_gets_the_same_page_and_another_email(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await gather(clock.now)
    page = await client.press(await client.get("/register/details"), "Next", **DETAILS)
    page = await client.press(page, "Next", **SIGN_IN | {"email": "Amal@example.com"})
    assert page.heading == "Register a new account - step 3"
    email = await last_email(settings, clock)
    assert email.subject.startswith("You already have an account")
    assert "code is" not in email.text


async def test_htmx_gets_the_next_step_without_the_shell(client: Client) -> None:
    page = await client.get("/register/details")
    part = await client.press(page, "Next", htmx=True, **DETAILS)
    assert part.url == "/register/sign-in-details"
    assert "<html" not in part.text
    assert "Register a new account - step 2" in part.text


async def test_nobody_else_can_go_on_with_my_registration(app: ASGIApp, client: Client) -> None:
    await at_step_3(client)
    async with Client(app) as stranger:
        assert (await stranger.get("/register/code")).url == "/register/details"


async def test_going_back_and_changing_the_address_sends_the_code_there(
    client: Client, settings: Settings, clock: Clock
) -> None:
    page = await at_step_3(client)
    clock.pass_time(seconds=31)
    page = await client.get(page.link("Back"))
    page = await client.press(page, "Next", **SIGN_IN | {"email": "nadia.r@example.com"})
    emails = await deliver_all(settings, clock)
    assert [email.to for email in emails] == ["nadia.r@example.com"]
    page = await client.press(page, "Next", code=code_in(emails[-1]))
    assert page.url == "/children"


async def test_a_mistyped_address_is_put_right_at_once(client: Client, settings: Settings, clock: Clock) -> None:
    await at_step_3(client)
    clock.pass_time(seconds=15)
    page = await client.get("/register/sign-in-details")
    page = await client.press(page, "Next", **SIGN_IN | {"email": "nadia.r@example.com"})
    emails = await deliver_all(settings, clock)
    assert [email.to for email in emails] == ["nadia.r@example.com"]
    assert (await client.press(page, "Next", code=code_in(emails[-1]))).url == "/children"


async def test_step_2_once_more_within_half_a_minute_keeps_the_code_and_the_newer_password(
    client: Client, settings: Settings, clock: Clock
) -> None:
    await at_step_3(client)
    other = {"password": "Nine quiet herons 9", "confirm_password": "Nine quiet herons 9"}
    page = await client.press(await client.get("/register/sign-in-details"), "Next", **SIGN_IN | other)
    (email,) = await deliver_all(settings, clock)
    page = await client.press(page, "Next", code=code_in(email))
    await client.press(page, "Logout")
    page = await client.press(await client.get("/"), "Submit", email=SIGN_IN["email"], password=other["password"])
    assert page.heading == "Secure login - step 2"


async def test_a_sixth_code_to_one_address_is_refused_at_the_field(client: Client, clock: Clock) -> None:
    for _ in range(5):
        page = await at_step_3(client)
        clock.pass_time(seconds=31)
    page = await client.press(await client.get("/register/sign-in-details"), "Next", **SIGN_IN)
    assert page.status == 422
    assert page.problems == ["We have sent you 5 codes in the last hour. Wait an hour, then ask for a new one."]
    assert page.field("email") == SIGN_IN["email"]
