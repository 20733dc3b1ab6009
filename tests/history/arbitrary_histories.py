"""Small histories of every sort: lists in disorder, rough dates, late knowledge, statements, mergers, splits and closings; mergers that
nobody recorded too."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from citynet.history.spells import fold
from citynet.history.unrecorded import UnrecordedMerger
from citynet.model import History, Judgement, Network, ResolvedListing
from history.listing_maker import Printed, listing, network, said, unresolved

PLACES = st.sampled_from("abcd")
ROWS = st.one_of(
    PLACES,
    st.builds(
        Printed,
        PLACES,
        name=st.sampled_from(["", "Alt", "Neu"]),
        tie=st.sampled_from(["full", "associate", "former", "unknown", "board_seat"]),
        joined_on=st.sampled_from(["", "2019", "2020-03", "2020-07-04"]),
        on_hold=st.booleans(),
    ),
    st.sampled_from([unresolved("Odd", "DE"), unresolved("A or B", "DE", "a", "b"), unresolved("Q")]),
)
LATE = st.sampled_from([0, 0, 0, 30, 400])
"""Days from a capture to the day on which it became known."""
TURNS = st.sampled_from([(), (), (), (20,), (200,), (0, 30), (10, 30, 300)])
"""Days until a list is believed, then not any more, and so on; none: it is from the day on which it is known."""
DAYS = st.integers(0, 700).map(lambda days: (date(2019, 9, 1) + timedelta(days)).isoformat())


def municipal(
    place: str, change: str, successor: str = "", on: str = "2020-06-01", former_name: str = "", decided_on: str = ""
) -> Judgement:
    values = {"place_id": place, "change": change, "successor_id": successor, "former_name": former_name, "date": on}
    return Judgement("municipal_changes.csv:2", {**values, "decided_on": decided_on})


MUNICIPAL = st.sampled_from(
    [
        (),
        (),
        (municipal("a", "merged_into", "b"), municipal("c", "renamed", former_name="Alt")),
        (municipal("a", "merged_into", "b", "2020"), municipal("b", "merged_into", "c", "2021-01-01")),
        (municipal("d", "split_into", "a"), municipal("d", "split_into", "c"), municipal("c", "merged_into", "z", "2020-03")),
    ]
)


def recorded(changes: tuple[Judgement, ...], days: list[str]) -> tuple[Judgement, ...]:
    """The changes, each recorded on one of the days."""
    return tuple(replace(one, values={**one.values, "decided_on": day}) for one, day in zip(changes, days, strict=False))


RECORDED = st.one_of(MUNICIPAL, st.builds(recorded, MUNICIPAL, st.lists(DAYS, min_size=3, max_size=3)))
"""Known from the beginning, or each from a day of its own on."""
UNRECORDED = st.sampled_from(
    [
        (),
        (UnrecordedMerger("a", "b"),),
        (UnrecordedMerger("b", "c", "2020"), UnrecordedMerger("c", "d")),
        (UnrecordedMerger("c", "a", "2021"), UnrecordedMerger("d", "a"), UnrecordedMerger("a", "c")),
    ]
)
"""Some contradict the recorded changes or each other, as two files of different days may."""
PRECISION = st.sampled_from([10, 10, 7, 4])
"""Characters of a printed date: a day, a month or a year, which may last longer than the day on which somebody states it."""
STATEMENTS = st.lists(
    st.builds(
        lambda place, verdict, days, precision: said(place, verdict, min(days)[:precision], max(days)),
        PLACES,
        st.sampled_from(["left", "joined", "on_hold", "resumed", "not_left"]),
        st.tuples(DAYS, DAYS),
        PRECISION,
    ),
    max_size=3,
)
NETWORKS = st.builds(
    network, st.sampled_from(["active", "active", "closed"]), st.sampled_from(["", "2020-06", "2021"]), st.integers(1, 3), st.just(42)
)


def _page(
    day: str, rows: list[Printed | str], coverage: str, origin: str, rough: bool, late: int, turns: tuple[int, ...]
) -> ResolvedListing:
    made = listing(day, rows, coverage, origin)
    at = made.listing.captured_at
    known_at, dated_from = at + timedelta(late), f"{at - timedelta(20):%Y-%m-%d}" if rough else ""
    believed = tuple(f"{known_at + timedelta(sum(turns[: n + 1])):%Y-%m-%d}" for n in range(len(turns)))
    return replace(made, listing=replace(made.listing, known_at=known_at, dated_from=dated_from), believed=believed)


def lists(
    late: st.SearchStrategy[int] = LATE, turns: st.SearchStrategy[tuple[int, ...]] = TURNS
) -> st.SearchStrategy[list[ResolvedListing]]:
    """Up to eight lists on any days, in any order."""
    coverage, origin = st.sampled_from(["complete", "complete", "partial"]), st.sampled_from(["live", "live", "archived", "reconstructed"])
    one = st.builds(_page, DAYS, st.lists(ROWS, max_size=5), coverage, origin, st.booleans(), late, turns)
    return st.lists(one, max_size=8, unique_by=lambda page: page.listing.capture_id)


@dataclass(frozen=True)
class Told:
    """Everything that a history is made of."""

    network: Network
    pages: list[ResolvedListing]
    statements: list[Judgement]
    municipal_changes: tuple[Judgement, ...]
    unrecorded: tuple[UnrecordedMerger, ...] = ()

    def history(self, as_of: str = "") -> History:
        return fold(
            self.network,
            self.pages,
            self.statements,
            as_of=as_of,
            municipal_changes=self.municipal_changes,
            unrecorded=self.unrecorded,
        )


def anything(
    late: st.SearchStrategy[int] = LATE,
    turns: st.SearchStrategy[tuple[int, ...]] = TURNS,
    changes: st.SearchStrategy[tuple[Judgement, ...]] = RECORDED,
) -> st.SearchStrategy[Told]:
    return st.builds(Told, NETWORKS, lists(late, turns), STATEMENTS, changes, UNRECORDED)


def on_time() -> st.SearchStrategy[Told]:
    """Nothing becomes known late, and every list is believed."""
    return anything(st.just(0), st.just(()), MUNICIPAL)
