"""The team's own work in a child's story: notes that only the team reads, messages given to a colleague, and a mark."""

from db.engine import fetch_one
from portal.access.queries import adults_of
from portal.demo.play import Scene
from portal.demo.steps import MessageAssigned, NoteWritten, WhereaboutsMarked
from portal.messages.assigning import assign
from portal.messages.queries import conversation_of
from portal.notes import notes
from portal.relationships.whereabouts import mark, whereabouts_of


async def noted(scene: Scene, step: NoteWritten) -> None:
    """Write a note."""
    await notes.write(scene.caseworker, scene.child, step.body, now=scene.now)


async def whereabouts(scene: Scene, step: WhereaboutsMarked) -> None:
    """Mark that an adult's whereabouts must not be given away."""
    account = scene.families[step.adult].account
    (one,) = [adult for adult in await adults_of(scene.child.id) if adult.account == account]
    about = await whereabouts_of(scene.child, one.relationship)
    await mark(scene.caseworker, about, step.reason, secret=True, now=scene.now)


async def assigned(scene: Scene, step: MessageAssigned) -> None:
    """Give a conversation to a colleague."""
    row = await fetch_one(
        "SELECT m.public_id FROM conversation v JOIN message m ON m.conversation = v.id"
        " WHERE v.child = {} AND v.account = {} AND v.subject = {} ORDER BY m.id LIMIT 1",
        scene.child.id,
        scene.families[step.adult].account,
        step.subject,
    )
    colleague = await fetch_one("SELECT public_id FROM account WHERE email = {}", step.colleague)
    assert row is not None
    assert colleague is not None
    conversation = await conversation_of(scene.caseworker, scene.child, row["public_id"], now=scene.now)
    await assign(scene.caseworker, conversation, colleague["public_id"], now=scene.now)
