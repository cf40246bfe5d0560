"""The draft plan of a child's story: served, commented on, some of it sent, some of that answered."""

from db.engine import fetch
from portal.demo.play import Scene
from portal.demo.steps import Commented, DraftAnswered, DraftSent, DraftServed
from portal.drafts import commands, serving
from portal.drafts.commands import Said
from portal.drafts.queries import OwnDraft, documents_to_serve, drafts_of, own_draft_to_use, sent_about
from portal.drafts.serving import Serving
from portal.files import scanning
from portal.files.scan import NoScanner


async def served(scene: Scene, step: DraftServed) -> None:
    """Serve the newest document, once its file has been looked at as the worker does."""
    for row in await fetch("SELECT id FROM stored_file WHERE child = {} AND scan_state = 'pending'", scene.child.id):
        await scanning.scan(row["id"], scene.files, NoScanner(), now=scene.now)
    document = (await documents_to_serve(scene.child, now=scene.now))[0].public_id
    today, adults = scene.on(step.day), [scene.families[one].public_id for one in step.adults]
    await serving.serve(scene.caseworker, scene.child, Serving(document, adults), today=today, now=scene.now)


async def commented(scene: Scene, step: Commented) -> None:
    """Save a comment; it is not sent yet."""
    own = await _own(scene, step.adult)
    said = Said(step.section, step.body, agrees=False)
    await commands.save(scene.families[step.adult], own, said, now=scene.now)


async def sent(scene: Scene, step: DraftSent) -> None:
    """Send what is saved."""
    own, today = await _own(scene, step.adult), scene.on(step.day)
    await commands.send(scene.families[step.adult], scene.child, own, today=today, now=scene.now)


async def answered(scene: Scene, step: DraftAnswered) -> None:
    """Answer the newest comment on a section."""
    draft = (await drafts_of(scene.child, now=scene.now))[0]
    response = next(one for one in await sent_about(draft) if one.part == step.section)
    await serving.answer(scene.caseworker, scene.child, response, step.outcome, step.body, now=scene.now)


async def _own(scene: Scene, adult: str) -> OwnDraft:
    return await own_draft_to_use(scene.families[adult], scene.child, now=scene.now)
