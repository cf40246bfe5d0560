"""Whose children are one's own today: one's own, and those of whom one covers for."""

from datetime import date

from portal.actor import Actor

OWN = """ANY(ARRAY(SELECT {}::bigint UNION ALL SELECT w.account FROM absence w
    WHERE w.cover = {} AND w.ended_at IS NULL AND {} BETWEEN w.from_day AND w.to_day))"""
"""To be compared with an account: the actor, or somebody for whom they cover. Its values are `own`."""


def own(actor: Actor, today: date) -> tuple[object, ...]:
    """The values of `OWN` for a day in London."""
    return actor.account, actor.account, today
