"""Each region that htmx swaps says which view it takes; here its words are held against that view's fields."""

import importlib
import pkgutil
import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

import portal
import web

PARTIALS = Path(__file__).parent.parent / "web" / "partials"
TEMPLATES = [path for path in sorted(PARTIALS.rglob("*.html")) if "macros" not in path.parts]


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


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(PARTIALS)))
def test_a_partial_asks_its_view_only_for_what_it_has(template: Path) -> None:
    wanted = asked(template)
    if wanted:
        views = takes(template)
        assert views, f"{template.name} does not say which view it takes"
        for view in views:
            assert wanted <= view, f"its view has no {wanted - view}"
