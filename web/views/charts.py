"""Charts as SVG, made on the server: bars that lie, so that their words can be read on a phone.

No script and no inline style: classes for the colours, and patterns, so that nothing is told by colour alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

WIDTH, ROW, THICK, LETTER, GAP = 345, 24, 15, 8, 10
"""In the units of the drawing: about the pixels of its place on the page, so that words are no smaller there.

`LETTER` is what one letter of 14 px takes at most, on average over a label.
"""


@dataclass(frozen=True)
class Part:
    """One kind of part that the bars are made of; `fill` is solid, lines, dots or empty."""

    name: str
    fill: str


@dataclass(frozen=True)
class Bar:
    """One bar: its label, the size of each part, and what is said after it."""

    label: str
    sizes: tuple[int, ...]
    said: str


@dataclass(frozen=True)
class Room:
    """Where the bars begin, and how long the longest is: what the words on both sides leave."""

    left: float
    wide: float


def room(drawn: Sequence[Bar]) -> Room:
    """The room for these bars."""
    left, right = (
        max((len(words) for words in side), default=0) * LETTER + GAP
        for side in ([bar.label for bar in drawn], [bar.said for bar in drawn])
    )
    return Room(left, WIDTH - left - right)


def bars(key: str, title: str, about: str, parts: Sequence[Part], drawn: Sequence[Bar]) -> Markup:
    """A chart of shares with a legend: every bar is as long as the others, but for those of nothing.

    `key` begins its ids; `about` says in words what it shows.
    """
    top = ROW * len(parts) + 8
    lines = [_legend(key, number, part) for number, part in enumerate(parts)]
    place = room(drawn)
    lines += [_bar(key, place, top + number * ROW, bar, parts) for number, bar in enumerate(drawn)]
    head = Markup(
        '<svg class="portal-chart" viewBox="0 0 {} {}" role="img" aria-labelledby="{}-title {}-about">'
        '<title id="{}-title">{}</title><desc id="{}-about">{}</desc>{}'
    ).format(WIDTH, top + len(drawn) * ROW, key, key, key, title, key, about, _patterns(key))
    return head + Markup("").join(lines) + Markup("</svg>")


def _legend(key: str, number: int, part: Part) -> Markup:
    y = number * ROW
    return _rectangle(key, part, 1, y + 4, 22) + _text(30, y + 16, part.name)


def _bar(key: str, place: Room, y: int, bar: Bar, parts: Sequence[Part]) -> Markup:
    drawn = _text(0, y + 16, bar.label)
    left = place.left
    for part, size in zip(parts, bar.sizes, strict=True):
        if size:
            wide = place.wide * size / sum(bar.sizes)
            drawn += _rectangle(key, part, left, y + 4, wide)
            left += wide
    return drawn + _text(place.left + place.wide + GAP, y + 16, bar.said)


def _rectangle(key: str, part: Part, x: float, y: float, wide: float) -> Markup:
    fill = Markup(' fill="url(#{}-{})"').format(key, part.fill) if part.fill in {"lines", "dots"} else Markup("")
    return Markup('<rect class="portal-chart__{}" x="{:.0f}" y="{}" width="{:.0f}" height="{}"{}/>').format(
        part.fill, x, y, wide, THICK, fill
    )


def _text(x: float, y: float, words: str) -> Markup:
    return Markup('<text x="{:.0f}" y="{}" font-size="14">{}</text>').format(x, y, words)


def _patterns(key: str) -> Markup:
    return Markup(
        '<defs><pattern id="{}-lines" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
        '<line class="portal-chart__ink" x1="0" y1="0" x2="0" y2="6" stroke-width="5"/></pattern>'
        '<pattern id="{}-dots" width="6" height="6" patternUnits="userSpaceOnUse">'
        '<circle class="portal-chart__ink" cx="3" cy="3" r="2"/></pattern></defs>'
    ).format(key, key)
