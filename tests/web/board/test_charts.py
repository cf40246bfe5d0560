"""A chart: as long as its shares, in words too, and nothing typed becomes markup."""

from lxml import etree

from web.views.charts import Bar, Part, bars, room

PARTS = (Part("On time", "solid"), Part("Late", "dots"))


def drawn(*lines: Bar) -> etree._Element:
    return etree.fromstring(str(bars("six", "Six weeks", "Half of them.", PARTS, lines)))


def widths(chart: etree._Element) -> list[float]:
    """How wide the parts of the bars are, after the legend."""
    return [float(one.get("width")) for one in chart.findall("rect")][len(PARTS) :]


def test_parts_are_as_wide_as_their_shares() -> None:
    january = Bar("January", (30, 10), "75%")
    whole = room([january]).wide
    assert widths(drawn(january)) == [round(whole * 0.75), round(whole * 0.25)]


def test_longer_words_leave_less_room_for_bars_and_never_none() -> None:
    short, long = (room([Bar(label, (1, 0), "nothing due")]) for label in ("May", "Considering the request"))
    assert 50 < long.wide < short.wide


def test_a_month_without_any_has_words_but_no_bar() -> None:
    chart = drawn(Bar("January", (0, 0), "nothing due"))
    assert widths(chart) == []
    assert "nothing due" in "".join(chart.itertext())


def test_it_says_what_it_shows() -> None:
    chart = drawn()
    named = [chart.find(f".//*[@id='{name}']") for name in chart.get("aria-labelledby", "").split()]
    assert [one.text for one in named if one is not None] == ["Six weeks", "Half of them."]


def test_parts_differ_in_pattern_and_name_one_that_is_there() -> None:
    chart = drawn(Bar("January", (1, 1), "50%"))
    fills = {one.get("fill") for one in chart.findall("rect")}
    assert fills == {None, "url(#six-dots)"}
    assert chart.find(".//pattern[@id='six-dots']") is not None


def test_names_are_text_and_never_markup() -> None:
    chart = drawn(Bar("<b>East & West</b>", (1, 0), "<script>"))
    assert "<b>East & West</b>" in "".join(chart.itertext())
    assert not chart.findall(".//b")
    assert not chart.findall(".//script")
