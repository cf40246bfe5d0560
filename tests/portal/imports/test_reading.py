"""Files as spreadsheets and people make them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.imports.reading import BAD_BYTE, LONG_CELL, QUOTES, QUOTES_ON, SPOILED, CannotRead, table_of

ZOE = {"forename": "Zoë", "surname": "O’Neil, Jr", "date_of_birth": "2019-05-02"}
TEXT = 'Child forename,Child surname,Date of birth\r\nZoë,"O’Neil, Jr",2019-05-02\r\n'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_what_excel_saves_is_read(encoding: str) -> None:
    (row,) = table_of(TEXT.encode(encoding)).rows
    assert (row.line, row.cells) == (2, ZOE)


@pytest.mark.parametrize("separator", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_separators_and_line_ends_are_found_out(separator: str, end: str) -> None:
    lines = ["forename", "surname", "dob"], ["Zoë", "Jones", "1 May 2019"], ["", "", ""], ["Bo", "Bell", "1 May 2018"]
    rows = table_of(end.join(separator.join(cells) for cells in lines).encode()).rows
    assert [(row.line, row.cells["forename"]) for row in rows] == [(2, "Zoë"), (4, "Bo")]


def test_a_line_is_that_of_the_file_even_after_a_cell_of_two_lines() -> None:
    rows = table_of(b'forename,surname,dob\n"No\nor",Aziz,x\nBo,Bell,y\n').rows
    assert [row.line for row in rows] == [2, 4]


def test_a_quotation_mark_too_many_is_named_with_its_line() -> None:
    rows = table_of(b'forename,surname,dob\nNoor,Aziz,x\nBo,"Bell" Jr,y\nCy,Day,z\n').rows
    assert [(row.line, row.problem) for row in rows] == [(2, ""), (3, QUOTES), (4, "")]
    rows = table_of(b'forename,surname,dob\nNoor,Aziz,x\nBo,"Bell,y\nCy,Day,z\n').rows
    assert [(row.line, row.problem) for row in rows] == [(2, ""), (3, QUOTES_ON)]


def test_a_cell_that_is_far_too_long_is_named_as_such_and_reading_goes_on() -> None:
    rows = table_of(b"forename,surname,dob\n" + b"a" * 200_000 + b",Aziz,x\nBo,Bell,y\n").rows
    assert [(row.line, row.problem) for row in rows] == [(2, LONG_CELL), (3, "")]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("forename,surname,dob\nZoë,B,c\n".encode() + b"Ren\xe9,B,c\n", BAD_BYTE.format(3)),
        ("\ufeffforename,surname,dob\r\n".encode() + b"Ren\xe9,B,c\r\n", BAD_BYTE.format(2)),
        ("forename,surname,dob\nA,B,c\nZoÃ«,B,c\n".encode(), SPOILED.format(3, "Ã«")),
        ("forename,surname,dob\nTom,Oâ€™Neil,c\n".encode(), SPOILED.format(2, "â€")),
        (b"\xc3\x82\xc2\x80", SPOILED.format(1, "Â")),
    ],
)
def test_letters_that_would_come_in_spoiled_are_refused_with_their_line(content: bytes, reason: str) -> None:
    with pytest.raises(CannotRead) as raised:
        table_of(content)
    assert str(raised.value) == reason


def test_a_line_that_tells_excel_the_separator_is_passed_over() -> None:
    (row,) = table_of(b"sep=;\r\nforename;surname;dob\r\nNoor;Aziz, Jr;x\r\n").rows
    assert (row.line, row.cells["surname"]) == (3, "Aziz, Jr")
    assert table_of(b"sep=;\nforename;surname;dob;shoe size\nNoor;Aziz;x;3\n").line == 2


def test_a_title_above_the_headings_is_said_to_be_one() -> None:
    with pytest.raises(CannotRead, match="The headings are on line 3"):
        table_of(b"Children to import,,\n,,\nforename,surname,dob\nNoor,Aziz,x\n")


def test_a_row_with_too_many_cells_is_named_and_one_with_too_few_is_filled() -> None:
    long, short, trailing = table_of(b"forename,surname,dob\na,b,c,d\na\na,b,c,,\n").rows
    assert long.problem == "This row has 4 cells, and the first line has 3"
    assert (short.cells, short.problem) == ({"forename": "a"}, "")
    assert trailing.problem == ""


@given(st.binary(max_size=400) | st.text(max_size=400).map(lambda text: ("forename,surname,dob\n" + text).encode()))
def test_any_bytes_are_rows_or_a_reason(content: bytes) -> None:
    with suppress(CannotRead):
        table = table_of(content)
        assert table.problems or table.rows


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00ÂÃâ"), max_size=60))
def test_a_quoted_cell_comes_back_as_it_was_but_for_blanks_around_it(cell: str) -> None:
    quoted = cell.replace('"', '""')
    (row,) = table_of(f'forename,surname,dob\n"{quoted}",b,c\n'.encode()).rows
    assert row.cells["forename"] == cell.strip(" \t\r\n\u00a0\ufeff")
