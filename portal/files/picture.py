"""Makes a picture anew from its pixels, upright, so that where and with what it was taken is gone."""

import io

from PIL import Image, ImageOps

from portal.files import rules
from portal.files.rules import FileRefused

_JPEG_QUALITY = 85
_TOO_MANY_PIXELS = "This picture is too large. Make it smaller and try again"
_BROKEN = "We could not open this picture. Save it again as .jpg or .png and try again"


def check_jpg(content: bytes) -> bytes:
    """The picture as a new JPEG. Raises FileRefused when it is broken or too large."""
    return _made_anew(content, "JPEG")


def check_png(content: bytes) -> bytes:
    """The picture as a new PNG. Raises FileRefused when it is broken or too large."""
    return _made_anew(content, "PNG")


def _made_anew(content: bytes, kind: str) -> bytes:
    try:
        with Image.open(io.BytesIO(content), formats=(kind,)) as picture:
            if picture.width * picture.height > rules.MAX_PIXELS:
                raise FileRefused(_TOO_MANY_PIXELS)
            made = _saved(_pixels(picture, kind), kind)
    except FileRefused:
        raise
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise FileRefused(_TOO_MANY_PIXELS) from error
    except Exception as error:
        raise FileRefused(_BROKEN) from error
    if len(made) > rules.MAX_SIZE:
        raise FileRefused(_TOO_MANY_PIXELS)
    return made


def _pixels(picture: Image.Image, kind: str) -> Image.Image:
    """The first frame, upright, in 8 bits, with nothing else."""
    ImageOps.exif_transpose(picture, in_place=True)
    mode = _mode_for(picture, kind)
    if picture.mode.startswith("I"):
        # Some scanners write 16 bits, of which Pillow would make plain white.
        picture = picture.convert("I").point(lambda value: value * (1 / 256))
    plain = picture if picture.mode == mode else picture.convert(mode)
    plain.info.clear()
    return plain


def _mode_for(picture: Image.Image, kind: str) -> str:
    if kind == "PNG" and picture.has_transparency_data:
        return "RGBA"
    return "L" if picture.mode == "1" or picture.mode[0] in "LI" else "RGB"


def _saved(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    if kind == "JPEG":
        picture.save(out, kind, quality=_JPEG_QUALITY, exif=b"")
    else:
        picture.save(out, kind)
    return out.getvalue()
