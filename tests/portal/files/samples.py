"""Files as people and attackers make them, made here so that every byte can be read."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

from PIL import Image

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
MACRO_TYPE = "application/vnd.ms-word.document.macroEnabled.main+xml"

GPS_IFD, LATITUDE, ORIENTATION, CAMERA = 0x8825, 2, 0x0112, 0x0110


def pdf(*more: bytes, catalog: bytes = b"", page: bytes = b"", trailer: bytes = b"") -> bytes:
    """A PDF of one page. `more` are objects 4, 5 …; the others are entries of its dictionaries."""
    objects = [
        b"<</Type /Catalog /Pages 2 0 R %s>>" % catalog,
        b"<</Type /Pages /Kids [3 0 R] /Count 1>>",
        b"<</Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] %s>>" % page,
        *more,
    ]
    body, offsets = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        offsets.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    last = b"trailer\n<</Size %d /Root 1 0 R %s>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer, len(body))
    return body + head + table + last


def packed_pdf(hidden: bytes) -> bytes:
    """A PDF whose catalog, with `hidden` among its entries, stands compressed in a stream of objects."""
    packed = zlib.compress(b"1 0 <</Type /Catalog /Pages 2 0 R %s>>" % hidden)
    head = b"%PDF-1.5\n"
    pages = b"2 0 obj\n<</Type /Pages /Kids [3 0 R] /Count 1>>\nendobj\n"
    page = b"3 0 obj\n<</Type /Page /Parent 2 0 R /MediaBox [0 0 9 9]>>\nendobj\n"
    entry = b"4 0 obj\n<</Type /ObjStm /N 1 /First 4 /Filter /FlateDecode /Length %d>>" % len(packed)
    stream = entry + b"\nstream\n" + packed + b"\nendstream\nendobj\n"
    places = [len(head), len(head + pages), len(head + pages + page), len(head + pages + page + stream)]
    rows = [(0, 0, 0), (2, 4, 0), *((1, place, 0) for place in places)]
    return (
        head
        + pages
        + page
        + stream
        + _list_of_objects(5, b"".join(struct.pack(">BHB", *row) for row in rows), places[-1])
    )


def slow_pdf(entries: int) -> bytes:
    """A PDF of a few kilobytes whose list of objects unpacks to `entries` entries."""
    body = b"%PDF-1.5\n1 0 obj\n<</Type /Catalog /Pages 2 0 R>>\nendobj\n"
    body += b"2 0 obj\n<</Type /Pages /Kids [] /Count 0>>\nendobj\n"
    return body + _list_of_objects(3, struct.pack(">BHB", 1, 15, 0) * entries, len(body))


def _list_of_objects(number: int, rows: bytes, place: int) -> bytes:
    packed = zlib.compress(rows, 9)
    kind = b"%d 0 obj\n<</Type /XRef /Size %d /W [1 2 1] /Root 1 0 R " % (number, len(rows) // 4)
    stream = b"/Filter /FlateDecode /Length %d>>\nstream\n%s\nendstream\nendobj\n" % (len(packed), packed)
    return kind + stream + b"startxref\n%d\n%%%%EOF\n" % place


def docx(
    extra: Mapping[str, bytes | str] | None = None,
    *,
    body: str = "<w:p><w:r><w:t>About Sam</w:t></w:r></w:p>",
    relations: str = "",
    main_type: str = MAIN_TYPE,
    main_part: str = "word/document.xml",
    compression: int = zipfile.ZIP_DEFLATED,
) -> bytes:
    """A Word document as small as Word takes it, with `extra` parts and `relations` of its main part."""
    parts: dict[str, bytes | str] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/{main_part}" ContentType="{main_type}"/></Types>',
        "_rels/.rels": _relationships(relation("officeDocument", main_part)),
        main_part: '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
        f"<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": _relationships(relations),
    }
    return zipped({**parts, **(extra or {})}.items(), compression)


def relation(kind: str, target: str, mode: str = "") -> str:
    """One relationship of a part; `mode="External"` when it leads outside the document."""
    external = f' TargetMode="{mode}"' if mode else ""
    return f'<Relationship Id="r{kind}" Type="{OFFICE}/{kind}" Target="{target}"{external}/>'


def _relationships(inner: str) -> str:
    return f'<Relationships xmlns="{PACKAGE}/relationships">{inner}</Relationships>'


def zipped(parts: Iterable[tuple[str, bytes | str]], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of `parts`, pairs of a name and what it holds."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", compression) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return out.getvalue()


def photo(size: tuple[int, int] = (40, 20), *, orientation: int = 1) -> bytes:
    """A JPEG from a phone: left half red, right half blue, with where and with what it was taken."""
    picture = Image.new("RGB", size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = orientation, "Phone of Sam"
    exif.get_ifd(GPS_IFD)[LATITUDE] = (51.0, 30.0, 0.0)
    out = io.BytesIO()
    picture.save(out, "JPEG", exif=exif, comment=b"taken at home", quality=95)
    return out.getvalue()


def png(picture: Image.Image, **options: object) -> bytes:
    """The picture as a PNG."""
    out = io.BytesIO()
    picture.save(out, "PNG", **options)
    return out.getvalue()


def opened(content: bytes) -> Image.Image:
    """The picture, read again."""
    return Image.open(io.BytesIO(content))
