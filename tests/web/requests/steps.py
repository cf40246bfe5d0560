"""The pages of a request for an assessment, pressed as a person does."""

from typing import Any

from tests.client import Client, Page

START = "/request-assessment"
NEXT = "Save and continue"
BIRTHDAY = {"date_of_birth-day": "27", "date_of_birth-month": "3", "date_of_birth-year": "2018"}
NOOR = {"forename": "Noor", "surname": "Khan", **BIRTHDAY, "postcode": "wm2 4ab", "setting": "Lakeside Primary"}


async def answer(client: Client, step: str, **typed: Any) -> Page:
    """Fill one page and go on."""
    return await client.press(await client.get(f"{START}/{step}"), NEXT, **typed)


async def fill_as_parent(client: Client, **child: Any) -> Page:
    """Everything up to Check your answers, as a parent."""
    await answer(client, "who", asker="parent")
    await answer(client, "child", **(NOOR | child))
    await answer(client, "needs", needs="Reading is hard.\nSo are loud rooms.")
    return await answer(client, "consent", consent="yes")


async def fill_as_school(client: Client, **family: str) -> Page:
    """All pages about Noor as somebody from a nursery who names Jo Roe, and whoever is in `family`."""
    await answer(client, "who", asker="professional")
    await answer(client, "child", **NOOR)
    await answer(client, "needs", needs="Talking.")
    told = {"workplace": "nursery", "organisation": "Ducklings", "parents": "know", "parent_name": "Jo Roe"}
    told |= {"parent_email": "jo@example.com", "parent_basis": "carer"}
    return await answer(client, "family", **(told | family))


async def ask_as_school(client: Client, **family: str) -> Page:
    """Ask as somebody from a nursery."""
    return await client.press(await fill_as_school(client, **family), "Send the request")


async def ask_as_parent(client: Client, **child: Any) -> Page:
    """Ask, and see the confirmation."""
    return await client.press(await fill_as_parent(client, **child), "Send the request")
