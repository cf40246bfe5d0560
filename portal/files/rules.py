"""Which files are taken, how large, what is said of the others, and how names are told. Pure."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import timedelta
from urllib.parse import quote

from portal.errors import PortalError
from portal.limits import Limit

MAX_SIZE = 10 * 1024 * 1024
"""Bytes in one file."""
ADULT_QUOTA = 500 * 1024 * 1024
"""Bytes of all files that one adult adds to one child's record. Each has their own: nobody fills it for the others."""
TEAM_QUOTA = 2_000 * 1024 * 1024
"""Bytes of all files that the SEND team adds to one child's record."""
UPLOADS = Limit("uploads", tries=100, window=timedelta(hours=1))
"""Files that one account may add, taken or refused: each costs a check in a process apart."""
MAX_UNPACKED = 100 * 1024 * 1024
"""Bytes that a Word document may have when unpacked."""
MAX_MEMBERS = 2_000
"""Parts that a Word document may have."""
MAX_PIXELS = 60_000_000
"""Pixels of one picture."""
MAX_PDF_OBJECTS = 200_000
"""Numbers, names, texts, lists and dictionaries that a PDF may have."""

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
EMPTY = "This file is empty. Choose another one"
TOO_LARGE = "This file is larger than 10 MB. Make it smaller, or send it in parts"
NOT_AS_NAMED = f"This file is not what its name says. Choose {KINDS}"
BROKEN = "We could not open this file. Save it again and choose it, or send it as a PDF"
NO_ROOM = (
    "There is no room for more of your files in this record. Take files off messages not sent, or phone the SEND team"
)
NO_ROOM_FOR_TEAM = "The SEND team has added 2 GB of files to this record, which is as much as it takes"
TOO_MANY = "You have added 100 files in an hour. Wait a little, then add this one"
TOO_HARD = "This file is too complicated to check. Print it to a new PDF and choose that one"

_OLD_WORD = {"doc", "dot", "rtf", "odt", "pages"}
_MACROS = {"docm", "dotm"}
_PHONE_PICTURES = {"heic", "heif", "webp", "gif", "bmp", "tif", "tiff"}
_LONGEST_NAME = 200
"""Bytes of UTF-8 before the extension: file systems take 255 in all."""
_NEVER_IN_A_NAME = '<>:"|?*/\\;%'


class FileRefused(PortalError):
    """The file cannot be taken; `message` tells the person what to do."""


def extension_of(filename: str) -> str:
    """The extension in lower case, one spelling for each kind; empty when there is none."""
    extension = filename.rpartition(".")[2].strip().lower() if "." in filename else ""
    return SPELLINGS.get(extension, extension)


def wrong_kind(extension: str) -> str:
    """What to tell a person whose file is of a kind that is not taken."""
    if extension in _OLD_WORD:
        return "We cannot take this kind of document. Save it as a PDF or .docx and try again"
    if extension in _MACROS:
        return "We cannot take documents with macros. Save it as a PDF or .docx and try again"
    if extension in _PHONE_PICTURES:
        return "We cannot take this kind of picture. Save it as .jpg or .png and try again"
    return f"Choose {KINDS}"


def safe_download_name(filename: str, extension: str) -> str:
    """A name that every system takes: no folders, no control or invisible characters, the right extension."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", filename))[-1]
    stem = _plain(last.rpartition(".")[0] or last)
    short = stem.encode()[:_LONGEST_NAME].decode(errors="ignore").strip(" .")
    return f"{short or 'file'}.{extension}"


def content_disposition(name: str) -> str:
    """The header that makes a browser save the file under `name` (RFC 6266, RFC 8187). Never more than one line."""
    name = _plain(name) or "file"
    stem, dot, extension = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().rpartition(".")
    plain = f"{_plain(stem) or 'file'}{dot}{extension}"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(name: str) -> str:
    return "".join(char for char in name if char.isprintable() and char not in _NEVER_IN_A_NAME).strip(" .")
