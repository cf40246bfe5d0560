"""The file that is to be imported, and what is to become of rows about children who are here already."""

from litestar.datastructures import UploadFile

from web.forms.form import Form


class ImportForm(Form):
    """One CSV file."""

    upload: UploadFile | None

    def read(self) -> None:
        self.upload = next(iter(self.uploads.get("file", [])), None)
        if self.upload is None:
            self.refuse("file", "Choose the file")


class TakeInForm(Form):
    """Whether adults join the children who are here already; asked only when there are such rows and others.

    Without a new child, joining is all that the button says; whoever wants less cancels the import.
    """

    has_matched: bool
    has_new: bool
    join_matched: bool

    def read(self) -> None:
        if not (self.has_matched and self.has_new):
            self.join_matched = self.has_matched and self.value("matched") != "leave_out"
            return
        chosen = self.choice("matched", ("join", "leave_out"), missing="Choose what to do with these rows")
        self.join_matched = chosen == "join"
