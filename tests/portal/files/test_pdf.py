"""PDFs: ordinary ones are taken, those that could run something are not."""

import io

import pypdf
import pytest

from portal.files import rules
from portal.files.check import FileRefused, check_upload
from tests.portal.files.samples import docx, packed_pdf, pdf, slow_pdf

FORM = b"/AcroForm <</Fields [<</FT /Tx /T (name)>>]>>"


@pytest.mark.parametrize(
    "content",
    [
        pdf(),
        pdf(catalog=FORM),
        pdf(catalog=b"/OpenAction [3 0 R /Fit]"),
        pdf(page=b"/Annots [<</Type /Annot /Subtype /Link /A <</S /URI /URI (https://example.org)>>>>]"),
        pdf(b"<</Title (How /JavaScript and /Launch work)>>", trailer=b"/Info 4 0 R"),
        pdf() + b"\r\n\0\0\n",
    ],
    ids=["plain", "form", "opens at a page", "link", "about scripts", "padded"],
)
def test_ordinary_pdfs_are_taken_as_they_are(content: bytes) -> None:
    assert check_upload("a.pdf", content).content == content


SCRIPT = b"<</S /JavaScript /JS (app.alert(1))>>"


@pytest.mark.parametrize(
    "content",
    [
        pdf(catalog=b"/OpenAction " + SCRIPT),
        pdf(catalog=b"/OpenAction <</S /J#61vaScript /J#53 (app.alert(1))>>"),
        pdf(SCRIPT, page=b"/AA <</O 4 0 R>>"),
        pdf(catalog=b"/Names <</JavaScript <</Names [(a) %s]>>>>" % SCRIPT),
        pdf(catalog=b"/AcroForm <</Fields [<</FT /Tx /AA <</K %s>>>>]>>" % SCRIPT),
        pdf(catalog=b"/OpenAction <</S /Launch /F (cmd.exe)>>"),
        pdf(catalog=b"/OpenAction <</S /GoToE /T <</R /C>>>>"),
        pdf(catalog=b"/Names <</EmbeddedFiles <</Names []>>>>"),
        pdf(b"<</Length 2>>\nstream\nMZ\nendstream", page=b"/Annots [<</FS <</EF <</F 4 0 R>>>>>>]"),
        pdf(page=b"/Annots [<</Subtype /FileAttachment>>]"),
        pdf(page=b"/Annots [<</Subtype /RichMedia>>]"),
        pdf(catalog=b"/AcroForm <</XFA [(a) 4 0 R]>>"),
        pdf(SCRIPT),
    ],
    ids="script escaped page-script names field launch embedded-go files ef attachment media xfa unreached".split(),
)
def test_a_pdf_that_could_run_something_is_refused(content: bytes) -> None:
    with pytest.raises(FileRefused, match="Print it to a new PDF"):
        check_upload("a.pdf", content)


def test_a_script_hidden_in_a_packed_object_is_found() -> None:
    assert check_upload("a.pdf", packed_pdf(b"/Lang (en)")).size
    hidden = packed_pdf(b"/OpenAction " + SCRIPT)
    assert b"Script" not in hidden
    with pytest.raises(FileRefused, match="program"):
        check_upload("a.pdf", hidden)


def test_a_pdf_with_a_password_is_refused() -> None:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf()))
    writer.encrypt("", "owner", algorithm="AES-256")
    out = io.BytesIO()
    writer.write(out)
    with pytest.raises(FileRefused, match="locked"):
        check_upload("a.pdf", out.getvalue())


def test_a_pdf_that_is_another_file_too_is_refused() -> None:
    page = b"<html><script>alert(1)</script>" + b" " * 2000
    with pytest.raises(FileRefused, match="another file"):
        check_upload("a.pdf", pdf() + page)
    with pytest.raises(FileRefused, match="not what its name says"):
        check_upload("a.pdf", page + pdf())
    with pytest.raises(FileRefused, match="another file"):
        check_upload("a.pdf", pdf() + docx() + bytes(1000))


def test_a_pdf_without_pages_is_refused() -> None:
    with pytest.raises(FileRefused, match="no pages"):
        check_upload("a.pdf", pdf().replace(b"/Kids [3 0 R] /Count 1", b"/Kids [     ] /Count 0"))


def test_objects_that_lead_in_a_circle_come_to_an_end() -> None:
    assert check_upload("a.pdf", pdf(b"[5 0 R]", b"[4 0 R 5 0 R]", catalog=b"/Extra 4 0 R")).size


def test_a_pdf_of_very_many_objects_is_refused() -> None:
    many = b"[%s]" % (b"0 " * (rules.MAX_PDF_OBJECTS // 4))
    with pytest.raises(FileRefused, match="too complicated"):
        check_upload("a.pdf", pdf(many, many, many, many))


def test_deeply_nested_lists_are_refused_and_crash_nothing() -> None:
    with pytest.raises(FileRefused):
        check_upload("a.pdf", pdf(b"[" * 50_000, catalog=b"/Extra 4 0 R"))


def test_a_pdf_whose_list_of_objects_lies_is_refused() -> None:
    with pytest.raises(FileRefused):
        check_upload("a.pdf", slow_pdf(20))
