"""paragraph: names that run on in one text, parted by a sign or by line breaks, one or several lines a member."""

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.markup import matched
from citynet.reading.printed import lines_of, text_of
from citynet.reading.readers import Member, iso_date, member_of_text

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, Tag


def read_paragraph(page: "BeautifulSoup", spec: Page, where: str) -> list[Member]:
    """The members in the text of each element that `select` matches."""
    nodes = matched(page, spec.select, where)
    return [
        member
        for number, node in enumerate(nodes, start=1)
        for member in members_in(text_for(node, spec), spec, f"{node.name} {number}", where)
    ]


def text_for(node: "Tag", spec: Page) -> str:
    """The text of an element as `members_in` takes it: with its line breaks where these part the names."""
    return "\n".join(lines_of(node)) if by_lines(spec) else text_of(node)


def by_lines(spec: Page) -> bool:
    return spec.options.get("separator") == "line_break" or "lines" in spec.options


def members_in(text: str, spec: Page, at: str, where: str) -> list[Member]:
    """The members of one text between the words `after` and `before`, ended by `end`; parted by `separator`, or by `lines`."""
    text = _between(text, spec.options, f"{where}: {at}")
    if "lines" in spec.options:
        return _of_lines(text, spec, at, where)
    return [member_of_text(name, spec, f"{at}, name {number}", where) for number, name in enumerate(_names(text, spec), start=1)]


def _names(text: str, spec: Page) -> list[str]:
    """The printed names of a text, in its order; a sign within brackets parts nothing, a bullet may stand before the first."""
    separator = spec.options.get("separator", ",")
    if separator == "line_break":
        return [line.strip() for line in text.splitlines() if line.strip()]
    sign = separator.strip()
    around = sign in (",", ";") or (len(sign) == 1 and separator == sign)
    names = _parted(text, sign if around else separator)
    if sign not in (",", ";") and names and not names[0]:
        names = names[1:]
    last = spec.options.get("last_separator")
    return [*names[:-1], *_parted(names[-1], last)] if last and names else names


def _parted(text: str, separator: str) -> list[str]:
    """The text split at each separator outside closed brackets; a bracket that is never closed keeps nothing together."""
    inside = _within_brackets(text)
    parts, start, at = [], 0, text.find(separator)
    while at >= 0:
        if not inside[at]:
            parts.append(text[start:at].strip())
            start = at + len(separator)
        at = text.find(separator, max(start, at + 1))
    return [*parts, text[start:].strip()]


def _within_brackets(text: str) -> list[bool]:
    """For each character whether it stands within a pair of round brackets."""
    depth = [0] * len(text)
    waiting: list[int] = []
    for position, sign in enumerate(text):
        if sign == "(":
            waiting.append(position)
        elif sign == ")" and waiting:
            depth[waiting.pop()] += 1
            depth[position] -= 1
    inside, level = [], 0
    for change in depth:
        level += change
        inside.append(level > 0)
    return inside


def _of_lines(text: str, spec: Page, at: str, where: str) -> list[Member]:
    """Members of several lines each, as the option says ("Name|Country"); "-" is a line that is not kept."""
    parts = spec.options["lines"].split("|")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if not lines or len(lines) % len(parts):
        raise SourceChanged(f"{where}: {at}: expected members of {len(parts)} lines ({spec.options['lines']}), got {len(lines)} lines")
    members = []
    for number in range(0, len(lines), len(parts)):
        printed = dict(zip(parts, lines[number : number + len(parts)], strict=True))
        here = f"{at}, line {number + 1}"
        member = member_of_text(printed["Name"], spec, here, where)
        joined = iso_date(printed["Joined"], spec, f"{where}: {here}") if "Joined" in printed else member.joined_on
        members.append(
            replace(member, country=printed.get("Country", member.country), kind=printed.get("Kind", member.kind), joined_on=joined)
        )
    _not_shifted(members, f"{where}: {at}")
    return members


def _not_shifted(members: list[Member], where: str) -> None:
    """SourceChanged where countries stand in the place of names: a line is missing, and names and countries changed places.

    Such a name is printed as a country too, or comes again with another country. One may be no accident of the page (the
    Province of Luxembourg; Valencia in two countries), two are. What `country_values` names is safer.
    """
    countries = {member.country.casefold() for member in members if member.country}
    first: dict[str, str] = {}
    strange: dict[str, None] = {}
    for member in members:
        name, country = member.name.casefold(), member.country.casefold()
        if (name in countries and name != country) or first.setdefault(name, country) != country:
            strange[member.name] = None
    if len(strange) > 1:
        seen = ", ".join(strange)[:80]
        raise SourceChanged(f"{where}: expected a name and its country by turns, got what looks like countries for names: {seen}")


def _between(text: str, options: Mapping[str, str], where: str) -> str:
    """The text between the first `after` and the next `before`, without the closing `end`; a mark not given bounds nothing."""
    text = text[_end_of(options.get("after", ""), text, where) :]
    before, end = options.get("before", ""), options.get("end", "")
    if before:
        text = text[: _end_of(before, text, where) - len(before)]
    if not text.rstrip().endswith(end):
        raise SourceChanged(f"{where}: expected the names to end with {end!r}, got {text[-40:]!r}")
    return text.rstrip().removesuffix(end)


def _end_of(mark: str, text: str, where: str) -> int:
    """Where the first occurrence of the mark ends in the text; 0 for the empty mark."""
    if mark not in text:
        raise SourceChanged(f"{where}: expected the words {mark!r}, got {text[:80]!r}")
    return text.index(mark) + len(mark)
