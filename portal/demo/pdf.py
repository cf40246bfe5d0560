"""A letter as a PDF of one page, written by hand: enough for the demo to have real files to open."""

from collections.abc import Sequence

_LEFT, _TOP, _LEADING = 72, 760, 18


def letter(title: str, lines: Sequence[str]) -> bytes:
    """A PDF (version 1.4) with `title` above `lines`; each line at most about 85 characters of Latin-1."""
    shown = [f"/F2 18 Tf {_text(title)}", "/F1 11 Tf", *(_text(line) for line in lines)]
    stream = f"BT {_LEADING} TL {_LEFT} {_TOP} Td " + " ".join(shown) + " ET"
    page = "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << {} >> >> >>"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R /Lang (en-GB) >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page.format("/F1 5 0 R /F2 6 0 R"),
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        _font("Helvetica"),
        _font("Helvetica-Bold"),
        f"<< /Title ({_escaped(title)}) >>",
    ]
    return _file(objects).encode("latin-1")


def _file(objects: Sequence[str]) -> str:
    """The objects one after another, with the table that says where each begins."""
    body, places = "%PDF-1.4\n", []
    for number, text in enumerate(objects, 1):
        places.append(len(body))
        body += f"{number} 0 obj\n{text}\nendobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    count = len(objects) + 1
    trailer = f"trailer\n<< /Size {count} /Root 1 0 R /Info {len(objects)} 0 R >>\nstartxref\n{len(body)}\n%%EOF\n"
    return f"{body}xref\n0 {count}\n0000000000 65535 f \n{table}{trailer}"


def _font(name: str) -> str:
    return f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"


def _text(line: str) -> str:
    """Show one line and go down to the next."""
    return f"({_escaped(line)}) Tj T*"


def _escaped(text: str) -> str:
    plain = text.replace("’", "'").replace("–", "-").encode("latin-1", "replace").decode("latin-1")
    return plain.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
