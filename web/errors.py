"""Every error is a page in plain English with a reference: never JSON, never a trace."""

from dataclasses import dataclass
from typing import Any

import asyncpg
import structlog
from litestar import Response
from litestar.exceptions import HTTPException
from litestar.types import ExceptionHandlersMap

from db.engine import DATABASE_IS_AWAY
from portal.errors import Busy, NotFound, Refused, RuleBroken, TooManyTries
from web.access import Forged
from web.respond import Request, page

log = structlog.get_logger()


@dataclass(frozen=True)
class Problem:
    """What an error page says."""

    heading: str
    sentences: tuple[str, ...]
    reference: str


WORDS: dict[int, tuple[str, tuple[str, ...]]] = {
    400: (
        "We could not understand that request",
        ("Go back and try again. If you followed a link, check that you copied all of it.",),
    ),
    403: (
        "This page had been open for too long",
        (
            "We could not be sure that the form came from you, so nothing was changed.",
            "Go back, reload the page and try again.",
        ),
    ),
    404: (
        "We could not find that page",
        (
            "If you typed the address, check that it is right.",
            "If you followed a link, it may have ended or may not be yours to see.",
        ),
    ),
    405: ("That page cannot be used in this way", ("Go to the first page and find what you need from there.",)),
    413: ("That is too big to send", ("Each file can be up to 10 MB. Make it smaller, or send it in parts.",)),
    429: ("Too many tries", ("Wait a little, then try again.",)),
    500: (
        "Sorry, something went wrong",
        ("What you did last may not have been saved. Try again in a few minutes.",),
    ),
    503: ("The portal is very busy", ("Nothing is lost. Try again in a minute.",)),
}


def error_page(
    request: Request, status: int, *sentences: str, heading: str = "", retry_after: int = 0
) -> Response[str]:
    """The page for `status`. `sentences` replace the usual words; `retry_after` is in seconds."""
    usual_heading, usual = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    problem = Problem(heading or usual_heading, sentences or usual, str(request.scope.get("reference", "")))
    response = page(request, "pages/error.html", problem, status=status)
    if retry_after:
        response.headers["Retry-After"] = str(retry_after)
    return response


def _http(request: Request, error: HTTPException) -> Response[str]:
    if error.status_code >= 500:
        return _unexpected(request, error)
    return error_page(request, error.status_code)


def _not_found(request: Request, error: NotFound) -> Response[str]:
    return error_page(request, 404)


def _forged(request: Request, error: Forged) -> Response[str]:
    return error_page(request, 403)


def _too_many(request: Request, error: TooManyTries) -> Response[str]:
    return error_page(request, 429, error.message, retry_after=error.wait_seconds)


def _refused(request: Request, error: Refused | RuleBroken) -> Response[str]:
    return error_page(request, 422, error.message, heading="That could not be done")


def _not_understood(request: Request, error: UnicodeDecodeError) -> Response[str]:
    return error_page(request, 400)


def _busy(request: Request, error: Exception) -> Response[str]:
    log.warning("busy", error=type(error).__name__)
    return error_page(request, 503, retry_after=30)


def _unexpected(request: Request, error: Exception) -> Response[str]:
    frames = _where(error)
    log.error("unexpected", error=type(error).__name__, where=frames, path=_route(request))
    return error_page(request, 500)


def _where(error: BaseException) -> list[str]:
    """File, line and function of each step, without values: a message or a name may be among them."""
    steps, trace = [], error.__traceback__
    while trace is not None:
        code = trace.tb_frame.f_code
        steps.append(f"{code.co_filename.rsplit('/', 1)[-1]}:{trace.tb_lineno}:{code.co_name}")
        trace = trace.tb_next
    return steps[-12:]


def _route(request: Request) -> str:
    handler = request.scope.get("route_handler")
    return handler.handler_name if handler is not None else ""


_BY_ERROR: dict[type[Exception], Any] = {
    HTTPException: _http,
    NotFound: _not_found,
    Forged: _forged,
    TooManyTries: _too_many,
    Refused: _refused,
    RuleBroken: _refused,
    Busy: _busy,
    Exception: _unexpected,
    TimeoutError: _busy,
    UnicodeDecodeError: _not_understood,
    # A character that no text in the database can have, in an address that somebody made up.
    asyncpg.CharacterNotInRepertoireError: _not_found,
    **dict.fromkeys(DATABASE_IS_AWAY, _busy),
}

HANDLERS: ExceptionHandlersMap = {**_BY_ERROR}  # type: ignore[dict-item]
"""Litestar types these by its own request class; ours is the one that it is told to make."""
