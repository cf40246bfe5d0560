"""Static files: each at an address that changes with its content, compressed once, kept for a year.

They are read when the application starts. A changed file gets a new address, so no browser
shows an old one and none has to ask whether it is still good.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import brotli
from litestar import HttpMethod, Request, Response
from litestar.exceptions import NotFoundException
from litestar.handlers import HTTPRouteHandler
from litestar.params import FromPath

from web.council import Council

MEDIA_TYPES = {".js": "text/javascript", ".svg": "image/svg+xml", ".css": "text/css"}
HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Vary": "Accept-Encoding",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True)
class Asset:
    """One file: its media type, and its bytes under each `Content-Encoding` that makes it smaller."""

    media_type: str
    encoded: Mapping[str, bytes]

    def best_for(self, accept_encoding: str) -> str:
        """The encoding to answer with: the smallest of those that the browser takes."""
        taken = _taken(accept_encoding)
        fitting = [name for name in self.encoded if name in taken]
        return min(fitting, key=lambda name: len(self.encoded[name]))


class Assets:
    """The files of one flat folder, in the council's colours."""

    def __init__(self, folder: Path, council: Council) -> None:
        self._urls: dict[str, str] = {}
        self._assets: dict[str, Asset] = {}
        for path in sorted(folder.iterdir()):
            if path.is_file() and not path.name.startswith("."):
                self._add(path.name, path.read_bytes() + _colours(path.name, council))

    def url(self, name: str) -> str:
        """The address of `portal.css` and its like. Raises KeyError when there is no such file."""
        return self._urls[name]

    def get(self, hashed_name: str) -> Asset | None:
        """The file at `/static/<hashed_name>`, or None."""
        return self._assets.get(hashed_name)

    def _add(self, name: str, content: bytes) -> None:
        stem, _, ending = name.rpartition(".")
        hashed_name = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        self._urls[name] = f"/static/{hashed_name}"
        self._assets[hashed_name] = Asset(_media_type(name), _encode(content))


def static_handler(assets: Assets, **opt: Any) -> HTTPRouteHandler:
    """The route `/static/<name>` for GET and HEAD; `opt` says who may use it (`access=Access.…`)."""

    async def static_file(request: Request[Any, Any, Any], name: FromPath[str]) -> Response[bytes]:
        asset = assets.get(name)
        if asset is None:
            raise NotFoundException
        encoding = asset.best_for(request.headers.get("accept-encoding", ""))
        headers = HEADERS if encoding == "identity" else {**HEADERS, "Content-Encoding": encoding}
        return Response(asset.encoded[encoding], media_type=asset.media_type, headers=headers)

    route = HTTPRouteHandler("/static/{name:str}", http_method=[HttpMethod.GET, HttpMethod.HEAD], **opt)
    return route(static_file)


def _colours(name: str, council: Council) -> bytes:
    """The council's three colours, after the style sheet's own."""
    if name != "portal.css":
        return b""
    return f":root{{--brand:{council.brand};--done:{council.done};--late:{council.late}}}\n".encode()


def _media_type(name: str) -> str:
    return MEDIA_TYPES.get(Path(name).suffix) or mimetypes.guess_type(name)[0] or "application/octet-stream"


def _encode(content: bytes) -> dict[str, bytes]:
    tried = {"br": brotli.compress(content), "gzip": gzip.compress(content, 9, mtime=0)}
    smaller = {name: data for name, data in tried.items() if len(data) < len(content)}
    return {"identity": content, **smaller}


def _taken(accept_encoding: str) -> set[str]:
    """The encodings that a browser takes (RFC 9110, 12.5.3), `identity` always among them; `*` is not used."""
    taken = {"identity"}
    for entry in accept_encoding.lower().split(","):
        name, _, weight = (part.strip() for part in entry.partition(";"))
        if not weight or weight.removeprefix("q=").strip("0."):
            taken.add(name)
    return taken
