"""A request for an assessment while it is being written: its pages, what is kept, and all of it to be checked."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from portal.requests import rules
from portal.requests.queries import Asker, Draft, KnownChild, KnownTo
from portal.requests.rules import Answers
from web.dates import short_day
from web.forms.form import Form
from web.forms.requests import ANOTHER, FORMS, ChildForm, StepForm

START = "/request-assessment"

RUNNING = "A request or a plan is running. We add what you write to it, and its dates stay"
ENDED = "The last request has ended. This is a new one"

Rows = tuple[tuple[str, str, str, str], ...]


@dataclass(frozen=True)
class Journey:
    """What one person has typed on every page, read and checked. `again` are children who can be chosen."""

    draft: Draft
    again: tuple[KnownChild, ...]
    forms: Mapping[str, StepForm]

    @property
    def asker(self) -> str:
        return self.forms["who"].value("asker")

    @property
    def steps(self) -> tuple[str, ...]:
        return tuple(self.forms)

    @property
    def missing(self) -> tuple[tuple[str, str], ...]:
        """What still has to be mended: the page, and the message."""
        return tuple((step, message) for step, form in self.forms.items() for _, message in form.errors)

    @property
    def next_step(self) -> str:
        """The first page with something to mend, or the last look."""
        return next((step for step, _ in self.missing), "check")

    @property
    def is_new_child(self) -> bool:
        """Whether it is about a child whom the asker does not see yet."""
        return not self._again

    @property
    def is_added(self) -> bool:
        """Whether it will be added to a case that runs already, so that no 20 weeks begin."""
        return any(one.is_running for one in self.again if one.public_id == self._again)

    @property
    def _again(self) -> str:
        """The public id of the child who was chosen, or empty."""
        return str(self.forms["child"].said["again"])

    @property
    def answers(self) -> Answers:
        """All of it; only when nothing is `missing`."""
        said = {name: value for form in self.forms.values() for name, value in form.said.items()}
        return Answers(**said)

    @property
    def rows(self) -> Rows:
        """What was said: question, answer, the page that changes it, and what it changes."""
        names = {one.public_id: one.name for one in self.again}
        return tuple(
            (label, text, f"{START}/{step}", label[:1].lower() + label[1:])
            for step in self.steps
            for label, text in said_on(step, {"again": "", **self.forms[step].said}, names)
        )


@dataclass(frozen=True)
class StepView:
    """One page: `back` is where Back leads, `again` the children who can be chosen, with ANOTHER last.

    `is_theirs`: it is about a young person, who decides. `through`: the organisations where the asker works.
    """

    step: str
    number: int
    count: int
    back: str
    asker: str
    again: tuple[tuple[str, str, str], ...]
    is_theirs: bool
    through: tuple[tuple[str, str], ...]

    @property
    def options(self) -> Mapping[str, tuple[tuple[str, str], ...]]:
        """The choices of each question."""
        return {
            "asker": tuple(rules.ASKERS.items()),
            "through": (*self.through, (rules.NOT_THROUGH, "None of these")),
            "agrees": tuple(rules.AGREES.items()),
            "consent": tuple(rules.CONSENT.items()),
            "workplace": tuple(rules.WORKPLACES.items()),
            "parents": tuple(rules.PARENTS_KNOW.items()),
            "named_as": tuple(rules.NAMED_AS.items()),
        }


def births(again: Iterable[KnownChild]) -> dict[str, date]:
    """What the form checks a chosen child against."""
    return {one.public_id: one.date_of_birth for one in again}


def facts_of(typed: Mapping[str, str], known: KnownTo, today: date) -> dict[str, Any]:
    """What each page is read by: the day, who asks, for which children, and whether a young person decides."""
    asker = typed.get("asker", "")
    facts = {"today": today, "asker": asker, "again": births(known.children), "workplaces": known.workplaces}
    born = ChildForm.reading(typed, **facts).born
    return {**facts, "is_theirs": rules.is_theirs(born, today), "steps": rules.steps_for(asker, born, today)}


def journey(draft: Draft, known: KnownTo, *, today: date) -> Journey:
    """Read and check everything that was kept, by the rules of `today`, the day in London."""
    facts = facts_of(draft.typed, known, today)
    return Journey(draft, known.children, {step: FORMS[step].reading(draft.typed, **facts) for step in facts["steps"]})


def step_view(step: str, facts: Mapping[str, Any], known: KnownTo) -> StepView:
    """What the page `step` shows; `facts` are those of `facts_of`."""
    steps = facts["steps"]
    at = steps.index(step)
    back = f"{START}/{steps[at - 1]}" if at else START
    seen = tuple((one.public_id, one.name, RUNNING if one.is_running else ENDED) for one in known.children)
    choices = (*seen, (ANOTHER, "Another child or young person", "")) if seen else ()
    through = tuple((one.public_id, one.name) for one in known.workplaces)
    return StepView(step, at + 1, len(steps), back, facts["asker"], choices, facts["is_theirs"], through)


def showing(typed: Mapping[str, str], asker: Asker, known: KnownTo) -> Form:
    """A page as it was kept; what was not answered yet is filled with what the account says.

    While something runs for every child whom the asker sees, most ask for another one.
    """
    shown = {"organisation": asker.organisation}
    if len(known.workplaces) == 1:
        shown["through"] = known.workplaces[0].public_id
    if all(one.is_running for one in known.children):
        shown["which"] = ANOTHER
    if typed.get("asker") == "myself":
        shown |= {"forename": asker.forename, "surname": asker.surname, **_parts(asker.date_of_birth)}
    if typed.get("asker") != "professional":
        shown["postcode"] = asker.postcode
    return Form.showing(**(shown | dict(typed)))


def said_on(step: str, said: Mapping[str, object], again: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """The answers of one page in words; `again` names the children by public id."""
    return tuple((label, text) for label, text in _SAYS[step](said, again))


def answers_in_words(answers: Answers) -> tuple[tuple[str, str], ...]:
    """Everything that was said, as the SEND team reads it."""
    said = vars(answers)
    return tuple(row for step in _steps_said(answers) for row in said_on(step, said, {}))


def _steps_said(answers: Answers) -> tuple[str, ...]:
    """By what was said, not by the age today: a child who was asked for may have grown up since."""
    steps = rules.steps_for(answers.asker, None, date.min)
    return (*steps[:2], *(("agreement",) if answers.agrees else ()), *steps[2:])


def _who(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("Who is asking", rules.ASKERS.get(str(said["asker"]), ""))]


def _child(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    known = str(said["again"])
    if known:
        about = [("The child", again.get(known, "A child whose record the asker sees already"))]
    else:
        born = said["date_of_birth"]
        name = f"{said['forename']} {said['surname']}".strip()
        about = [("Name", name), ("Date of birth", short_day(born) if isinstance(born, date) else "")]
    return [*about, ("Home postcode", str(said["postcode"])), ("School or setting", _or_none(said["setting"]))]


def _agreement(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("Does the young person agree?", rules.AGREES.get(str(said["agrees"]), ""))]


def _needs(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("What is difficult", str(said["needs"])),
        ("Help that has been tried", _or_none(said["tried"])),
        ("What is hoped for", _or_none(said["hopes"])),
    ]


def _consent(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    return [("May we ask people for advice?", rules.CONSENT.get(str(said["consent"]), ""))]


def _family(said: Mapping[str, object], again: Mapping[str, str]) -> list[tuple[str, str]]:
    return [
        ("Where you work", rules.WORKPLACES.get(str(said["workplace"]), "")),
        ("Organisation", str(said["organisation"])),
        ("Does the family know?", rules.PARENTS_KNOW.get(str(said["parents"]), "")),
        *_named(said, "parent", "Who we can invite"),
        *(_named(said, "other", "Who else we can invite") if said.get("other_name") else []),
    ]


def _named(said: Mapping[str, object], who: str, label: str) -> list[tuple[str, str]]:
    return [
        (label, str(said[f"{who}_name"])),
        (f"{label}: email", _or_none(said[f"{who}_email"])),
        (f"{label}: relationship", _or_none(rules.NAMED_AS.get(str(said[f"{who}_basis"]), ""))),
    ]


_SAYS = {"who": _who, "child": _child, "agreement": _agreement, "needs": _needs, "consent": _consent, "family": _family}


def _or_none(value: object) -> str:
    return str(value) or "Nothing written"


def _parts(born: date | None) -> dict[str, str]:
    if born is None:
        return {}
    return {f"date_of_birth-{part}": str(getattr(born, part)) for part in ("day", "month", "year")}
