"""Regions that htmx swaps and parts that pages share say which view they take; here their words are held against it."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from jinja2 import Environment, meta, nodes

import portal
import web

WEB = Path(__file__).parent.parent / "web"
PARTIALS = sorted((WEB / "partials").rglob("*.html"))
TEMPLATES = [*PARTIALS, *sorted((WEB / "parts").rglob("*.html"))]
EVERYTHING = [path for path in sorted(WEB.rglob("*")) if path.suffix in {".html", ".txt"}]

SETTING_UP = re.compile(r"\s*(?:{#.*?#}|{% (?:from|import|set) .*?%})", re.DOTALL)
"""What stands before the first element."""
ROOT = re.compile(r'\s*(?:<\w+ (?:[^<>]* )?id="|{% call panel\()')
"""An element with an id; the dashboard's `panel` makes one."""


def views() -> dict[str, set[str]]:
    """Every view of the project: its name, and the names that a template may ask it for."""
    found: dict[str, set[str]] = {}
    for package in (portal, web):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith("__main__"):
                for name, thing in vars(importlib.import_module(module.name)).items():
                    if isinstance(thing, type) and is_dataclass(thing):
                        found[name] = {one.name for one in fields(thing)} | set(dir(thing))
    return found


def asked(template: Path) -> set[str]:
    """What the template asks `view` for."""
    tree = Environment(autoescape=True).parse(template.read_text())
    return {
        one.attr
        for one in tree.find_all(nodes.Getattr)
        if isinstance(one.node, nodes.Name) and one.node.name == "view" and one.node.ctx == "load"
    }


def takes(template: Path) -> list[set[str]]:
    """What the template may ask for, by its first comment: "Takes a ChildPage as `view`", "any `view` with `child`"."""
    comment = template.read_text().split("#}")[0]
    if "any `view` with " in comment:
        return [set(re.findall(r"`(\w+)`", comment))]
    return [VIEWS[word] for word in re.findall(r"\w+", comment) if word in VIEWS]


VIEWS = views()


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(WEB)))
def test_a_partial_asks_its_view_only_for_what_it_has(template: Path) -> None:
    wanted = asked(template)
    if wanted:
        views = takes(template)
        assert views, f"{template.name} does not say which view it takes"
        for view in views:
            assert wanted <= view, f"its view has no {wanted - view}"


def read_by_itself(template: Path) -> str:
    """Its text from the first element on; one that begins with a part begins with that part's text."""
    text = template.read_text()
    while found := SETTING_UP.match(text):
        text = text[found.end() :]
    begins_with = re.match(r'\s*{% include "(parts/[^"]+)" %}', text)
    return read_by_itself(WEB / begins_with[1]) if begins_with else text


@pytest.mark.parametrize("template", PARTIALS, ids=lambda path: str(path.relative_to(WEB)))
def test_a_partial_has_a_root_that_htmx_finds_by_its_id(template: Path) -> None:
    assert ROOT.match(read_by_itself(template))


def test_every_template_that_another_asks_for_is_there() -> None:
    parse = Environment(autoescape=True).parse
    asked_for = {name for path in EVERYTHING for name in meta.find_referenced_templates(parse(path.read_text()))}
    assert not {name for name in asked_for if name and not (WEB / name).is_file()}
