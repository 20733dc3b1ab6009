"""Small histories of every sort: lists in disorder, rough dates, late knowledge, statements, mergers, splits and closings."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from hypothesis import strategies as st

from citynet.history.spells import fold
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
DAYS = st.integers(0, 700).map(lambda days: (date(2019, 9, 1) + timedelta(days)).isoformat())


def municipal(place: str, change: str, successor: str = "", on: str = "2020-06-01", former_name: str = "") -> Judgement:
    values = {"place_id": place, "change": change, "successor_id": successor, "former_name": former_name, "date": on}
    return Judgement("municipal_changes.csv:2", values)


MUNICIPAL = st.sampled_from(
    [
        (),
        (),
        (municipal("a", "merged_into", "b"), municipal("c", "renamed", former_name="Alt")),
        (municipal("a", "merged_into", "b", "2020"), municipal("b", "merged_into", "c", "2021-01-01")),
        (municipal("d", "split_into", "a"), municipal("d", "split_into", "c"), municipal("c", "merged_into", "z", "2020-03")),
    ]
)
STATEMENTS = st.lists(
    st.builds(
        lambda place, verdict, days: said(place, verdict, min(days), max(days)),
        PLACES,
        st.sampled_from(["left", "joined", "on_hold", "resumed", "not_left"]),
        st.tuples(DAYS, DAYS),
    ),
    max_size=2,
)
NETWORKS = st.builds(
    network, st.sampled_from(["active", "active", "closed"]), st.sampled_from(["", "2020-06", "2021"]), st.integers(1, 3), st.just(42)
)


def _page(day: str, rows: list[Printed | str], coverage: str, origin: str, rough: bool, late: int) -> ResolvedListing:
    made = listing(day, rows, coverage, origin)
    at = made.listing.captured_at
    dated_from = f"{at - timedelta(20):%Y-%m-%d}" if rough else ""
    return replace(made, listing=replace(made.listing, known_at=at + timedelta(late), dated_from=dated_from))


def lists(late: st.SearchStrategy[int] = LATE) -> st.SearchStrategy[list[ResolvedListing]]:
    """Up to eight lists on any days, in any order."""
    coverage, origin = st.sampled_from(["complete", "complete", "partial"]), st.sampled_from(["live", "live", "archived", "reconstructed"])
    one = st.builds(_page, DAYS, st.lists(ROWS, max_size=5), coverage, origin, st.booleans(), late)
    return st.lists(one, max_size=8, unique_by=lambda page: page.listing.capture_id)


@dataclass(frozen=True)
class Told:
    """Everything that a history is made of."""

    network: Network
    pages: list[ResolvedListing]
    statements: list[Judgement]
    municipal_changes: tuple[Judgement, ...]

    def history(self, as_of: str = "") -> History:
        return fold(self.network, self.pages, self.statements, as_of=as_of, municipal_changes=self.municipal_changes)


def anything(late: st.SearchStrategy[int] = LATE) -> st.SearchStrategy[Told]:
    return st.builds(Told, NETWORKS, lists(late), STATEMENTS, MUNICIPAL)
