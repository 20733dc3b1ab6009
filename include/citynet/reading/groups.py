"""Members under headings, whatever the heading is made of: what it says, the count that it prints, and that something stands under it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from citynet.errors import SourceChanged
from citynet.model import Page
from citynet.reading.readers import Member


@dataclass(frozen=True, slots=True)
class Group:
    """One heading. level: 1, or 0 for a heading above other headings; count: how many members it prints, None for no count."""

    label: str
    at: str
    count: int | None = None
    level: int = 1


def group_of(text: str, spec: Page, at: str, where: str, level: int = 1) -> Group:
    """The heading written as heading_pattern says ("Heading (Count)"), held against the `headings` that the page may have."""
    pattern = spec.options.get("heading_pattern", "Heading") if level else "Heading"
    expression = re.sub(r"\bHeading\b", "(?P<label>.+)", re.escape(pattern), count=1)
    found = re.fullmatch(re.sub(r"\bCount\b", r"(?P<count>\\d[\\d., ]*?)", expression, count=1), text)
    if not found:
        raise SourceChanged(f"{where}: {at}: expected a heading as {pattern!r}, got {text[:80]!r}")
    label = found["label"].strip()
    known = spec.options.get("headings") if level else None
    if known is not None and label not in (*known.split("|"), *skipped(spec)):
        raise SourceChanged(f"{where}: {at}: expected one of the headings {known}, got {label[:80]!r}")
    count = found.groupdict().get("count")
    return Group(label, at, int(re.sub(r"\D", "", count)) if count else None, level)


def skipped(spec: Page) -> list[str]:
    """Headings or entries of the page that are no members' (the option `skip`)."""
    return spec.options["skip"].split("|") if "skip" in spec.options else []


def members_of_groups(groups: Sequence[tuple[Group, list[Member]]], spec: Page, where: str) -> list[Member]:
    """All members with what their headings say; SourceChanged for a heading with nothing under it or with another count.

    A heading of level 0 holds what stands under the headings that follow it.
    """
    found: list[Member] = []
    above = Group("", "", level=0)
    for number, (group, own) in enumerate(groups):
        above = group if group.level == 0 else above
        if group.label in skipped(spec):
            continue
        _counted(group, _below(groups, number, spec), where)
        found.extend(_with_heading(member, group, above, spec) for member in own)
    if not found:
        raise SourceChanged(f"{where}: expected members under the headings, got {len(groups)} headings and nothing under them")
    return found


def _below(groups: Sequence[tuple[Group, list[Member]]], number: int, spec: Page) -> int:
    """How many members stand under the heading, those under lower headings included."""
    group, own = groups[number]
    count = len(own)
    for other, members in groups[number + 1 :]:
        if other.level <= group.level:
            break
        count += 0 if other.label in skipped(spec) else len(members)
    return count


def _counted(group: Group, below: int, where: str) -> None:
    if not below:
        raise SourceChanged(f"{where}: {group.at} {group.label[:80]!r}: expected members under the heading, got none")
    if group.count is not None and group.count != below:
        raise SourceChanged(f"{where}: {group.at} {group.label[:80]!r}: the heading prints {group.count}, read were {below}")


def _with_heading(member: Member, group: Group, above: Group, spec: Page) -> Member:
    """The member with what its headings say, where it prints no country or kind of its own."""
    said = {spec.options.get("heading_is", ""): group.label if group.level else ""}
    said |= {spec.options.get("outer_is", ""): above.label} if above.label else {}
    return replace(member, country=member.country or said.get("country", ""), kind=member.kind or said.get("kind", ""))
