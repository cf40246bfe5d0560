"""Whether a .docx is a real Word document (ECMA-376) that holds no program and fetches nothing when it is opened."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from xml.parsers import expat

from portal.files import rules
from portal.files.rules import FileRefused

_MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_MAIN_PART = re.compile(r"word/document\d*\.xml")  # Word on the web numbers it
_PROGRAMS = ("macroenabled", "vbaproject", "vbadata", "activex", "oleobject", "embeddings/")
_BAD_RELATIONS = {"oleobject", "package", "control", "vbaproject", "afchunk", "subdocument", "frame"}
_TYPES, _START = "[content_types].xml", "_rels/.rels"
_RELATIONS_TYPE = "application/vnd.openxmlformats-package.relationships+xml"
_SVG = "image/svg+xml"
_FONT = "application/vnd.openxmlformats-officedocument.obfuscatedfont"  # its first bytes are random
_IS_XML = re.compile(r"[+/]xml\s*(;|$)")
_LOOKS_LIKE_XML = re.compile(rb"(\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*<[?!A-Za-z]")
_RUNS_A_PROGRAM = re.compile(r"^\s*DDE(AUTO)?\b", re.IGNORECASE | re.MULTILINE)
_CHUNK = 65536

_NOT_WORD = f"This is not a Word document. Choose {rules.KINDS}"
_TOO_MANY_PARTS = "This document has too many parts. Save it as a PDF and choose that one"
_TOO_LARGE = "This document is too large when unpacked. Save it as a PDF and choose that one"
_PROGRAM = "This document holds a program or another file. Save it as a PDF and choose that one"
_OUTSIDE = "This document opens something from elsewhere. Save it as a PDF and choose that one"

Attributes = dict[str, str]
OnElement = Callable[[str, Attributes], None]


def check_docx(content: bytes) -> bytes:
    """The same document. Raises FileRefused when it is none, is a zip bomb, or could run or fetch something."""
    # Counted before zipfile makes an object for each of what may be 200,000 entries.
    if content.count(b"PK\x01\x02") > rules.MAX_MEMBERS:
        raise FileRefused(_TOO_MANY_PARTS)
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _check_members(archive)
            _check_unpacked_size(archive)
            types = _Types(archive)
            _check_types(archive, types)
            for part in archive.namelist():
                _check_part(archive, part, types)
    except FileRefused:
        raise
    except Exception as error:
        raise FileRefused(rules.BROKEN) from error
    return content


def _check_members(archive: zipfile.ZipFile) -> None:
    """Each part is named once and plainly, and packed only as ECMA-376 allows; nothing stands before or after."""
    members = archive.infolist()
    names = [member.filename.lower() for member in members]
    if len(names) > rules.MAX_MEMBERS:
        raise FileRefused(_TOO_MANY_PARTS)
    if any(program in name for name in names for program in _PROGRAMS):
        raise FileRefused(_PROGRAM)
    odd = len(set(names)) < len(names) or archive.comment or min(member.header_offset for member in members) > 0
    # bzip2 and LZMA unpack a gigabyte in one step, before any of it can be counted.
    packed_oddly = any(one.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for one in members)
    if odd or packed_oddly or any(_leads_elsewhere(name) for name in names):
        raise FileRefused(rules.BROKEN)


def _leads_elsewhere(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or "\\" in name or ":" in name or not name.isprintable()


def _check_unpacked_size(archive: zipfile.ZipFile) -> None:
    """What is really unpacked counts: sizes in the headers may lie."""
    left = rules.MAX_UNPACKED
    for name in archive.namelist():
        for chunk in _chunks(archive, name):
            left -= len(chunk)
            if left < 0:
                raise FileRefused(_TOO_LARGE)


def _check_types(archive: zipfile.ZipFile, types: "_Types") -> None:
    """The document says that it is one, and leads to its main part."""
    names, starts = _names(archive), list[Attributes]()
    if _START not in names:
        raise FileRefused(_NOT_WORD)
    _parse(archive, names[_START], lambda _, attributes: starts.append(attributes))
    if any(program in kind for kind in types.all for program in _PROGRAMS):
        raise FileRefused(_PROGRAM)
    main = [part for part, kind in types.of_part.items() if kind == _MAIN_TYPE]
    start = [_part_name(one.get("Target", "")) for one in starts if _kind_of(one) == "officedocument"]
    if main != start or len(main) != 1 or not _MAIN_PART.fullmatch(main[0]) or main[0] not in names:
        raise FileRefused(_NOT_WORD)


def _check_part(archive: zipfile.ZipFile, name: str, types: "_Types") -> None:
    """Whatever Word would read as XML is read here, by its name or by the type it is declared with."""
    kind, lower = types.of(name), name.lower()
    if lower.endswith(".rels") or kind == _RELATIONS_TYPE:
        _parse(archive, name, _check_relation)
    elif lower.endswith((".xml", ".vml")) or (_IS_XML.search(kind) and kind != _SVG):
        fields = _Fields()
        _parse(archive, name, fields.on_element, fields.on_text)
        if _RUNS_A_PROGRAM.search("".join(fields.instructions)):
            raise FileRefused(_PROGRAM)
    elif kind not in (_SVG, _FONT) and _LOOKS_LIKE_XML.match(next(_chunks(archive, name), b"").replace(b"\0", b"")):
        raise FileRefused(rules.BROKEN)


def _check_relation(_: str, relation: Attributes) -> None:
    """Nothing is fetched by opening the document; ordinary links only open by a click."""
    kind = _kind_of(relation)
    if kind in _BAD_RELATIONS:
        raise FileRefused(_PROGRAM)
    if relation.get("TargetMode", "").lower() == "external" and kind != "hyperlink":
        raise FileRefused(_OUTSIDE)


def _kind_of(relation: Attributes) -> str:
    return relation.get("Type", "").rpartition("/")[2].lower()


def _part_name(name: str) -> str:
    """Part names are the same whatever their case (ECMA-376 part 2, 6.2.2.3)."""
    return name.removeprefix("/").lower()


def _names(archive: zipfile.ZipFile) -> dict[str, str]:
    """Every part by its name in lower case; no two have the same."""
    return {name.lower(): name for name in archive.namelist()}


class _Types:
    """What `[Content_Types].xml` says that each part is, all in lower case. Raises FileRefused when there is none."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.of_part: dict[str, str] = {}
        self.of_extension: dict[str, str] = {}
        names = _names(archive)
        if _TYPES not in names:
            raise FileRefused(_NOT_WORD)
        _parse(archive, names[_TYPES], self._add)

    @property
    def all(self) -> tuple[str, ...]:
        return (*self.of_part.values(), *self.of_extension.values())

    def of(self, name: str) -> str:
        """The type of a part; empty when nothing is said of it."""
        lower = name.lower()
        return self.of_part.get(lower) or self.of_extension.get(lower.rpartition(".")[2], "")

    def _add(self, _: str, attributes: Attributes) -> None:
        kind = attributes.get("ContentType", "").lower()
        if "PartName" in attributes:
            self.of_part[_part_name(attributes["PartName"])] = kind
        if "Extension" in attributes:
            self.of_extension[attributes["Extension"].lower()] = kind


