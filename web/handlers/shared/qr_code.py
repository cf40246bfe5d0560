"""A QR code as a picture of its own, so that no style stands in the page."""

import io

import segno
from litestar import Response


def answer(address: str) -> Response[bytes]:
    """The SVG picture of a QR code that holds `address`."""
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=6, light="white", xmldecl=False)
    return Response(picture.getvalue(), media_type="image/svg+xml")
