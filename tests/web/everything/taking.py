"""Taking the zip with everything, and reading what is in it."""

import csv
import io
import zipfile

from lxml import html as lxml_html

from tests.client import Client, check_page
from tests.people import PASSWORD

Table = list[dict[str, str]]


async def taken(client: Client) -> zipfile.ZipFile:
    """The zip of whoever is signed in; every page in it is valid."""
    page = await client.press(await client.get("/account/everything"), "Get my file", current_password=PASSWORD)
    assert page.status == 200, page.main
    found = zipfile.ZipFile(io.BytesIO(page.response.content))
    assert found.testzip() is None
    for name in found.namelist():
        if name.endswith(".html"):
            text = found.read(name).decode()
            check_page(text, lxml_html.fromstring(text))
    return found


def table(found: zipfile.ZipFile, key: str) -> Table:
    """The rows of one table; none when the part is empty."""
    name = f"tables/{key}.csv"
    if name not in found.namelist():
        return []
    return list(csv.DictReader(io.StringIO(found.read(name).decode("utf-8-sig"))))


def everything_in(found: zipfile.ZipFile) -> str:
    """All its texts together."""
    texts = [name for name in found.namelist() if name.endswith((".html", ".csv"))]
    return "".join(found.read(name).decode("utf-8-sig") for name in texts)
