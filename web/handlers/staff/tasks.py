"""The SEND team's tasks, which open by themselves."""

from litestar import Response, get, post
from litestar.params import FromPath

from portal.once import only_once
from portal.tasks import commands
from portal.tasks.queries import TaskList, TaskOfChild, task_of, tasks
from web.access import Access
from web.dates import today
from web.forms.form import Form
from web.forms.tasks import DoneForm, wanted_tasks_of
from web.kept import kept
from web.once import once, once_key
from web.respond import Request, go, now_of, page
from web.spreadsheet import MOST_ROWS, spreadsheet

COLUMNS = (
    "Task", "Child", "Case reference", "Who", "Document", "Caseworker", "Opened on", "Due", "Done on", "Done by", "How",
)  # fmt: skip


@get("/staff/tasks", access=Access.STAFF)
async def task_list(request: Request) -> Response[str]:
    """The tasks, the oldest due first."""
    found = await _found(request)
    form = Form.showing(**{"whose": "", "kind": "", "state": "", **found.wanted.asked})
    return page(request, "pages/staff/tasks/list.html", found, form=form)


@get("/staff/tasks.csv", access=Access.STAFF)
async def export(request: Request) -> Response[bytes]:
    """All that the list shows, as a file for a spreadsheet."""
    found = await _found(request, limit=MOST_ROWS + 1)
    rows = (
        (one.about.name, one.child_name, one.case_reference, one.person, one.document, one.caseworker,
         today(one.opened_at), one.due_on, one.done_at and today(one.done_at), one.done_by, one.done_how)
        for one in found.lines
    )  # fmt: skip
    return await spreadsheet(request, "tasks", COLUMNS, rows, detail=found.wanted.asked)


@get(["/staff/tasks/{task:str}", "/staff/tasks/{task:str}/done"], access=Access.STAFF)
async def task(request: Request, task: FromPath[str]) -> Response[str]:
    """One task: why it opened, what to do, and where."""
    return _task(request, await task_of(request.actor, task, now=now_of(request)), await kept(request, Form()))


@post("/staff/tasks/{task:str}/done", access=Access.STAFF)
async def mark_done(request: Request, task: FromPath[str]) -> Response[str]:
    """Mark as done, with a note."""
    form, now = await DoneForm.of(request), now_of(request)
    found = await task_of(request.actor, task, now=now)
    done = await once(request, form, lambda: commands.mark_done(request.actor, found.child, task, form.how, now=now))
    if done is None:
        return _task(request, found, form)
    await request.auth.say(f"Done: {found.task.about.name}, {found.task.child_name}.", now)
    return go(request, "/staff/tasks")


@post("/staff/tasks/{task:str}/reopen", access=Access.STAFF)
async def open_again(request: Request, task: FromPath[str]) -> Response[str]:
    """Open again what was marked as done."""
    form, now = await Form.of(request), now_of(request)
    found = await task_of(request.actor, task, now=now)
    key = once_key(request, form)
    await only_once(key, lambda: commands.open_again(request.actor, found.child, task, now=now), now=now)
    await request.auth.say("The task is open again.", now)
    return go(request, f"/staff/tasks/{task}")


async def _found(request: Request, *, limit: int = 0) -> TaskList:
    wanted = wanted_tasks_of(request.query_params)
    return await tasks(request.actor, wanted, now=now_of(request), limit=limit)


def _task(request: Request, found: TaskOfChild, form: Form) -> Response[str]:
    return page(request, "pages/staff/tasks/show.html", found, form=form)
