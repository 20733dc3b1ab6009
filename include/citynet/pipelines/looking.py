"""A look at a page that nobody has verified: what it says, what is read from it, what the names mean; in words for a person."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from citynet.history.differing import Difference
from citynet.http import Fetcher, Form
from citynet.http.capture import make_capture
from citynet.model import Fetched, Listing, Network, Page, ResolvedListing
from citynet.pipelines.auto import known
from citynet.pipelines.fetching import crawl
from citynet.pipelines.gates import require_reached
from citynet.pipelines.names import Names
from citynet.pipelines.second_opinion import Proposal, compared
from citynet.reading.auto import AutoRead, read_auto
from citynet.reading.listing import read_listing
from citynet.reading.surroundings import Surroundings, surroundings
from citynet.reading.suspect import injected_spam
from citynet.reading.way_on import Follow, ways_on

Printed = tuple[str, str, str]
"""A member as printed: name, country, kind."""

VERDICTS = {"resolved": "matched", "review": "for a person", "unknown": "unknown", "not_a_city": "no city"}
SHOWN = 20
"""So many names of a kind are told."""
SHARE, TIMES = 0.85, 2
"""Bounds that are proposed: at least this share of the members that were read, at most so many times as many."""


@dataclass(frozen=True, slots=True)
class Look:
    """What one answer shows. auto: its members without rules, or why there are none; spam: "" for none; ways_on: the surest first."""

    url: str
    around: Surroundings
    auto: AutoRead
    spam: str
    ways_on: tuple[Follow, ...]


@dataclass(frozen=True, slots=True)
class Meanings:
    """What became of the printed names. verdicts: words of VERDICTS -> names; countries: code -> members, "" where none is known."""

    verdicts: Mapping[str, int]
    countries: Mapping[str, int]
    open_names: tuple[str, ...]


def look_at(answer: Fetched, names: Names) -> Look:
    """The look at an answer that was reached and is no wall."""
    spam = injected_spam(answer.body, answer.content_type, answer.final_url)
    return Look(
        url=answer.url,
        around=surroundings(answer),
        auto=read_auto(answer.body, answer.content_type, known(names.gazetteer)),
        spam=f"{spam.what}: {spam.seen}" if spam else "",
        ways_on=tuple(ways_on(answer)),
    )


def members_of(found: AutoRead) -> tuple[Printed, ...]:
    """The members that were read without rules, as printed."""
    return tuple((member.name, member.country, member.kind) for member in found.members)


def meanings(network: Network, members: Sequence[Printed], names: Names) -> Meanings:
    """What the printed names mean today."""
    found = [names.resolve(network, name, country) for name, country, _ in members]
    verdicts = Counter(resolution.verdict for resolution in found)
    countries = Counter(resolution.country for resolution in found)
    left = [name for (name, _, _), resolution in zip(members, found, strict=True) if resolution.verdict in ("review", "unknown")]
    told = {words: verdicts[verdict] for verdict, words in VERDICTS.items() if verdicts[verdict]}
    return Meanings(told, dict(sorted(countries.items(), key=lambda one: (-one[1], one[0]))), tuple(dict.fromkeys(left)))


def beside(network: Network, last: ResolvedListing, members: Sequence[Printed], names: Names) -> Difference:
    """The members beside the newest accepted listing, each body once."""
    return compared(network, last, Proposal("", "", "", {}, 0.0, "", tuple(members)), names)


def bounds(count: int) -> tuple[int, int]:
    """(least, most) members that a list with so many members today is expected to have."""
    return max(1, int(SHARE * count)), TIMES * max(1, count)


def look_lines(look: Look) -> list[str]:
    """What the page says, a line each, but for its members."""
    around = look.around
    lines = [f"terms to read: {', '.join(around.terms) or 'none is linked on the page'}"]
    totals = "; ".join(f"{total.count} (“{total.text}”)" for total in around.totals)
    lines.append(f"printed total: {totals or 'none was found'}")
    lines += [f"warning: {look.spam}"] if look.spam else []
    lines += [f"warning: the page has a control “{around.more}”: the list may go on behind it"] if around.more else []
    lines += [f"the site offers data, which may be the better page: {', '.join(around.offered)}"] if around.offered else []
    return lines


def auto_line(found: AutoRead) -> str:
    """How the page reads without rules."""
    if found.refused:
        return f"without rules: refused: {found.refused}"
    return f"without rules: {counted(len(found.members))}, confidence {found.confidence:.2f}"


def meaning_lines(found: Meanings, *, names_shown: bool = True) -> list[str]:
    """What the names mean, a line each; the open ones only where they may be shown."""
    verdicts = ", ".join(f"{count} {words}" for words, count in found.verdicts.items())
    countries = ", ".join(f"{code or 'not known'} {count}" for code, count in found.countries.items())
    left = [f"open names: {listed(found.open_names)}"] if found.open_names and names_shown else []
    return [f"names: {verdicts or 'none'}", f"countries: {countries or 'none'}", *left]


def beside_lines(found: Difference, on: str, *, names_shown: bool) -> list[str]:
    """The members beside the accepted list of a date (ISO); the names only where the network's terms let us print them."""
    lines = [f"beside the accepted list of {on}: {found.same} the same, {len(found.gone)} gone, {len(found.come)} new"]
    kinds = (("gone", found.gone), ("new", found.come))
    return lines + [f"{word}: {listed(printed)}" for word, printed in kinds if printed and names_shown]


def counted(count: int) -> str:
    """ "1 member", "12 members"."""
    return f"{count} member{'' if count == 1 else 's'}"


def listed(names: Sequence[str]) -> str:
    """The first names, and how many more there are."""
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def rules_said(reader: str, select: str, options: Mapping[str, object], follow: Mapping[str, object]) -> str:
    """Fields of a page in one line."""
    parts = [f"reader: {reader}", f"select: {select}" if select else ""]
    for name, values in (("options", options), ("follow", follow)):
        parts.append(f"{name}: {{{', '.join(f'{key}: {value}' for key, value in values.items())}}}" if values else "")
    return ", ".join(part for part in parts if part)


def read_whole(
    network: Network, page: Page, way: Fetcher, at: datetime, names: Names, before: Mapping[str, Fetched] | None = None
) -> tuple[Listing, dict[str, Fetched]]:
    """What the rules of one page read today over all its parts, and the answers by their address; nothing is kept.

    before: answers had already, asked for with their conditions. SourceError where a part does not come, is a wall, or is not as
    the rules say.
    """
    answers, posted = crawl(network.id, [page], way, at, before)
    require_reached(network, answers)
    return read_answers(network, page, answers, at, names, way.origin, posted), answers


def read_answers(
    network: Network,
    page: Page,
    answers: Mapping[str, Fetched],
    at: datetime,
    names: Names,
    origin: str = "live",
    posted: Mapping[str, Form] | None = None,
) -> Listing:
    """What the rules of one page read off these answers."""
    capture, _ = make_capture(network.id, list(answers.values()), captured_at=at, known_at=at, origin=origin, posted=posted)
    alone = replace(network, pages=(replace(page, since="", until=""),))
    return read_listing(alone, capture, answers, known(names.gazetteer))
