"""Several dated decisions on one capture: the latest by a day counts on it, and no later one changes what that day shows."""

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.history.believing import Beliefs, beliefs
from citynet.history.municipal import recorded_on
from citynet.history.sightings import known_on
from citynet.history.spells import fold
from citynet.model import History, Judgement, ResolvedListing
from citynet.places.judgements import in_force
from history.arbitrary_histories import DAYS, RECORDED, lists
from history.listing_maker import listing, network

NET = network()
VERDICTS = st.sampled_from(["accept", "reject"])
DECISIONS = st.lists(st.tuples(st.integers(0, 3), VERDICTS, DAYS), max_size=8, unique_by=lambda said: (said[0], said[2]))


def decision(page: ResolvedListing, verdict: str, date: str) -> Judgement:
    values = {"network_id": "net", "capture_id": page.listing.capture_id, "verdict": verdict, "reviewer": "list-reviewer"}
    return Judgement("captures.csv:2", {**values, "date": date, "reason": "asked the secretariat", "evidence_url": ""})


def history(found: Beliefs, as_of: str, changes: Sequence[Judgement] = ()) -> History:
    accepted = {one.capture_id for one in found.decisions if one.accepted}
    believed = [page for key, page in found.listings.items() if key in accepted or page.believed]
    return fold(NET, believed, (), as_of=as_of, municipal_changes=changes)


@given(lists(turns=st.just(())), DECISIONS, st.lists(DAYS, min_size=1, max_size=2))
@settings(max_examples=300)
def test_each_day_shows_what_was_computed_on_it_whatever_is_decided_later(
    pages: list[ResolvedListing], said: list[tuple[int, str, str]], days: list[str]
) -> None:
    decisions = [decision(pages[n], verdict, date) for n, verdict, date in said if n < len(pages)]
    with_all = beliefs(NET, pages, decisions)
    for day in days:
        made = [one for one in decisions if one.values["date"] <= day]
        on_it = beliefs(NET, [page for page in pages if known_on(page) <= day], made)
        assert history(with_all, day) == history(on_it, day)
        accepted = {one.capture_id: one.accepted for one in on_it.decisions}
        for (_, capture_id), line in in_force(decisions, day).items():
            assert accepted.get(capture_id, line.values["verdict"] == "accept") == (line.values["verdict"] == "accept")


@given(lists(turns=st.just(())), RECORDED, DAYS)
@settings(max_examples=150)
def test_a_merger_recorded_later_lets_no_list_in_on_an_earlier_day(
    pages: list[ResolvedListing], changes: Sequence[Judgement], day: str
) -> None:
    recorded = [line for line in changes if recorded_on(line) <= day]
    on_it = beliefs(NET, [page for page in pages if known_on(page) <= day], (), recorded)
    assert history(beliefs(NET, pages, (), changes), day, changes) == history(on_it, day, recorded)


def test_a_list_let_in_refused_and_let_in_again_is_believed_in_the_days_between() -> None:
    many = list("abcdefgh")
    pages = [listing("2020-01-01", many), listing("2020-02-01", [*many[:2], "z"])]
    turns = [("accept", "2020-03-02"), ("reject", "2020-04-06"), ("accept", "2020-05-04")]
    found = beliefs(NET, pages, [decision(pages[1], verdict, date) for verdict, date in turns])
    assert found.listings[pages[1].listing.capture_id].believed == tuple(date for _, date in turns)
    joined = {day: [c.place_id for c in history(found, day).changes] for day in ("2020-03-01", "2020-03-02", "2020-04-06", "2020-05-04")}
    assert joined == {"2020-03-01": [], "2020-03-02": ["z"], "2020-04-06": [], "2020-05-04": ["z"]}
