"""What a reader takes and gives, and the rules that all of them share: patterns, marks and dates of printed members.

A reader takes the payload of an answer, its content type, the registry's page and the opening of its messages
("<network id> <url>"), and gives what the page shows and its members as printed, or raises SourceChanged.
Options are described in the registry's schema.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from citynet.errors import SourceChanged
from citynet.model import Page

MAX_ROWS = 100_000
MAX_TEXT = 300  # the longest entry seen, a Commission entry naming its directorates, has 68; a paragraph read as a name is a fault


@dataclass(frozen=True, slots=True)
class Member:
    """One member as printed, and where on the page ("li 7").

    joined_on: ISO date (YYYY, YYYY-MM or YYYY-MM-DD, as precise as printed) where the page prints one. on_hold, former: the
    page marks it so.
    """

    name: str
    country: str
    kind: str
    evidence: str
    joined_on: str = ""
    on_hold: bool = False
    former: bool = False


@dataclass(frozen=True, slots=True)
class Printed:
    """One answer as read. shown: its visible text, in which marks and totals are looked for; members: in its order."""

    shown: str
    members: list[Member]


Reader = Callable[[bytes, str, Page, str], Printed]
"""(body, content_type, spec, where) -> Printed."""


def member_of_text(text: str, spec: Page, at: str, where: str) -> Member:
    """The member that one printed text holds: marks taken off, then its parts by the option `pattern`."""
    text, on_hold, former = without_marks(text, spec.options)
    pattern = spec.options.get("pattern", "Name")
    found = _expression(pattern).fullmatch(text)
    if not found:
        raise SourceChanged(f"{where}: {at}: expected {pattern!r}, got {text[:80]!r}")
    parts = {word: printed.strip() for word, printed in found.groupdict(default="").items()}
    return Member(
        name=parts["Name"],
        country=parts.get("Country", ""),
        kind=parts.get("Kind", ""),
        evidence=at,
        joined_on=iso_date(parts.get("Joined", ""), spec, f"{where}: {at}"),
        on_hold=on_hold,
        former=former,
    )


@lru_cache(maxsize=256)
def _expression(pattern: str) -> re.Pattern[str]:
    """The regular expression of a pattern such as "Name (Country)": the name takes all it can, the others as little as they can."""
    expression = re.escape(pattern)
    for word, greed in (("Name", ""), ("Country", "?"), ("Kind", "?"), ("Joined", "?")):
        expression = re.sub(rf"\b{word}\b", f"(?P<{word}>.+{greed})", expression, count=1)
    return re.compile(expression)


def without_marks(text: str, options: Mapping[str, str]) -> tuple[str, bool, bool]:
    """(text without the marks printed with it, whether it is marked on hold, whether it is marked former)."""
    seen = []
    for option in ("on_hold_mark", "former_mark"):
        mark = options.get(option, "")
        seen.append(bool(mark) and mark in text)
        text = " ".join(text.replace(mark, " ").split()) if mark else text
    return text, seen[0], seen[1]


def is_member(value: str, spec: Page, where: str) -> bool:
    """Whether the value of where_column makes a member; SourceChanged for one outside where_values."""
    allowed = spec.options.get("where_values")
    if allowed is not None and value not in allowed.split("|"):
        raise SourceChanged(f"{where}: expected one of {allowed}, got {value[:40]!r}")
    return value == spec.options["where_equals"]


def iso_date(printed: str, spec: Page, where: str) -> str:
    """A date printed in the form joined_on_format as YYYY-MM-DD, or as YYYY-MM or YYYY where it prints no more; "" stays ""."""
    if not printed:
        return ""
    form = spec.options.get("joined_on_format", "%Y-%m-%d")
    text = _english_months(printed, spec.options["joined_on_language"]) if "joined_on_language" in spec.options else printed
    try:
        date = datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007 (a date, no instant)
    except ValueError as problem:
        raise SourceChanged(f"{where}: expected a date as {form}, got {printed[:40]!r}") from problem
    if re.search("%[djxDcF]", form):
        return date
    return date[:7] if re.search("%[mbB]", form) else date[:4]


def _english_months(printed: str, language: str) -> str:
    """The date with its month named in English, the language that strptime reads whatever the machine's own."""
    from babel.dates import get_month_names

    for context in ("format", "stand-alone"):
        for width, english in (("wide", "%B"), ("abbreviated", "%b")):
            names = get_month_names(width, context, locale=language)  # type: ignore[arg-type]
            for number, name in names.items():
                found = re.search(rf"(?<!\w){re.escape(name.rstrip('.'))}\b\.?", printed, re.IGNORECASE)
                if found:
                    return printed[: found.start()] + datetime(2000, number, 1).strftime(english) + printed[found.end() :]  # noqa: DTZ001
    return printed
