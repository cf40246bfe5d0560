"""All forms, from the TOML files in `definitions/`: one file for each version, named `<key>_v<version>.toml`."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from portal.forms.definition import FormDefinition, FormDefinitionError
from portal.forms.parsing import parse_form

__all__ = ["DEFINITIONS", "FormDefinition", "FormDefinitionError", "FormLibrary", "load_forms"]

DEFINITIONS = Path(__file__).parent / "definitions"


@dataclass(frozen=True)
class FormLibrary:
    """Every version of every form. A form that was asked for keeps its version, so old ones stay."""

    forms: Mapping[tuple[str, int], FormDefinition]

    def form(self, key: str, version: int) -> FormDefinition:
        """One version. Raises KeyError when its file is gone."""
        return self.forms[key, version]

    def newest(self, key: str) -> FormDefinition | None:
        """The newest version of one form, None when there is no such form."""
        return next((form for form in self.latest if form.key == key), None)

    @property
    def latest(self) -> tuple[FormDefinition, ...]:
        """The newest version of each form, by title: what can be asked for now."""
        newest = {key: form for (key, _), form in sorted(self.forms.items())}
        return tuple(sorted(newest.values(), key=lambda form: form.title))


@cache
def load_forms(folder: Path = DEFINITIONS) -> FormLibrary:
    """Read every definition in `folder`, once. Raises FormDefinitionError, which says what to mend and where."""
    forms = [_load(path) for path in sorted(folder.glob("*.toml"))]
    return FormLibrary({(form.key, form.version): form for form in forms})


def _load(path: Path) -> FormDefinition:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise FormDefinitionError(f"{path.name}: this is not TOML: {error}") from None
    form = parse_form(entries, path.name)
    if path.name != (name := f"{form.key}_v{form.version}.toml"):
        raise FormDefinitionError(f"{path.name}: the file must be named {name}, after its key and version")
    return form
