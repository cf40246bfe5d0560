"""Writing a message, for families and for the SEND team alike: typed, kept as a draft, files added, sent."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass

from litestar import Response

from portal.access.queries import AdultWithAccess, ChildRecord, adults_of
from portal.answers.templates import filled, templates
from portal.cover.queries import away_words
from portal.errors import Busy, NotFound, PortalError, Refused, RuleBroken, TooManyTries
from portal.files.check import CheckedFile, FileRefused
from portal.files.commands import check_chosen
from portal.files.queries import FileLine
from portal.messages import commands, drafts, queries, rules
from portal.messages.drafts import Draft, Place
from portal.messages.queries import ConversationView
from portal.once import only_once, take_back
from web.dates import today
from web.forms.form import Form
from web.forms.messages import MessageForm
from web.kept import kept
from web.once import once_key
from web.respond import Request, go, now_of, page

NEWER = "A newer message came while you wrote. It still waits for an answer."


@dataclass(frozen=True)
class WritingView:
    """The screen on which a message is written. `conversation` is what it answers; `templates` are for staff."""

    child: ChildRecord
    here: str
    back: str
    types: tuple[str, ...]
    adults: tuple[AdultWithAccess, ...]
    conversation: ConversationView | None
    files: tuple[FileLine, ...]
    has_draft: bool
    templates: tuple[tuple[str, str], ...]
    max_body: int = rules.MAX_BODY
    max_files: int = rules.MAX_ATTACHMENTS


@dataclass(frozen=True)
class Desk:
    """Where a message is being written, and the pages around it."""

    request: Request
    child: ChildRecord
    conversation: ConversationView | None
    here: str
    back: str
    template: str

    @property
    def place(self) -> Place:
        return Place(self.child, self.conversation.id if self.conversation else None)

    async def show(self, form: Form | None = None) -> Response[str]:
        """The form, with the draft in it unless `form` has something newer."""
        draft = await drafts.draft_at(self.request.actor, self.place)
        form = form or await kept(self.request, _form_of(draft))
        staff = self.request.actor.is_staff
        view = WritingView(
            self.child,
            self.here,
            self.back,
            tuple(await queries.message_types()),
            tuple(await adults_of(self.child.id)) if staff and not self.conversation else (),
            self.conversation,
            draft.files if draft else (),
            draft is not None,
            tuple((one.public_id, one.name) for one in await templates(only_active=True)) if staff else (),
        )
        return page(self.request, self.template, view, form=form)

    async def take(self) -> Response[str]:
        """What was posted: send it, or keep, mend or discard the draft."""
        request = self.request
        form = await MessageForm.of(
            request,
            is_reply=self.conversation is not None,
            is_staff=request.actor.is_staff,
            types=await queries.message_types(),
        )
        if form.press == "discard":
            await drafts.discard(request.actor, self.place, request.app.state.files, now=now_of(request))
            return await self._leave("The draft has been deleted.")
        if form.press == "autosave":
            await self._keep_text(form)
            return Response("", status_code=204)
        files = await self._checked(form)
        if form.press == "send" and form.ok:
            return await self._send(form, files)
        await self._keep(form, files)
        if form.press == "template":
            await self._begin_with(form)
        if form.press == "remove":
            await drafts.detach(request.actor, self.place, form.removed, request.app.state.files, now=now_of(request))
        if form.press in {"remove", "files", "template"} or not form.ok:
            return await self.show(form)
        return await self._leave("Your message is kept as a draft. It has not been sent.")

    async def _begin_with(self, form: MessageForm) -> None:
        """Put a template's text into the message, below what was typed, to be mended before it is sent."""
        if not self.request.actor.is_staff:
            raise NotFound
        people = {one.public_id: one.name for one in await adults_of(self.child.id)}
        adult = self.conversation.adult if self.conversation else people.get(form.recipient, "")
        if not form.template:
            form.refuse("template", "Choose an answer template")
            return
        day = today(now_of(self.request))
        text = await filled(self.request.actor, self.child, adult, form.template, today=day)
        form.typed["message"] = [f"{form.body}\n\n{text}".strip()]

    async def _checked(self, form: MessageForm) -> list[CheckedFile]:
        """The chosen files that can be taken; what is wrong with the others stands in `form`.

        Before anything is kept, because a check can take seconds.
        """
        taken, uploads = list[CheckedFile](), [upload for upload in form.files if upload.filename]
        if len(uploads) > rules.MAX_ATTACHMENTS:
            form.refuse("attachments", rules.TOO_MANY_FILES)
        for upload in uploads[: rules.MAX_ATTACHMENTS]:
            try:
                content, now = await upload.read(), now_of(self.request)
                taken.append(await check_chosen(self.request.actor, upload.filename, content, now=now))
            except FileRefused as error:
                form.refuse("attachments", f"{upload.filename[:60]}: {error.message}")
            except Busy:
                await self._keep_text(form)
                raise
        return taken

    async def _keep(self, form: MessageForm, files: Sequence[CheckedFile]) -> None:
        """Keep what was typed and chosen, so that nothing is lost whatever happens next."""
        if files or form.body or form.subject:
            await self._keep_text(form)
        if problem := await self._attach(form, files):
            form.refuse("attachments", problem)

    async def _attach(self, form: MessageForm, files: Sequence[CheckedFile]) -> str:
        """Put files on the draft, once however often it is pressed. Gives what is wrong with one, if anything."""
        request, now = self.request, now_of(self.request)
        if not files:
            return ""
        key = once_key(request, form, "files", *(one.sha256 for one in files))

        async def act() -> str:
            problem = await drafts.attach(request.actor, self.place, files, request.app.state.files, now=now)
            if problem:
                await take_back(key)
            return problem

        return await only_once(key, act, now=now)

    async def _keep_text(self, form: MessageForm) -> int:
        typed = {
            "to": form.recipient, "message_type": form.message_type, "subject": form.subject, "body": form.body,
        }  # fmt: skip
        return await drafts.keep_draft(self.request.actor, self.place, **typed, now=now_of(self.request))

    async def _send(self, form: MessageForm, files: Sequence[CheckedFile]) -> Response[str]:
        """Files and message go in one press, or all is kept as a draft and can be sent again."""
        request, now = self.request, now_of(self.request)
        key, refused = once_key(request, form, form.body), list[PortalError]()

        async def act() -> str:
            try:
                if problem := await self._attach(form, files):
                    raise RuleBroken("attachments", problem)
                return await self._command(form)()
            except (RuleBroken, TooManyTries, Refused) as error:
                refused.append(error)
                await self._keep_text(form)
                await take_back(key)
                return ""

        await only_once(key, act, now=now)
        return await self._not_sent(form, refused[0]) if refused else await self._sent()

    async def _not_sent(self, form: MessageForm, error: PortalError) -> Response[str]:
        if not isinstance(error, RuleBroken):
            raise error
        form.refuse(error.field, error.message)
        return await self.show(form)

    async def _sent(self) -> Response[str]:
        is_staff, day = self.request.actor.is_staff, today(now_of(self.request))
        away = "" if is_staff else await away_words(self.child.caseworker, day)
        newer = NEWER if is_staff and await self._waits() else ""
        return await self._leave(f"Your message has been sent. {away}{newer}".strip(), sent=True)

    async def _waits(self) -> bool:
        """Whether the family wrote while the answer was written."""
        return self.conversation is not None and await queries.waits(self.conversation)

    def _command(self, form: MessageForm) -> Callable[[], Awaitable[str]]:
        actor, now = self.request.actor, now_of(self.request)
        if self.conversation:
            conversation = self.conversation
            return lambda: commands.reply(actor, conversation, body=form.body, seen=form.seen, now=now)
        return lambda: commands.start(
            actor,
            self.child,
            message_type=form.message_type,
            subject=form.subject,
            body=form.body,
            to=form.recipient,
            now=now,
        )

    async def _leave(self, sentence: str, *, sent: bool = False) -> Response[str]:
        await self.request.auth.say(sentence, now_of(self.request))
        to_sent_items = sent and not self.request.actor.is_staff
        return go(self.request, f"/children/{self.child.public_id}/messages/sent" if to_sent_items else self.back)


def _form_of(draft: Draft | None) -> Form:
    if draft is None:
        return Form()
    return Form.showing(message_type=draft.message_type, subject=draft.subject, message=draft.body, recipient=draft.to)
