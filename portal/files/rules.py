"""Which files are taken, how large, and how their names are told. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from urllib.parse import quote

MAX_SIZE = 10 * 1024 * 1024
"""Bytes in one file."""
CHILD_QUOTA = 500 * 1024 * 1024
"""Bytes of all files of one child."""
MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes that a Word document may have when unpacked."""
MAX_MEMBERS = 2_000
"""Parts that a Word document may have."""
MAX_PIXELS = 60_000_000
"""Pixels of one picture."""

MEDIA_TYPES: Mapping[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jpg": "image/jpeg",
    "png": "image/png",
}
"""What is taken, and how it is served; nothing else ever is."""

SPELLINGS = {"jpeg": "jpg", "jpe": "jpg"}

ACCEPT = ".pdf,.docx,.jpg,.jpeg,.png"
"""For the `accept` attribute of a file field."""

KINDS = "a PDF, a Word document (.docx) or a picture (.jpg or .png)"
_OLD_WORD = {"doc", "dot", "rtf", "odt", "pages"}
_PHONE_PICTURES = {"heic", "heif", "webp", "gif", "bmp", "tif", "tiff"}
_LONGEST_NAME = 120


def extension_of(filename: str) -> str:
    """The extension in lower case, one spelling for each kind; empty when there is none."""
    extension = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    return SPELLINGS.get(extension, extension)


def wrong_kind(extension: str) -> str:
    """What to tell a person whose file is of a kind that is not taken."""
    if extension in _OLD_WORD:
        return (
            "We cannot take this kind of document. Save it as a PDF or as a Word document (.docx) and choose it again"
        )
    if extension in _PHONE_PICTURES:
        return "We cannot take this kind of picture. Save it as .jpg or .png and choose it again"
    return f"Choose {KINDS}"


def safe_download_name(filename: str, extension: str) -> str:
    """A name for the file that every system takes: no folders, no control characters, the right extension."""
    stem = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1].rpartition(".")[0] or filename
    kept = "".join(char for char in stem if char.isprintable() and char not in '<>:"|?*/\\;')
    kept = kept.strip(" .")[:_LONGEST_NAME].strip(" .") or "file"
    return f"{kept}.{extension}"


def content_disposition(name: str) -> str:
    """The header that makes a browser save the file under `name` (RFC 6266, RFC 8187)."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r'["\\%]', "", plain) or "file"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
