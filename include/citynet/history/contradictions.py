"""What lists print that cannot be true beside what was seen, or what a person said: questions to a person, which change no history.

A printed date of joining on a day after the body was seen on a list, two dates that exclude each other, and a body that is said to have
left and goes on standing on the lists.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from citynet.history.periods import days_between, meet, period
from citynet.history.sightings import FOREVER, in_order, might_be, role_of, snapshot
from citynet.history.statements import Statement
from citynet.model import MEMBER_TIES, Departure, ListingRow, Resolution, ResolvedListing, Spell


@dataclass(frozen=True, slots=True)
class Sight:
    """A row that shows the body: day (ISO) and capture of the list, number of the row, what it prints as date of joining."""

    day: str
    capture_id: str
    row: int
    joined_on: str
    complete: bool


@dataclass(frozen=True, slots=True)
class DateInDoubt:
    """A printed date of joining that excludes what other lists of the same stay say.

    begins: its first day; after: the end of the stay before this one, "" for none; first, newest: the rows that print it; seen: the row of
    a complete list before that day that shows the body, None where there is none; other: a row of an earlier list that prints a date
    which excludes it, None where there is none. ended: the first list that shows the body without the date, "" while it is printed.
    """

    place_id: str
    tie: str
    printed: str
    begins: str
    after: str
    first: Sight
    newest: Sight
    seen: Sight | None
    other: Sight | None
    ended: str


@dataclass(frozen=True, slots=True)
class DepartureInDoubt:
    """A body that a person says has left while complete lists of later days go on printing it.

    lists: their captures in order, from the first one after the day on which it is said to have left; first, newest: its rows on the
    first and the newest of them; opened: the day by which they are as many, over as many days, as make a departure, and it was said.
    ended: the first complete list without it, "" while it stands there.
    """

    said: Statement
    lists: tuple[str, ...]
    first: Sight
    newest: Sight
    opened: str
    ended: str


def dates_in_doubt(spells: Sequence[Spell], accepted: Sequence[ResolvedListing]) -> tuple[DateInDoubt, ...]:
    """The printed dates of joining that cannot be true beside what the lists of the same stay show, by body and day of the first print.

    The fold takes none of them that contradicts what it knew before: whichever came first stands until a person decides.
    """
    pages = in_order(accepted)
    found = _sights(pages, _suspects(pages))
    stays = defaultdict[tuple[str, str], list[Spell]](list)
    for spell in spells:
        if (spell.place_id, role_of(spell.tie)) in found and spell.tie != "former":
            stays[spell.place_id, role_of(spell.tie)].append(spell)
    doubts: list[DateInDoubt] = []
    for key, mine in sorted(stays.items()):
        begins = ""
        for spell in sorted(mine, key=lambda spell: (spell.from_latest, spell.to_earliest or FOREVER)):
            shown = [sight for sight in found[key] if spell.from_latest <= sight.day <= spell.last_confirmed_on]
            doubts += _of_stay(spell, shown, begins)
            begins = max(begins, spell.to_earliest)
    return tuple(doubts)


def departures_in_doubt(
    statements: Sequence[Statement], accepted: Sequence[ResolvedListing], departure: Departure
) -> tuple[DepartureInDoubt, ...]:
    """The recorded departures that the lists after them do not bear out: as many complete lists over as many days print the body as
    would make a departure without it, none of them lacks it in between, and nobody says that it joined again (`not_left` does not undo
    `left`).

    A line decided after such a case opened answers it, and makes none of its own for the same lists.
    """
    pages = [page for page in in_order(accepted) if page.listing.coverage == "complete"]
    doubts: list[DepartureInDoubt] = []
    for said in sorted((s for s in statements if s.verdict == "left"), key=lambda s: (s.place_id, s.known_at, s.order)):
        of_body = [doubt for doubt in doubts if doubt.said.place_id == said.place_id]
        if any(said.known_at[:10] >= doubt.opened and (not doubt.ended or said.earliest <= doubt.ended) for doubt in of_body):
            continue
        again = [s.latest for s in statements if s.place_id == said.place_id and s.verdict == "joined" and s.order > said.order]
        doubt = _against(said, pages, departure, min(again, default=FOREVER))
        doubts += [doubt] if doubt else []
    return tuple(doubts)


def _suspects(pages: Iterable[ResolvedListing]) -> frozenset[str]:
    """The bodies with several printed dates of joining, or with one after the day of a complete list that shows them; a first look at
    all rows, which keeps the closer one to a few."""
    printed, shown = defaultdict[str, set[str]](set), dict[str, str]()
    for page in pages:
        day, complete = _day(page), page.listing.coverage == "complete"
        for row, found in zip(page.listing.rows, page.resolutions, strict=True):
            if found.place_id and complete:
                shown.setdefault(found.place_id, day)
            if found.place_id and row.joined_on:
                printed[found.place_id].add(row.joined_on)
    late = {p for p, texts in printed.items() if any((days := period(t)) and days[0] > shown.get(p, FOREVER) for t in texts)}
    return frozenset(late | {place_id for place_id, texts in printed.items() if len(texts) > 1})


def _sights(pages: Iterable[ResolvedListing], places: AbstractSet[str]) -> dict[tuple[str, str], list[Sight]]:
    found = defaultdict[tuple[str, str], list[Sight]](list)
    for page in pages if places else ():
        for row, resolution in zip(page.listing.rows, page.resolutions, strict=True):
            if resolution.place_id in places and row.tie != "former":
                found[resolution.place_id, role_of(row.tie)].append(_sight(page, row))
    return dict(found)


def _of_stay(spell: Spell, shown: Sequence[Sight], begins: str) -> list[DateInDoubt]:
    """begins: the first day on which the stay can have begun; dates up to it are of an earlier one, and go on being printed."""
    seen = next((sight for sight in shown if sight.complete), None)
    prints: dict[str, list[Sight]] = {}
    for sight in shown:
        days = period(sight.joined_on) if sight.joined_on else None
        if days is not None and days[1] > begins:
            prints.setdefault(sight.joined_on, []).append(sight)
    doubts, sound = [], dict[str, Sight]()
    for printed, rows in prints.items():
        first_day, last_day = period(printed) or ("", "")
        late = seen is not None and first_day > seen.day
        other = next((s for text, s in sound.items() if not meet((first_day, last_day), period(text) or ("", FOREVER))), None)
        if not late:
            sound[printed] = rows[0]
        if late or other is not None:
            ended = _ended(printed, rows[-1], shown)
            at = seen if late else None
            doubts.append(DateInDoubt(spell.place_id, spell.tie, printed, first_day, begins, rows[0], rows[-1], at, other, ended))
    return doubts


def _ended(printed: str, newest: Sight, shown: Sequence[Sight]) -> str:
    """The first list after the newest print that tells: a complete one, or one that prints another date; excerpts may print none."""
    after = (s for s in shown if (s.day, s.capture_id) > (newest.day, newest.capture_id))
    return next((s.day for s in after if s.complete or s.joined_on not in ("", printed)), "")


def _against(said: Statement, pages: Sequence[ResolvedListing], departure: Departure, until: str) -> DepartureInDoubt | None:
    run, opened, ended, lacks = list[Sight](), "", "", ""
    for page in pages:
        if (page.listing.dated_from or _day(page)) <= said.latest or _day(page) >= until:
            continue
        rows = {found.place_id: _sight(page, row) for row, found in _rows(page) if row.tie in (*MEMBER_TIES, "unknown")}
        lacks = "" if said.place_id in rows else _day(page)
        if lacks and not _may_be_open(page, said.place_id, pages):
            ended = lacks
            break
        run += [rows[said.place_id]] if not lacks else []
        if run and not opened and _enough([sight.day for sight in run], departure):
            opened = max(run[-1].day, said.known_at[:10])
    if not opened:
        return None
    return DepartureInDoubt(said, tuple(sight.capture_id for sight in run), run[0], run[-1], opened, ended or lacks)


def _may_be_open(page: ResolvedListing, place_id: str, pages: Sequence[ResolvedListing]) -> bool:
    """Whether an open name on a list without the body may be it, whatever stood beside it before."""
    country = next((found.country for other in pages for _, found in _rows(other) if found.place_id == place_id), "")
    return might_be(snapshot(page).unresolved, frozenset(), place_id, country)


def enough_days(days: Sequence[str], departure: Departure) -> str:
    """The first of these days of lists (ISO, in order) by which they are as many, over as many days, as make a departure; "" for none."""
    looks = list(dict.fromkeys(days))
    return next((day for n, day in enumerate(looks, 1) if _enough(looks[:n], departure)), "")


def _enough(days: Sequence[str], departure: Departure) -> bool:
    return len(set(days)) >= max(1, departure.not_seen) and days_between(days[0], days[-1]) >= departure.days


def _rows(page: ResolvedListing) -> Iterable[tuple[ListingRow, Resolution]]:
    return zip(page.listing.rows, page.resolutions, strict=True)


def _sight(page: ResolvedListing, row: ListingRow) -> Sight:
    return Sight(_day(page), page.listing.capture_id, row.number, row.joined_on, page.listing.coverage == "complete")


def _day(page: ResolvedListing) -> str:
    return f"{page.listing.captured_at:%Y-%m-%d}"
