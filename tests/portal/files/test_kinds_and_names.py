"""Which files are taken by their name and size, and how their names are told to a browser."""

from email.message import Message

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.files import rules
from portal.files.check import FileRefused, check_upload
from tests.portal.files import samples


def test_what_is_kept_says_its_own_kind_size_and_digest() -> None:
    content = samples.pdf()
    kept = check_upload("C:\\Users\\Ann\\Report.PDF", content)
    assert (kept.name, kept.media_type, kept.content) == ("Report.pdf", "application/pdf", content)
    assert (kept.size, len(kept.sha256)) == (len(content), 64)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("letter.doc", "PDF or .docx"),
        ("letter.odt", "PDF or .docx"),
        ("letter.docm", "macros"),
        ("IMG_0001.HEIC", ".jpg or .png"),
        ("notes.txt", rules.KINDS),
        ("virus.exe", rules.KINDS),
        ("report.pdf.exe", rules.KINDS),
        ("pdf", rules.KINDS),
        ("", rules.KINDS),
    ],
)
def test_other_kinds_are_refused_with_what_to_do(name: str, advice: str) -> None:
    with pytest.raises(FileRefused, match=advice.replace("(", r"\(").replace(")", r"\)")):
        check_upload(name, samples.pdf())


def test_an_empty_file_is_refused() -> None:
    with pytest.raises(FileRefused, match="empty"):
        check_upload("a.pdf", b"")


def test_ten_megabytes_are_taken_and_one_byte_more_is_not() -> None:
    large = samples.pdf(b"<</Length %d>>\nstream\n%s\nendstream" % (size := rules.MAX_SIZE - 1000, bytes(size)))
    whole = large.ljust(rules.MAX_SIZE)
    assert check_upload("a.pdf", whole).size == 10 * 1024 * 1024
    with pytest.raises(FileRefused, match="10 MB"):
        check_upload("a.pdf", whole + b" ")


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "a.jpg", "a.png"])
@pytest.mark.parametrize("content", [b"MZ\x90\x00", b"<html><script>alert(1)</script>", samples.zipped([("a", b"b")])])
def test_a_file_that_is_not_what_its_name_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(FileRefused):
        check_upload(name, content)


def test_a_picture_is_not_taken_under_the_name_of_another_kind() -> None:
    with pytest.raises(FileRefused, match="not what its name says"):
        check_upload("photo.png", samples.photo())


WHOLE = {"a.pdf": samples.pdf(), "a.docx": samples.docx(), "a.jpg": samples.photo()}


@pytest.mark.parametrize("name", sorted(WHOLE))
@pytest.mark.parametrize("cut", [20, 200, -60])
def test_half_a_file_is_refused(name: str, cut: int) -> None:
    with pytest.raises(FileRefused):
        check_upload(name, WHOLE[name][:cut])


def taken_or_told_why(name: str, content: bytes) -> bool:
    """Anything but FileRefused comes through and fails the test."""
    try:
        return check_upload(name, content).media_type in rules.MEDIA_TYPES.values()
    except FileRefused as refused:
        return len(refused.message.split()) > 4


BEGINNINGS = [b"", b"%PDF-1.7\n", b"PK\x03\x04", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"]


@given(
    st.text() | st.sampled_from(["a.pdf", "a.docx", "a.jpg", "a.png"]),
    st.builds(bytes.__add__, st.sampled_from(BEGINNINGS), st.binary(max_size=300)),
)
def test_nothing_makes_the_check_fail_in_another_way(name: str, content: bytes) -> None:
    assert taken_or_told_why(name, content)


@given(st.sampled_from(sorted(WHOLE)), st.data())
def test_neither_does_a_good_file_with_some_bytes_changed(name: str, data: st.DataObject) -> None:
    content = bytearray(WHOLE[name])
    for place in data.draw(st.lists(st.integers(0, len(content) - 1), max_size=8)):
        content[place] = data.draw(st.integers(0, 255))
    assert taken_or_told_why(name, bytes(content))


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("C:\\Temp\\Sam’s report.pdf", "Sam’s report.pdf"),
        ("évaluation.pdf", "évaluation.pdf"),
        ("bad\r\nSet-Cookie: a=b.pdf", "badSet-Cookie a=b.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoicefdp.exe.pdf"),
        (".pdf", "pdf.pdf"),
        ("...", "file.pdf"),
        ("\ud800.pdf", "file.pdf"),
        ("a" * 500 + ".pdf", "a" * 200 + ".pdf"),
    ],
)
def test_names_are_made_safe(given: str, told: str) -> None:
    assert rules.safe_download_name(given, "pdf") == told


@given(st.text())
def test_a_safe_name_fits_every_disk_and_stays_inside_its_folder(name: str) -> None:
    safe = rules.safe_download_name(name, "pdf")
    assert len(safe.encode()) <= 255
    assert not set(safe) & set('/\\:*?"<>|\r\n\0')
    assert safe.endswith(".pdf")
    assert not safe.startswith(".")
    assert rules.safe_download_name(safe, "pdf") == safe


@given(st.text())
def test_the_header_is_one_line_that_browsers_read_back(name: str) -> None:
    safe = rules.safe_download_name(name, "pdf")
    message = Message()
    message["Content-Disposition"] = rules.content_disposition(safe)
    assert message.get_content_disposition() == "attachment"
    header = rules.content_disposition(name)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2


def test_a_name_in_another_alphabet_has_a_plain_stand_in() -> None:
    assert rules.content_disposition("日本.pdf") == (
        "attachment; filename=\"file.pdf\"; filename*=UTF-8''%E6%97%A5%E6%9C%AC.pdf"
    )


def test_old_and_new_names_of_the_same_kind_are_one() -> None:
    assert rules.extension_of("a.JPEG") == rules.extension_of("a.jpg ") == "jpg"
