"""Another code by email, on every page that takes one: sent, or the sentence why not, on that same page."""

from collections.abc import Awaitable

from litestar import Response

from portal.errors import TooManyTries
from web.respond import Request, go, now_of

SENT = "We have sent you a new code. The one before does not work any more."


async def new_code(request: Request, sending: Awaitable[None], back: str, said: str = SENT) -> Response[str]:
    """Await `sending` and go `back` to the page of the code. The code before works on when none was sent."""
    try:
        await sending
    except TooManyTries as error:
        said = error.message
    await request.auth.say(said, now_of(request))
    return go(request, back)
