"""Lines that hold only a country, among lines of names: the country of the name before, of the names that follow, or a member itself."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

from citynet.reading.automatic.announced import heading_country
from citynet.reading.automatic.cues import is_division
from citynet.reading.automatic.dissect import Said
from citynet.reading.automatic.entries import Entry, by_headings

if TYPE_CHECKING:
    from citynet.reading.auto import Known
    from citynet.reading.automatic.headings import Heading

STATE_CREDIT = 0.6
"""A state among members is likelier than a stranger, less likely than a city."""
FEW = 0.05
"""Share of the names up to which lines of countries that places are called by are such places (Luxembourg, Monaco)."""


def settled(entries: Sequence[Entry], known: "Known") -> list[Entry]:
    """The entries with the countries that lines beside them give, part by part as headings part them."""
    return [entry for heads, part in by_headings(entries).items() for entry in _settled_part(part, heads, known)]


def _settled_part(entries: list[Entry], heads: "Sequence[Heading]", known: "Known") -> list[Entry]:
    """The entries under one run of headings, with the countries that lines among them give."""
    headed = known.country_of(heading_country(heads, known)) if heads else ""
    entries = [replace(_as_state(e), credit=1.0) if _is_namesake(e, headed, known) else e for e in entries]
    lines, names = _at(entries, "country"), _at(entries, "name")
    if lines and heads and is_division(heads[-1].text) and len(heads[-1].text) < 4:
        in_order = all(entries[n].said.country.startswith(heads[-1].text) for n in lines)
        if in_order or not names:
            return _with_states(entries)  # under its letter a state that is a member
    if not lines or not names:
        return entries
    called_so = all(known.is_place(entries[n].said.country, "") for n in lines)
    if called_so and len(lines) <= max(2, FEW * len(names)) and len(names) > len(lines):
        return [replace(_as_state(e), credit=1.0) if e.what == "country" else e for e in entries]
    entries = _with_namesakes(entries, known)
    lines, names = _at(entries, "country"), _at(entries, "name")
    if _are_members(entries, lines, names):
        return _with_states(entries)
    return _given_to_names(entries, backwards=_follow_names(entries, lines, names))


def _is_namesake(entry: Entry, headed: str, known: "Known") -> bool:
    """Whether a country under its own heading is the city called so ("Luxembourg" under "Luxembourg"). headed: the heading's ISO code."""
    return (
        bool(headed)
        and entry.what == "country"
        and known.country_of(entry.said.country) == headed
        and known.is_place(entry.said.country, headed)
    )


def _at(entries: Sequence[Entry], what: str) -> list[int]:
    return [n for n, entry in enumerate(entries) if entry.what == what]


def _with_namesakes(entries: list[Entry], known: "Known") -> list[Entry]:
    """The second of two like lines in a row as a name: the city of Luxembourg under the country Luxembourg."""
    found = list(entries)
    for n, (one, two) in enumerate(pairwise(entries), start=1):
        if one.what == two.what == "country" and one.said.country == two.said.country and known.is_place(two.said.country, ""):
            found[n] = _as_state(two)
    return found


def _are_members(entries: Sequence[Entry], lines: Sequence[int], names: Sequence[int]) -> bool:
    """Whether lines of countries are members themselves: too few and too late to head names, in a row, or beside names that have theirs."""
    if len(names) < len(lines):
        return False
    in_a_row = sum(m == n + 1 for n, m in pairwise(lines))
    headless = lines[0] > names[0] and len(lines) < 0.2 * len(names)
    last = lines[-1] == len(entries) - 1 and in_a_row > 0 and not _follow_names(entries, lines, names)
    with_own = sum(bool(entries[n].said.country) for n in names)
    return headless or last or in_a_row >= 0.4 * len(lines) or with_own >= 0.5 * len(names)


def _follow_names(entries: Sequence[Entry], lines: Sequence[int], names: Sequence[int]) -> bool:
    """Whether lines of countries belong to the one name before each, as in lists of two lines a member."""
    after_one = sum(n > 0 and entries[n - 1].what == "name" and (n < 2 or entries[n - 2].what != "name") for n in lines)
    return after_one >= 0.8 * len(lines) and len(lines) >= 0.5 * len(names) and lines[0] > names[0]


def _given_to_names(entries: Sequence[Entry], *, backwards: bool) -> list[Entry]:
    """Each name with the country of the line after it (backwards), or of the last line before it."""
    found = list(entries)
    country = ""
    for n, entry in enumerate(entries):
        if entry.what == "country" and backwards and n > 0 and entries[n - 1].what == "name":
            found[n - 1] = _in(found[n - 1], entry.said.country)
        elif entry.what == "country" and not backwards:
            country = entry.said.country
        elif entry.what == "name" and country:
            found[n] = _in(entry, country)
    return found


def _in(entry: Entry, country: str) -> Entry:
    return entry if entry.said.country else replace(entry, said=replace(entry.said, country=country))


def _with_states(entries: Sequence[Entry]) -> list[Entry]:
    return [_as_state(entry) if entry.what == "country" else entry for entry in entries]


def _as_state(entry: Entry) -> Entry:
    """A country that heads no names: a state that is a member itself."""
    return replace(entry, what="name", credit=STATE_CREDIT, said=Said(entry.said.country, "", entry.said.kind))
