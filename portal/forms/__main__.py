"""`python -m portal.forms`: check every definition, and list the forms that can be asked for."""

import sys

from portal.forms.library import FormDefinitionError, load_forms


def main() -> int:
    """Give 0 when all definitions are good, else 1 with what to mend."""
    try:
        forms = load_forms().latest
    except FormDefinitionError as error:
        print(error, file=sys.stderr)
        return 1
    for form in forms:
        print(f"{form.title} ({form.key}, version {form.version}): {len(form.pages)} pages")
    return 0


if __name__ == "__main__":
    sys.exit(main())
