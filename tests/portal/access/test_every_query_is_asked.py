"""Every query that takes an actor stands in the tables of `asking.py`, so that none is forgotten."""

import importlib
import inspect
import pkgutil

import portal
from tests.portal.access.asking import NOT_ABOUT_A_RECORD, TABLES

ASK = {"queries", "staff_queries", "waiting", "parts", "audit_trail", "who_sees"}
"""Modules that only look, by the end of their name."""


def found() -> set[str]:
    names = set(ELSEWHERE)
    for module in pkgutil.walk_packages(portal.__path__, "portal."):
        if module.name.rpartition(".")[2] in ASK and not module.ispkg:
            names |= {f"{module.name.removeprefix('portal.')}.{name}" for name in asked(module.name)}
    return names


def asked(module: str) -> list[str]:
    """The names of its public functions whose first argument is the actor and that a caller waits for."""
    return [
        name
        for name, thing in vars(importlib.import_module(module)).items()
        if inspect.iscoroutinefunction(thing) and thing.__module__ == module and not name.startswith("_")
        if next(iter(inspect.signature(thing).parameters), "") in {"actor", "me"}
        if name not in COMMANDS
    ]


ELSEWHERE = {"relationships.leaving.stopping", "notes.notes.notes_of", "everything.parts.pages_of"}
"""Queries that stand beside commands, or do not begin with who asks."""

COMMANDS = {"note_opened", "ask_to_end"}
"""What is written down beside a query."""


def test_every_query_that_takes_an_actor_is_in_one_table() -> None:
    listed = [name for table in (*TABLES, NOT_ABOUT_A_RECORD) for name in table]
    assert sorted(listed) == sorted(found())
