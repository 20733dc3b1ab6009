"""Table legitimacy_evidence: what is known of a network, what was not found, and what nobody looked for."""

from collections import Counter
from collections.abc import Sequence
from itertools import combinations_with_replacement

from hypothesis import given
from hypothesis import strategies as st

from analysis.list_maker import members
from citynet.analysis.legitimacy import VALUES, Fact, PlaceClasses, Stated, legitimacy_evidence
from citynet.analysis.lists import MemberList
from citynet.model import Row
from citynet.publishing.phrases import forbidden_in

AS_OF = "2022-09-27"
PLACES = PlaceClasses(
    size_classes={"ghent": "250-500k", "riga": "0.5-1M", "gent-district": None},
    order=("<5k", "250-500k", "0.5-1M"),
    municipality_of={"gent-district": "ghent"},
    countries={"ghent": "BE", "gent-district": "BE", "riga": "LV"},
)
FACTS = {"fee": Fact("no", "none", "https://net.example/fee", "2020"), "statutes": Fact("not_found", None, None, None)}
LIST = members("net", ["ghent", "riga", "nowhere"], unresolved=1, countries={"ghent": "BE", "riga": "LV"})
ACCESS: Row = {
    "network_id": "net",
    "dimension": "all",
    "class": "all",
    **{"municipalities_may_join_percent": None, "municipalities_may_join_percent_low": 1.5, "municipalities_may_join_percent_high": 2.5},
    **{"residents_may_join_percent": 40.0, "residents_may_join_percent_low": 40.0, "residents_may_join_percent_high": 40.0},
    **{"rule": "250,000 residents or more", "not_computed_because": None, "universe": "municipalities of AT"},
}


def seat(place_id: str | None, seats: int, **more: object) -> Row:
    row: Row = {"network_id": "net", "body": "board", "place_id": place_id, "seats": seats, "governs": True, "basis": "list"}
    return {**row, "on_newest_list": True, "seen_to": "2022-01-01", "source": "https://net.example/board", **more}


def evidence(lists: MemberList | None = None, bodies: Sequence[Row] = (), access: Sequence[Row] = ()) -> dict[str, Row]:
    rows = legitimacy_evidence(Stated("net", FACTS), lists, bodies, access, PLACES, AS_OF)
    assert len({(row["dimension"], row["item"]) for row in rows}) == len(rows)
    return {str(row["item"]): row for row in rows}


def test_every_row_says_what_is_known_or_whether_anybody_looked() -> None:
    rows = evidence(LIST, [seat(None, 2), seat("ghent", 1)], [ACCESS])
    for row in rows.values():
        assert row["value"] in VALUES
        assert (row["figure"] is not None) == (row["value"] == "figure")
        assert forbidden_in(" ".join(str(row[column]) for column in ("item", "universe", "note"))) == []
    assert (rows["fee"]["value"], rows["fee"]["source"], rows["fee"]["source_date"]) == ("no", "https://net.example/fee", "2020")
    assert (rows["statutes"]["value"], rows["voting_rule"]["value"]) == ("not_found", "not_looked_for")


def test_there_is_no_score_and_the_levels_of_output_are_never_added_up() -> None:
    rows = evidence(LIST)
    output = [row for row in rows.values() if row["dimension"] == "output"]
    assert {row["item"]: row["value"] for row in output} == dict.fromkeys(
        ("activity", "commitments_met", "uptake", "effect"), "not_looked_for"
    )
    assert rows["effect"]["note"] == "not observed by this monitor"
    assert not [item for item in rows if any(word in item for word in ("score", "total", "overall", "index"))]


def test_members_are_told_by_size_class_and_country_with_those_of_no_known_class_beside() -> None:
    rows = evidence(LIST)
    large = rows["share_of_members:size_class:250-500k"]
    assert (large["figure"], large["note"]) == (50, "1 of 2; 2 more have no known class")
    assert large["universe"] == "the 2 with a known class of the municipalities on the complete list of 2021-09-16"
    assert rows["share_of_members:country:LV"]["figure"] == 50
    assert "share_of_members:size_class:<5k" not in rows


CLASSES = st.lists(st.sampled_from(("<5k", "250-500k", "0.5-1M", None)), max_size=7)
"""The size class of each member, or of each seat's city; None where it is not known."""


def shares_of(members_of: Sequence[str | None], seats_of: Sequence[str | None], unresolved: int, empty: int) -> dict[str, Row]:
    """Members and seats of these classes; besides names without a place, and seats of which nobody knows who holds them."""
    cities = {f"{of}{n}": name for of, names in (("m", members_of), ("s", seats_of)) for n, name in enumerate(names)}
    places = PlaceClasses(cities, PLACES.order, {}, {})
    listed = members("net", [city for city in cities if city[0] == "m"], unresolved=unresolved)
    board = [seat(None, len(seats_of) + empty), *(seat(city, 1) for city in cities if city[0] == "s")]
    return {str(row["item"]): row for row in legitimacy_evidence(Stated("net"), listed, board, [], places, AS_OF)}


