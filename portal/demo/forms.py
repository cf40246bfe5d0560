"""The forms of a child's story: asked for, begun, sent in."""

from datetime import date
from typing import Any

from portal.actions import commands
from portal.actions.queries import ActionRecord, actions_of
from portal.demo.play import Scene
from portal.demo.steps import Asked, Filled
from portal.forms import engine
from portal.forms.definition import Field, FormDefinition, Kind
from portal.forms.library import load_forms

SAID = {
    "story": "The first years were easy. Nursery noticed that talking came late, and school has been hard since.",
    "strengths": "Kind and funny, with a wonderful memory. Knows every train on our line.",
    "enjoys": "Animals, water, drawing maps, and being outside.",
    "hard_talking": "New people. It takes weeks before a word comes, and then only in a whisper.",
    "hard_learning": "Reading. Letters swim, and the others are far ahead by now.",
    "hard_feelings": "Loud rooms and sudden changes end in tears, or in hiding under the table.",
    "school_well": "The teaching assistant, Mrs Hall. With her a whole morning can go well.",
    "school_hard": "Break times, the dinner hall, and days when Mrs Hall is not there.",
    "home_day": "Somebody has to stay close for getting dressed, eating and going to sleep.",
    "helps": "Pictures of what comes next, a quiet corner, and time.",
    "avoid": "Being hurried, and being asked in front of everybody.",
    "needs": "Speech therapy each week, and somebody who stays near in class.",
    "hopes_soon": "To read a short book, and to have one good friend.",
    "hopes_later": "A job with animals, and a home with people around.",
    "first_why": "It is small, it is close, and they know how to help children who talk little.",
}
"""What a parent wrote, by the question's key. What is not here was left out, as most people do."""


async def asked(scene: Scene, step: Asked) -> None:
    """Assign the newest version of the form."""
    adult = scene.families[step.adult].public_id
    form, due = _form(step.form), scene.on(step.due)
    await commands.assign(scene.caseworker, scene.child, adult, form, due, now=scene.now)


async def filled(scene: Scene, step: Filled) -> None:
    """Fill the first pages, one after another as a person does, or all of them, and then send it in."""
    form, adult = _form(step.form), scene.families[step.adult]
    pages = 0
    while (page := engine.first_unanswered_page(form, (action := await _open(scene, step)).answers)) is not None:
        if step.pages and pages == step.pages:
            return
        answers = {field.key: answer(field, scene.now.date(), adult.email) for field in page.fields}
        await commands.save_page(adult, action, answers, now=scene.now)
        pages += 1
    await commands.submit(adult, scene.child, action, form, now=scene.now)


async def _open(scene: Scene, step: Filled) -> ActionRecord:
    """The form as it stands now with this adult."""
    actions = await actions_of(scene.families[step.adult], scene.child)
    return next(action for action in actions if action.form_key == step.form and action.is_open)


def _form(key: str) -> FormDefinition:
    form = load_forms().newest(key)
    assert form is not None, f"there is no form {key}"
    return form


def answer(field: Field, today: date, email: str) -> Any:
    """Something believable for any question; much that need not be answered is left out."""
    match field.kind:
        case Kind.LONG_TEXT:
            return SAID.get(field.key, "We would rather talk about this on the phone." if field.required else None)
        case Kind.RADIOS | Kind.SELECT:
            return field.options[0].value
        case Kind.CHECKBOXES:
            return [option.value for option in field.options[:2]]
        case Kind.YES_NO | Kind.DECLARATION:
            return "yes"
        case Kind.FILE:
            return None
        case Kind.SCHOOL:
            return {"name": "Lakeside Primary School", "address": "Lake Road, Westmere"} if field.required else None
    return _short_answer(field, today, email)


def _short_answer(field: Field, today: date, email: str) -> Any:
    short = {
        Kind.DATE: today.isoformat(),
        Kind.NUMBER: max(1, field.minimum),
        Kind.EMAIL: email,
        Kind.PHONE: "07700 900 123",
        Kind.POSTCODE: "WM2 4AB",
    }
    return short.get(field.kind, "Lakeside Primary School" if field.required else None)
