"""Whatever a browser, a robot or an old record sends: nothing raises, and what is kept is small, clean JSON."""

import json
import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from portal.forms import engine
from portal.forms.answers import LONGEST_TYPED, MOST_VALUES
from portal.forms.library import load_forms
from tests.portal.forms.made_up import every_kind, fields_of

FORM = every_kind()
NAMES = [name for field in fields_of(FORM) for name in field.inputs]
LIKELY = ["yes", "no", "one", "two", "3", "2026", "-1", "a@b.org", "WR1 2AB", "01632 960 001", "9" * 40]

texts = st.text(st.characters(), max_size=60) | st.sampled_from(LIKELY)
submitted = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=8), st.lists(texts, max_size=4), max_size=30)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | texts,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4),
    max_leaves=8,
)
stored = st.dictionaries(st.sampled_from([field.key for field in fields_of(FORM)]) | texts, anything, max_size=20)


def is_clean(text: str) -> bool:
    return all(char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs") for char in text)


def texts_in(kept: object) -> list[str]:
    if isinstance(kept, dict):
        return [text for value in kept.values() for text in texts_in(value)]
    if isinstance(kept, list):
        return [text for value in kept for text in texts_in(value)]
    return [kept] if isinstance(kept, str) else []


@given(submitted, stored)
def test_checking_a_page_never_raises_and_keeps_clean_json(
    typed: dict[str, list[str]], kept: dict[str, object]
) -> None:
    for page in FORM.pages:
        checked = engine.check_page(FORM, page, typed, kept)
        assert json.loads(json.dumps(checked.answers)) == checked.answers
        assert all(map(is_clean, texts_in(checked.answers) + texts_in(checked.typed)))
        assert set(checked.answers) <= {field.key for field in page.fields}
        assert all(error.field in [*NAMES, "date"] for error in checked.errors)


@given(submitted)
def test_reading_a_kept_answer_again_changes_nothing(typed: dict[str, list[str]]) -> None:
    for page in FORM.pages:
        kept = engine.check_page(FORM, page, typed).answers
        again = engine.check_page(FORM, page, engine.typed_before(page, kept)).answers
        assert {key: again[key] for key in kept} == kept


@given(stored)
def test_whatever_is_stored_can_be_shown_checked_and_sent(kept: dict[str, object]) -> None:
    rows = engine.check_your_answers(FORM, kept)
    errors = engine.check_all(FORM, kept)
    sent = engine.answers_shown(FORM, kept)
    assert json.loads(json.dumps(sent)) == sent
    assert {row.field for row in rows} >= set(sent)
    assert (engine.first_unanswered_page(FORM, kept) is None) <= (not errors)
    assert engine.check_all(FORM, sent) == [error for error in errors if error.message.startswith("Tick")]


@given(stored)
def test_every_page_leads_on_to_the_end_and_back(kept: dict[str, object]) -> None:
    shown = engine.pages_shown(FORM, kept)
    for number, page in enumerate(shown):
        assert engine.next_page(FORM, kept, page) == (shown[number + 1] if number + 1 < len(shown) else None)
        assert engine.previous_page(FORM, kept, page) == (shown[number - 1] if number else None)
        assert engine.progress(FORM, kept, page) == engine.Progress(number + 1, len(shown))


def test_what_is_kept_is_bounded_however_much_is_sent() -> None:
    huge = {name: ["x" * 3_000_000] * 200 for name in NAMES}
    for page in FORM.pages:
        checked = engine.check_page(FORM, page, huge)
        assert len(json.dumps(checked.answers)) < 1_000
        assert all(len(values) <= MOST_VALUES for values in checked.typed.values())
        assert all(sum(map(len, values)) <= LONGEST_TYPED for values in checked.typed.values())


def test_text_that_is_too_long_comes_back_whole_so_that_it_can_be_shortened() -> None:
    long = "word " * 2_000
    checked = engine.check_page(FORM, FORM.pages[1], {"long_text": [long]})
    assert checked.typed["long_text"] == [long]


@given(st.data())
def test_the_real_forms_take_anything_too(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(load_forms().latest))
    keys = [field.key for field in fields_of(form)]
    kept = data.draw(st.dictionaries(st.sampled_from(keys), anything, max_size=10))
    engine.check_your_answers(form, kept)
    assert json.loads(json.dumps(engine.answers_shown(form, kept))).keys() <= set(keys)