@given(CLASSES, CLASSES, st.integers(0, 2), st.integers(0, 2))
def test_bounds_of_shares_are_those_of_every_placing_of_the_missing(
    members_of: list[str | None], seats_of: list[str | None], unresolved: int, empty: int
) -> None:
    """A missing one may be of any class, of one that nobody else is of, or no member of any class at all."""
    rows = shares_of(members_of, seats_of, unresolved, empty)
    told = {name for name in (*members_of, *seats_of) if name}
    for item, of, more in (("share_of_members", members_of, unresolved), ("share_of_seats:board", seats_of, empty)):
        known, missing = Counter(name for name in of if name), of.count(None) + more
        if not known:
            assert not [name for name in rows if name.startswith(f"{item}:size_class:")]
            continue
        for name in told:
            shares = [
                100 * counts[name] / (counts.total() - counts["none"])
                for placed in combinations_with_replacement((*PLACES.order, "another", "none"), missing)
                for counts in [known + Counter(placed)]
            ]
            row = rows[f"{item}:size_class:{name}"]
            assert (row["figure"], row["figure_low"], row["figure_high"]) == (
                100 * known[name] / known.total(),
                min(shares),
                max(shares),
            )


def test_a_class_of_members_without_a_seat_has_0_percent_of_the_seats_and_the_other_way_round() -> None:
    rows = shares_of(["<5k", "250-500k"], ["0.5-1M", "250-500k"], unresolved=0, empty=0)
    none = rows["share_of_seats:board:size_class:<5k"]
    assert (none["value"], none["figure"], none["figure_high"], none["note"]) == ("figure", 0, 0, "0 of 2")
    assert str(none["universe"]).startswith("the 2 seats of the board")  # all of them have a known class
    assert rows["share_of_members:size_class:0.5-1M"]["figure"] == 0
    open_seat = shares_of(["<5k"], ["0.5-1M"], unresolved=0, empty=1)["share_of_seats:board:size_class:<5k"]
    assert (open_seat["figure"], open_seat["figure_low"], open_seat["figure_high"]) == (0, 0, 50)
    assert open_seat["note"] == "0 of 1; 1 more have no known class"


def test_a_partial_list_or_none_gives_no_share_of_members() -> None:
    partial = evidence(members("net", ["ghent"], complete=False))["share_of_members"]
    assert (partial["value"], partial["note"]) == ("not_found", "net: list of 2021-09-16 is partial")
    assert evidence()["share_of_members"]["note"] == "no list"


def test_seats_of_the_newest_list_stand_beside_members() -> None:
    bodies = [
        seat(None, 4),
        seat("gent-district", 2),
        seat("riga", 1),
        seat("oslo", 1, on_newest_list=False),
        seat(None, 9, body="secretariat", governs=False),
    ]
    rows = evidence(LIST, bodies)
    ghent = rows["share_of_seats:board:size_class:250-500k"]
    assert (ghent["figure"], ghent["note"]) == (100 * 2 / 3, "2 of 3; 1 more have no known class")
    seats = "the 4 seats of the board that a list of 2022-01-01 names; whether these are all is not known"
    assert ghent["universe"] == f"the 3 with a known class of {seats}"
    assert (ghent["source"], ghent["source_date"]) == ("https://net.example/board", "2022-01-01")
    assert rows["share_of_seats:board:country:LV"]["figure"] == 100 / 3
    assert (rows["governing_bodies"]["value"], rows["governing_bodies"]["note"]) == ("yes", "board")
    assert not [item for item in rows if "NO" in item or "secretariat" in item]


def test_seats_that_a_network_file_tells_are_held_against_the_number_of_seats_that_it_tells() -> None:
    told = {"basis": "network_file", "seen_to": "2020-11-05"}
    rows = evidence(bodies=[seat(None, 12, **told), seat("riga", 1, **told)])
    riga = rows["share_of_seats:board:country:LV"]
    assert (riga["figure"], riga["note"]) == (100, "1 of 1; 11 more have no known class")
    assert riga["universe"] == "the 1 with a known class of the 12 seats of the board, as told of 2020-11-05"


def test_a_body_of_which_no_seats_are_told_is_known_and_its_seats_are_not() -> None:
    rows = evidence(bodies=[seat(None, 12, basis="network_file", on_newest_list=False)])
    assert (rows["governing_bodies"]["value"], rows["share_of_seats"]["value"]) == ("yes", "not_found")
    nothing = evidence()
    assert (nothing["governing_bodies"]["value"], nothing["share_of_seats"]["value"]) == ("not_looked_for", "not_looked_for")


def test_seats_of_places_without_a_class_give_no_share() -> None:
    rows = evidence(bodies=[seat(None, 1), seat("oslo", 1)])
    assert (rows["share_of_seats:board:size_class"]["value"], rows["share_of_seats:board:size_class"]["note"]) == (
        "not_found",
        "1 have no known class",
    )


def test_access_is_a_figure_or_its_bounds_with_the_rule() -> None:
    rows = evidence(access=[ACCESS, {**ACCESS, "dimension": "country"}])
    residents, municipalities = rows["residents_that_may_join_percent"], rows["municipalities_that_may_join_percent"]
    assert (residents["figure"], residents["universe"], residents["note"]) == (40, "municipalities of AT", "250,000 residents or more")
    assert (residents["figure_low"], residents["figure_high"], municipalities["figure_high"]) == (40, 40, 2.5)
    assert (municipalities["value"], municipalities["figure"]) == ("not_found", None)
    assert municipalities["note"] == "between 1.5 and 2.5 %; 250,000 residents or more"
