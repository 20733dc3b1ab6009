"""What the fold does not decide by itself and leaves to a person: whose departure an open name holds up, and whose a person's word."""

from dataclasses import dataclass

from citynet.history.differing import plain
from citynet.history.folding import State
from citynet.history.periods import days_between
from citynet.history.sightings import Name, snapshot
from citynet.history.statements import Statement
from citynet.history.stays import Track
from citynet.model import ListingRow, ResolvedListing

_WORDS = ("joined", "not_left")


@dataclass(frozen=True, slots=True)
class WordInDoubt:
    """A word that the body is a member, after which so many complete lists over so many days lack it that only the word keeps it from
    having left. since: day of the first of these lists."""

    said: Statement
    tie: str
    since: str


@dataclass(frozen=True, slots=True)
class Respelled:
    """A member that complete lists lack, each beside another open name that may be it, as many of them as make a departure.

    since: day of the first of these lists; country, companions: by which an open name may be it.
    """

    place_id: str
    tie: str
    since: str
    country: str
    companions: frozenset[Name]


def held_up(state: State) -> dict[Name, tuple[str, ...]]:
    """Open name of the newest complete list -> the bodies missing from that list that it may be, sorted: while it is open, no absence of
    theirs is counted."""
    found: dict[Name, set[str]] = {}
    for track in _standing(state):
        if track.stay is not None and track.stay.missing and track.stay.tie != "former":
            for name in state.earlier[0].unresolved - track.companions if state.earlier else ():
                if name.may_be(track.place_id, track.country):
                    found.setdefault(name, set()).add(track.place_id)
    return {name: tuple(sorted(places)) for name, places in found.items()}


def words_in_doubt(state: State) -> tuple[WordInDoubt, ...]:
    """The bodies that would have left, had nobody said that they are members, by body."""
    departure, found = state.plan.departure, []
    for track in _standing(state):
        stay, said = track.stay, _word(state, track)
        if stay is None or said is None or not stay.on_word or stay.absences < max(1, departure.not_seen):
            continue
        if days_between(stay.first_absent, stay.absent_on) >= departure.days:
            found.append(WordInDoubt(said, stay.tie, stay.first_absent))
    return tuple(sorted(found, key=lambda doubt: doubt.said.place_id))


def respelled(state: State) -> tuple[Respelled, ...]:
    """The members whose departure is suspected though no absence of theirs was counted, since each list prints another open name."""
    doubted = ((track, track.stay) for track in _standing(state) if track.stay is not None and track.stay.doubted)
    found = [Respelled(t.place_id, stay.tie, stay.respelled_from, t.country, t.companions) for t, stay in doubted]
    return tuple(sorted(found, key=lambda one: (one.place_id, one.tie)))


def may_be_it(held: Respelled, page: ResolvedListing) -> tuple[ListingRow, ...]:
    """The rows of a list that may be the missing member."""
    names = {name.name for name in snapshot(page).unresolved - held.companions if name.may_be(held.place_id, held.country)}
    rows = zip(page.listing.rows, page.resolutions, strict=True)
    return tuple(row for row, found in rows if not found.place_id and plain(row.name_as_published) in names)


def _standing(state: State) -> list[Track]:
    return list({**state.tracks, **state.told}.values())


def _word(state: State, track: Track) -> Statement | None:
    """The newest word by which the body is a member."""
    met = state.plan.said.get(track.place_id, ())[: track.said]
    return next((said for said in reversed(met) if said.verdict in _WORDS), None)
