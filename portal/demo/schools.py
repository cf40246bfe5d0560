"""A school of the demo: its SENCO sees its children because he works there."""

from datetime import datetime, timedelta

from db.engine import fetch, fetch_one
from portal.access.queries import child_of
from portal.actor import Actor
from portal.demo.people import HELEN, PRIYA, SIMON
from portal.organisations import commands
from portal.organisations.commands import NewMember

PUPILS = ("Ethan", "Kelechi", "Owen")


async def add_school(team: dict[str, Actor], families: dict[str, Actor], *, now: datetime) -> None:
    """Lakeside Primary School, with its SENCO and three children of the north team."""
    manager, caseworker, senco = team[HELEN.email], team[PRIYA.email], families[SIMON.email]
    public_id = await commands.add(manager, SIMON.organisation, "school", now=now - timedelta(days=3))
    row = await fetch_one("SELECT id FROM organisation WHERE public_id = {}", public_id)
    assert row is not None
    for pupil in await fetch("SELECT public_id FROM child WHERE forename = ANY({}::text[])", list(PUPILS)):
        child = await child_of(caseworker, pupil["public_id"], now=now)
        await commands.place(caseworker, row["id"], child, now=now - timedelta(days=2))
    asked = NewMember(senco.email, senco.name, "switchboard")
    member = await commands.invite(manager, row["id"], SIMON.organisation, asked, now=now - timedelta(days=2))
    await commands.join(senco, member, reads_mailbox=True, now=now - timedelta(days=1))