class _Fields:
    """Gathers what a document's fields tell Word to do, one to a line."""

    def __init__(self) -> None:
        self.instructions: list[str] = []
        self._inside = False

    def on_element(self, name: str, attributes: Attributes) -> None:
        name = _local(name)
        self._inside = name == "instrText"
        if name == "fldChar":
            self.instructions.append("\n")
        if name == "fldSimple":
            instruction = next((value for key, value in attributes.items() if _local(key) == "instr"), "")
            self.instructions.append(f"\n{instruction}\n")

    def on_text(self, text: str) -> None:
        if self._inside:
            self.instructions.append(text)


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _parse(
    archive: zipfile.ZipFile, name: str, on_element: OnElement, on_text: Callable[[str], None] | None = None
) -> None:
    """Read a part bit by bit, so that a large one takes no memory. A document type is refused: Office writes none."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_doctype
    parser.StartElementHandler = on_element
    if on_text:
        parser.CharacterDataHandler = on_text
    for chunk in _chunks(archive, name):
        parser.Parse(chunk, False)
    parser.Parse(b"", True)


def _refuse_doctype(*_: object) -> None:
    raise FileRefused(rules.BROKEN)


def _chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    with archive.open(name) as part:
        while chunk := part.read(_CHUNK):
            yield chunk
