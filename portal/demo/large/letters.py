"""Conversations between families and the SEND team: answered soon, late, or not yet. Drawn by chance."""

from datetime import datetime, timedelta

from portal.dates import london_day
from portal.demo.large.chance import Chance
from portal.demo.large.record import Child, Letter, Letters, Tie

HOW_MANY = {0: 0.25, 1: 0.4, 2: 0.25, 3: 0.1}
ANSWERED_WITHIN = {(0, 6): 0.62, (7, 13): 0.22, (14, 45): 0.16}
"""Days until the team answers a family."""
NEVER_ANSWERED = 0.08
"""Of what came in the last three months."""

_ASKED = (
    ("How is it going?", "Hello, we have heard nothing for a while. Where does {name}’s case stand?"),
    ("Visit to the school", "Could somebody tell us whether the visit to the school is still planned for {name}?"),
    ("A new report", "We have a new report from the hospital about {name}. Where should we send it?"),
    ("Transport", "Who decides about transport to school for {name}? We were told to ask you."),
    ("We have moved", "We have a new address since Monday. {name} stays at the same school."),
    ("Worried about school", "{name} cannot go to school at the moment. What can be done before the review?"),
    ("The meeting", "Can the meeting about {name} be in the afternoon? Mornings are hard for us."),
    ("Section F", "Section F says speech therapy each week. {name} has had none since half-term."),
)
_ANSWERED = (
    "Thank you for writing. I have looked into it and will phone you this week about {name}.",
    "I am sorry that you had to wait. The report about {name} should be here by the end of the month.",
    "Yes, that is possible. I have changed the time of the meeting about {name}.",
    "Please send it here as an attachment; I will add it to {name}’s record.",
    "I have asked the school to write to you about {name} by Friday.",
)
_BEGUN = (
    ("Meeting about the plan", "Dear family, we would like to meet you about {name}’s plan. Which days suit you?"),
    ("Advice for the assessment", "Dear family, may we talk to {name}’s nursery or school about what helps?"),
    ("Annual review", "Dear family, {name}’s annual review is coming up. Please tell us who should be there."),
)
_FOLLOWED = (
    "Thank you. One more thing: when will {name} hear about the place?",
    "That helps, thank you. And who pays?",
)


def letters_of(chance: Chance, child: Child, types: tuple[str, ...], now: datetime) -> None:
    """Write the child's conversations into its record; each lies between access and `now`."""
    writing = [tie for tie in child.ties if tie.access == "active" and tie.basis != "professional"]
    if not writing:
        return
    for _ in range(chance.one_of(HOW_MANY)):
        conversation = _conversation(chance, child, chance.choice(writing), types, now)
        if conversation.letters:
            child.letters.append(conversation)


def _conversation(chance: Chance, child: Child, tie: Tie, types: tuple[str, ...], now: datetime) -> Letters:
    assert tie.activated is not None
    first = tie.activated + (now - tie.activated) * chance.random()
    by_family = chance.happens(0.7)
    subject, body = chance.choice(_ASKED if by_family else _BEGUN)
    made = Letters(tie, chance.choice(types), subject, chance.public_id())
    bodies = [body, chance.choice(_FOLLOWED)] if by_family else [body, "Thank you, we will be there with {name}."]
    moment: datetime | None = first
    for number, text in enumerate(bodies[: 2 if chance.happens(0.3) else 1]):
        if moment is None:
            break
        moment = _exchange(chance, made, child, text, moment, now, from_staff=not by_family and number == 0)
    return made


def _exchange(
    chance: Chance, made: Letters, child: Child, text: str, moment: datetime, now: datetime, *, from_staff: bool
) -> datetime | None:
    """A message, and the team's answer when it is the family's. Gives when the family may write again."""
    _add(chance, made, text.format(name=child.forename), moment, now, from_staff=from_staff)
    if from_staff:
        later = moment + timedelta(hours=chance.randint(5, 150))
        return later if later < now else None
    forgotten = moment > now - timedelta(days=90) and chance.happens(NEVER_ANSWERED)
    answered = _answered(chance, moment)
    if forgotten or answered >= now:
        return None
    _add(chance, made, chance.choice(_ANSWERED).format(name=child.forename), answered, now, from_staff=True)
    later = answered + timedelta(hours=chance.randint(2, 90))
    return later if later < now else None


def _answered(chance: Chance, moment: datetime) -> datetime:
    """On a working day, some days later."""
    day = london_day(moment) + chance.days(*chance.one_of(ANSWERED_WITHIN))
    day += timedelta(days=max(0, 7 - day.weekday()) if day.weekday() > 4 else 0)
    return max(chance.at_work(day), moment + timedelta(minutes=25))


def _add(chance: Chance, made: Letters, body: str, sent: datetime, now: datetime, *, from_staff: bool) -> None:
    read = sent + timedelta(minutes=chance.randint(10, 4000))
    seen = read < now and not chance.happens(0.06)
    if not from_staff and made.letters and not seen:
        read = sent + timedelta(minutes=5)
    made.letters.append(Letter(from_staff, body, sent, chance.public_id(), read if seen else None))
    if from_staff:
        _read_what_was_answered(made, sent)


def _read_what_was_answered(made: Letters, answered: datetime) -> None:
    """Nobody answers what they have not read."""
    for letter in made.letters[:-1]:
        if not letter.from_staff and (letter.read is None or letter.read > answered):
            letter.read = answered - timedelta(minutes=10)
