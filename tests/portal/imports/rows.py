"""One row of a file, checked: what the tests of reading and of matching begin with."""

from datetime import date

from portal.imports.rules import Row

ROW = Row(
    line=2,
    forename="Noor",
    surname="Aziz",
    date_of_birth=date(2019, 5, 2),
    team=1,
    received_on=date(2026, 3, 5),
    source="parent",
    stage="request",
    adult_name="Anna Aziz",
    email="Anna@example.com",
    basis="parental_responsibility",
    send=True,
)
