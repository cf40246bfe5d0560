"""Static files: addresses that change with the content, compressed, kept; and colours that can be read."""

import gzip
import re
from dataclasses import replace
from pathlib import Path

import brotli
import httpx
import pytest
from litestar import Litestar

from web.access import Access
from web.assets import Asset, Assets, static_handler
from web.council import DEMO_COUNCIL, read_council

STATIC = Path(__file__).parents[2] / "static"
COUNCIL = read_council(DEMO_COUNCIL)
FIRST_VISIT = 40_000
"""Bytes over the wire for a first visit, page included (the budget of docs and `bench/`)."""


@pytest.fixture(scope="module")
def assets() -> Assets:
    return Assets(STATIC, COUNCIL)


@pytest.fixture
def browser(assets: Assets) -> httpx.AsyncClient:
    app = Litestar([static_handler(assets, access=Access.PUBLIC)], openapi_config=None, logging_config=None)
    transport = httpx.ASGITransport(app=app)  # type: ignore[arg-type]
    return httpx.AsyncClient(transport=transport, base_url="http://test")


@pytest.mark.anyio
@pytest.mark.parametrize(
    ("accepted", "sent"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=1.0, gzip;q=0.000", "br"),
        ("", None),
        ("identity", None),
    ],
)
async def test_it_sends_the_smallest_encoding_that_the_browser_takes(
    browser: httpx.AsyncClient, assets: Assets, accepted: str, sent: str | None
) -> None:
    answer = await browser.get(assets.url("htmx.min.js"), headers={"Accept-Encoding": accepted})
    assert answer.headers.get("content-encoding") == sent
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.content == (STATIC / "htmx.min.js").read_bytes()


@pytest.mark.anyio
async def test_it_lets_browsers_keep_a_file_for_ever(browser: httpx.AsyncClient, assets: Assets) -> None:
    answer = await browser.get(assets.url("portal.js"))
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"


@pytest.mark.anyio
async def test_it_answers_head_with_the_headers_alone(browser: httpx.AsyncClient, assets: Assets) -> None:
    get, head = await browser.get(assets.url("portal.css")), await browser.head(assets.url("portal.css"))
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-length"] == get.headers["content-length"]


@pytest.mark.anyio
@pytest.mark.parametrize("path", ["portal.css", "portal.000000000000.css", "..%2Fportal.css", "nothing"])
async def test_it_knows_only_the_addresses_it_gave_out(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(f"/static/{path}")).status_code == 404


def test_it_gives_a_changed_file_a_new_address(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("one")
    before = Assets(tmp_path, COUNCIL).url("a.js")
    (tmp_path / "a.js").write_text("two")
    assert Assets(tmp_path, COUNCIL).url("a.js") != before


def test_it_does_not_send_a_small_file_larger_than_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("1")
    assets = Assets(tmp_path, COUNCIL)
    asset = assets.get(assets.url("a.js").removeprefix("/static/"))
    assert asset is not None
    assert asset.best_for("br, gzip") == "identity"


def test_it_paints_the_portal_in_the_councils_colours() -> None:
    theirs = css(Assets(STATIC, replace(COUNCIL, brand="#123456", late="#654321")))
    assert theirs.endswith(f":root{{--brand:#123456;--done:{COUNCIL.done};--late:#654321}}\n")


def test_both_encodings_hold_the_file(assets: Assets) -> None:
    for asset in every(assets):
        for name, data in asset.encoded.items():
            decode = {"br": brotli.decompress, "gzip": gzip.decompress, "identity": bytes}[name]
            assert decode(data) == asset.encoded["identity"]


def test_a_first_visit_stays_light(assets: Assets) -> None:
    total = sum(len(asset.encoded[asset.best_for("br")]) for asset in every(assets))
    assert total < FIRST_VISIT - 8_000


def test_no_style_asks_another_host_or_a_font(assets: Assets) -> None:
    assert not re.search(r"@font-face|@import|url\(|//[a-z]", css(assets))


@pytest.mark.parametrize("name", ["ink", "quiet", "error"])
@pytest.mark.parametrize("ground", ["paper", "ground", "shade"])
def test_text_stands_out_from_every_ground(name: str, ground: str) -> None:
    assert contrast(palette()[name], palette()[ground]) >= 7


@pytest.mark.parametrize("name", ["brand", "done", "late"])
def test_the_councils_default_colours_can_be_read_as_text(name: str) -> None:
    assert contrast(palette("_council.scss")[name], "#ffffff") >= 7


def css(assets: Assets) -> str:
    asset = assets.get(assets.url("portal.css").removeprefix("/static/"))
    assert asset is not None
    return asset.encoded["identity"].decode()


def every(assets: Assets) -> list[Asset]:
    found = [assets.get(assets.url(path.name).removeprefix("/static/")) for path in STATIC.iterdir()]
    return [asset for asset in found if asset is not None]


def palette(file: str = "_base.scss") -> dict[str, str]:
    text = (STATIC.parent / "styles" / file).read_text()
    return dict(re.findall(r"^\$([a-z]+): (#[0-9a-f]{6});", text, re.M))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, by WCAG 2.2."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
