"""Which forms the team may ask for now. Those that were asked for go on."""

from datetime import datetime

from db.engine import DB, fetch, fetch_one
from portal import audit
from portal.actor import Actor
from portal.errors import NotFound
from portal.forms.definition import FormDefinition
from portal.forms.library import load_forms

_COUNTS = """
SELECT form_key, count(*) FILTER (WHERE state IN ('to_do', 'in_progress')) AS waiting,
    count(*) FILTER (WHERE state = 'submitted') AS returned
FROM action GROUP BY form_key
"""


async def offered_forms() -> tuple[FormDefinition, ...]:
    """The newest version of each form that is switched on, by title."""
    off = await switched_off()
    return tuple(form for form in load_forms().latest if form.key not in off)


async def switched_off() -> set[str]:
    """The keys of the forms that are switched off."""
    return {row["form_key"] for row in await fetch("SELECT form_key FROM form_switched_off")}


async def form_counts() -> dict[str, tuple[int, int]]:
    """For each form's key: how many lie with families, and how many came back."""
    return {row["form_key"]: (row["waiting"], row["returned"]) for row in await fetch(_COUNTS)}


async def switch_form(actor: Actor, key: str, *, on: bool, now: datetime) -> str:
    """Offer a form, or no longer. Gives its title. Raises NotFound."""
    form = load_forms().newest(key)
    if form is None:
        raise NotFound
    async with DB.transaction():
        if on:
            await fetch_one("DELETE FROM form_switched_off WHERE form_key = {} RETURNING id", key)
        else:
            await fetch(
                "INSERT INTO form_switched_off (form_key, switched_at, switched_by) VALUES ({}, {}, {})"
                " ON CONFLICT DO NOTHING",
                key,
                now,
                actor.account,
            )
        detail = {"form": key}
        event = f"staff:form:{'switched_on' if on else 'switched_off'}"
        await audit.record(event, now=now, actor=actor, detail=detail)
    return form.title
