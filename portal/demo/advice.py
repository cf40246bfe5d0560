"""The advisers of a child's story: asked, reminded, answered, and one whom a parent wants asked."""

from db.engine import fetch_one
from portal.advice import commands
from portal.advice.commands import Advice, NewAdviser, NewWish
from portal.demo.play import Scene
from portal.demo.steps import AdviceAsked, AdviceCame, AdviserReminded, AdviserWished


async def asked(scene: Scene, step: AdviceAsked) -> None:
    """Ask for advice, which is due six weeks later."""
    on = scene.on(step.day)
    new = NewAdviser(step.kind, step.name, step.organisation, on)
    await commands.ask(scene.caseworker, scene.child, new, today=on, now=scene.now)


async def came(scene: Scene, step: AdviceCame) -> None:
    """Record what came back."""
    on, adviser = scene.on(step.day), await _adviser(scene, step.name)
    advice = Advice(on, step.note, "")
    await commands.record_return(scene.caseworker, scene.child, adviser, advice, today=on, now=scene.now)


async def reminded(scene: Scene, step: AdviserReminded) -> None:
    """Record a reminder."""
    on, adviser = scene.on(step.day), await _adviser(scene, step.name)
    await commands.record_reminder(scene.caseworker, scene.child, adviser, on, today=on, now=scene.now)


async def wished(scene: Scene, step: AdviserWished) -> None:
    """Ask for another adviser, as the parent does."""
    new = NewWish(step.name, step.organisation, step.why)
    await commands.wish(scene.families[step.adult], scene.child, new, now=scene.now)


async def _adviser(scene: Scene, name: str) -> str:
    row = await fetch_one(
        "SELECT v.public_id FROM adviser v JOIN ehc_case k ON k.id = v.ehc_case WHERE k.child = {} AND v.name = {}",
        scene.child.id,
        name,
    )
    assert row is not None, f"{name} has not been asked about {scene.story.name}"
    return str(row["public_id"])
