"""CSV files that people take away."""

import csv
import io

from hypothesis import given
from hypothesis import strategies as st

from portal.csv_out import csv_bytes, csv_text


def test_a_cell_that_would_be_a_formula_is_only_text() -> None:
    rows = [["=1+1", "+44 7700", "-cmd", "@SUM(A1)", "\tx", "\ry", "\n=z", "＝1", "O'Neil", -3, None]]
    assert csv_text(["a"], rows) == "a\r\n'=1+1,'+44 7700,'-cmd,'@SUM(A1),'\tx,\"'\ry\",\"'\n=z\",'＝1,O'Neil,-3,\r\n"


def test_excel_is_told_that_it_is_utf_8() -> None:
    assert csv_bytes(["Forename"], [["Zoë"]]) == b"\xef\xbb\xbfForename\r\nZo\xc3\xab\r\n"


@given(st.lists(st.lists(st.text(), min_size=2, max_size=2), max_size=5))
def test_whatever_is_in_it_comes_back_and_nothing_runs(rows: list[list[str]]) -> None:
    back = list(csv.reader(io.StringIO(csv_text(["a", "b"], rows), newline="")))[1:]
    assert [[cell.removeprefix("'") for cell in row] for row in back] == [
        [cell.removeprefix("'") for cell in row] for row in rows
    ]
    assert not any(
        cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")) for row in back for cell in row
    )
