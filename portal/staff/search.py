"""What is typed into the caseload's search: a name, a case reference, an email address or a day of birth.

A parent who phones gives any of these: their own name or the child's, in either order.
"""

from collections.abc import Sequence
from datetime import date

from portal import dates

_BORN = "AND c.date_of_birth = {}"

_BY_EMAIL = """
AND c.id IN (
    SELECT r.child FROM account a JOIN relationship r ON r.account = a.id
        WHERE a.role = 'family' AND a.email_key LIKE {}
    UNION SELECT i.child FROM invitation i WHERE i.email_key LIKE {}
)
"""

_BY_NAME = """
AND c.id IN (
    SELECT o.id FROM child o WHERE o.case_reference LIKE {} OR lower(o.surname || ' ' || o.forename) LIKE {}
        OR lower(o.forename) LIKE {} AND lower(o.forename || ' ' || o.surname) LIKE {}
    UNION SELECT r.child FROM account a JOIN relationship r ON r.account = a.id WHERE a.role = 'family'
        AND (lower(a.surname) LIKE {} AND lower(a.surname || ' ' || a.forename) LIKE {}
            OR lower(a.forename) LIKE {} AND lower(a.forename || ' ' || a.surname) LIKE {})
    UNION SELECT i.child FROM invitation i WHERE lower(i.adult_name) LIKE {}
        OR lower(substring(i.adult_name from '[^ ]+$')) LIKE {}
            AND lower(substring(i.adult_name from '[^ ]+$') || ' ' || i.adult_name) LIKE {}
)
"""
"""Each part of the UNION is found by an index: with one OR over all of them, every child would be read."""


def condition(typed: str) -> tuple[str, Sequence[object]]:
    """The condition on a child `c` for what was typed, and its values; empty when nothing was.

    Names, references and addresses are found by their beginnings, the case of letters makes no difference.
    """
    words = " ".join(typed.replace(",", " , ").split())
    if not words.strip(" ,"):
        return "", ()
    born = day_of(words)
    if born:
        return _BORN, (born,)
    if "@" in words:
        return _BY_EMAIL, (beginning(words.lower()),) * 2
    return _BY_NAME, _names(words)


def day_of(typed: str) -> date | None:
    """A day as people write it: `2/4/2018`, `2 April 2018`, `2018-04-02`. None for anything else."""
    try:
        return dates.day_of(typed)
    except ValueError:
        return None


def beginning(text: str) -> str:
    """`text` as a pattern of LIKE that finds what begins with it."""
    for sign in ("\\", "%", "_"):
        text = text.replace(sign, "\\" + sign)
    return f"{text}%"


def _names(words: str) -> Sequence[str]:
    """The values of `_BY_NAME`. Without a comma either order may be meant."""
    last, comma, first = (part.strip() for part in words.lower().partition(","))
    surname_first = " ".join(filter(None, (last, first)))
    forename_first = " ".join(filter(None, (first, last))) if comma else surname_first
    surname, forename = (_first_word(text) for text in (surname_first, forename_first))
    turned, usual = beginning(surname_first), beginning(forename_first)
    in_order = (surname, turned, forename, usual)
    return beginning(surname_first.upper()), turned, forename, usual, *in_order, usual, surname, turned


def _first_word(text: str) -> str:
    return beginning(text.split(" ", maxsplit=1)[0])
