"""Whom the team asked for advice, and when it came back. Drawn by chance."""

from datetime import date, timedelta

from portal.demo.large.chance import Chance, weekday
from portal.demo.large.names import SETTINGS
from portal.demo.large.record import Adviser, Case

ALWAYS = ("family", "education", "health", "psychology", "social_care")
LATER = ("sensory", "other")
IN_TIME = 0.72

_NAMES = {
    "family": ("The family", ""),
    "health": ("Dr Rosalind Achebe", "Westmere Community Health"),
    "psychology": ("Piers Lomax", "Educational Psychology Service"),
    "social_care": ("Duty social worker", "Westmere Children’s Services"),
    "sensory": ("Nerys Wynn", "Sensory Support Service"),
    "other": ("Juliet Amory", "Westmere Speech and Language Therapy"),
}


def advisers_of(chance: Chance, case: Case, today: date) -> None:
    """Ask the advisers on each day on which the case says that advice was asked for (reg 6, reg 8)."""
    acts = case.history.acts
    asked = [act.on for act in acts if act.kind == "advice_requested"]
    ended = [act.on for act in acts if act.kind in {"moved_to_deciding", "withdrawn", "moved_out"}]
    for place, on in enumerate(asked):
        for kind in ALWAYS if place == 0 else (chance.choice(LATER),):
            case.advisers.append(_adviser(chance, kind, on, min(ended, default=None), today))


def _adviser(chance: Chance, kind: str, asked: date, decided: date | None, today: date) -> Adviser:
    """Nothing comes back after the team has gone on without it."""
    took = chance.randint(9, 42) if chance.happens(IN_TIME) else 43 + chance.long_tail(14, 60)
    returned = weekday(asked + timedelta(days=took))
    if decided is not None and returned >= decided:
        returned = max(asked, weekday(decided - timedelta(days=1)))
    name, organisation = _NAMES.get(kind) or ("The SENCO", chance.choice(SETTINGS))
    return Adviser(kind, name, organisation, asked, returned if returned < today else None, chance.public_id())
