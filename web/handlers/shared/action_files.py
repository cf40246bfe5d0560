"""Files that come with one page of a form: checked, kept, and put among what was submitted."""

from portal.access.queries import ChildRecord
from portal.actions import files
from portal.actions.queries import ActionRecord
from portal.files.check import FileRefused
from portal.forms.definition import Field, Kind, Page
from web.forms.form import Form
from web.respond import Request, now_of


async def take_files(
    request: Request, child: ChildRecord, action: ActionRecord, page: Page, form: Form
) -> dict[str, list[str]]:
    """The ids of each file field after this post. What cannot be taken is an error of the form."""
    fields = [field for field in page.fields if field.kind is Kind.FILE]
    own = list(await files.files_of(action)) if fields else []
    return {field.key: await _take(request, child, action, field, form, own) for field in fields}


async def _take(
    request: Request, child: ChildRecord, action: ActionRecord, field: Field, form: Form, own: list[str]
) -> list[str]:
    held = files.kept_files(action, field.key, own, form.value("remove"))
    for upload in form.uploads.get(field.key, []):
        if len(held) >= field.max_files:
            form.refuse(field.key, f"You can add up to {field.max_files} files here")
            break
        try:
            content = await upload.read()
            store = request.app.state.files
            held.append(
                await files.attach(request.actor, child, action, upload.filename, content, store, now=now_of(request))
            )
        except FileRefused as error:
            form.refuse(field.key, f"{upload.filename[:60]}: {error.message}")
    return held
