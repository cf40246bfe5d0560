"""Every page that can be reached, by everybody who can reach it: axe, 320 px, forced colours, one h1."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from e2e.conftest import Portal
from e2e.screens.signing_in import sign_in_parent, sign_in_staff

AXE = Axe()
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
CONTRAST = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}
"""The rules that forced colours can change."""

KNOWN = {"region": "govuk-back-link"}
"""GOV.UK's back link stands before <main>, on purpose."""

RANDOM_ID = re.compile(r"^[A-Za-z0-9_-]{16}$")
NOT_PAGES = re.compile(
    r"/documents/[A-Za-z0-9_-]{16}$|/copy$|\.(ics|zip|csv)$|/documents/[^/]+/file|/files/|/html$|/qr\.svg$|/healthz"
)
ENOUGH = 200


def shape(path: str) -> str:
    """Pages that differ only in the record they show count once."""
    return "/".join("…" if RANDOM_ID.match(part) else part for part in path.split("/"))


def crawl(page: Page, starts: list[str], left_out: re.Pattern[str]) -> Iterator[str]:
    """Open every page that links lead to, each kind once; gives its path while it is open."""
    seen: set[str] = set()
    waiting = list(starts)
    while waiting and len(seen) < ENOUGH:
        path = waiting.pop(0)
        if shape(path) in seen or NOT_PAGES.search(path) or left_out.search(path):
            continue
        seen.add(shape(path))
        page.goto(path)
        yield path
        links = page.eval_on_selector_all("a[href]", "all => all.map(one => one.href)")
        for link in links:
            parts = urlsplit(link)
            if parts.netloc == urlsplit(page.url).netloc and shape(parts.path) not in seen:
                waiting.append(parts.path)


def problems_of(page: Page) -> list[str]:
    """What is wrong with the page that is open."""
    found = [*_axe(page, RULES), *_headings(page)]
    page.emulate_media(forced_colors="active")
    found += [f"in forced colours: {problem}" for problem in _axe(page, CONTRAST)]
    page.emulate_media(forced_colors="none")
    page.set_viewport_size({"width": 320, "height": 640})
    if (wide := page.evaluate("document.documentElement.scrollWidth")) > 320:
        found.append(f"scrolls sideways at 320 px ({wide} px)")
    page.set_viewport_size({"width": 1280, "height": 900})
    return found


def _axe(page: Page, rules: dict[str, Any]) -> list[str]:
    result = AXE.run(page, options={**rules, "resultTypes": ["violations"]})
    found = []
    for violation in result.response["violations"]:
        nodes = [node["html"] for node in violation["nodes"] if KNOWN.get(violation["id"], "\0") not in node["html"]]
        if nodes:
            found.append(f"axe {violation['id']}: {violation['help']}: {nodes[0][:160]}")
    return found


def _headings(page: Page) -> list[str]:
    headings = page.locator("h1").all_inner_texts()
    if len(headings) != 1:
        return [f"{len(headings)} h1"]
    heading = " ".join(headings[0].split())
    return [] if page.title().startswith(heading) else [f"title {page.title()!r} does not begin with {heading!r}"]


def visitor(page: Page, portal: Portal) -> list[str]:
    return ["/", "/register/details", "/forgotten-password", "/staff/sign-in", "/demo/mailbox", "/demo/codes"]


def parent(page: Page, portal: Portal) -> list[str]:
    person = portal.person("parent")
    sign_in_parent(page, person["email"], person["password"])
    return ["/children", "/invitations", *[f"/children/{child['public_id']}" for child in person["children"]]]


def caseworker(page: Page, portal: Portal) -> list[str]:
    sign_in_staff(page, portal.person("caseworker"))
    return ["/staff", "/staff/inbox", "/staff/access", "/staff/children/new"]


def manager(page: Page, portal: Portal) -> list[str]:
    sign_in_staff(page, portal.person("manager"))
    return ["/staff/manage", "/staff/today", "/staff/board", "/staff/organisations", "/staff/imports"]


def young_person(page: Page, portal: Portal) -> list[str]:
    person = portal.person("young person")
    sign_in_parent(page, person["email"], person["password"])
    return ["/children", "/account", "/request-assessment"]


@dataclass(frozen=True)
class Round:
    """Who goes round, at least how many kinds of pages they must find, and which are looked at by somebody else."""

    begin: Callable[[Page, Portal], list[str]]
    at_least: int
    left_out: str = "^$"


BELOW_A_CHILD = "^/staff/children/[^/]+/."
"""A manager sees there what the child's caseworker sees."""

ROUNDS = [
    Round(visitor, 15),
    Round(parent, 45),
    Round(young_person, 30),
    Round(caseworker, 65),
    Round(manager, 65, BELOW_A_CHILD),
]


@pytest.mark.parametrize("who", ROUNDS, ids=lambda who: who.begin.__name__)
def test_every_page_is_sound(open_browser: Callable[[], Page], portal: Portal, who: Round) -> None:
    page = open_browser()
    found: dict[str, list[str]] = {}
    count = 0
    for path in crawl(page, who.begin(page, portal), re.compile(who.left_out)):
        count += 1
        if problems := problems_of(page):
            found[path] = problems
    assert not found, "\n".join(f"{path}\n  " + "\n  ".join(problems) for path, problems in found.items())
    assert who.at_least <= count < ENOUGH, f"{count} kinds of pages were found"
