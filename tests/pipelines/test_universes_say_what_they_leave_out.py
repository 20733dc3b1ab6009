"""Tables universes and representation say what they leave out, on the bundled statistics and on replay folders of a test's own."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citynet.analysis.lists import MemberList
from citynet.model import Place, Row
from citynet.networks.registry import load_one
from citynet.pipelines.admission import admissions
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import PROJECT, Outside
from citynet.pipelines.place_tables import Described, describe
from citynet.pipelines.representation_tables import NO_UNITS, access_rows, representation_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import NO_LIST, universe_rows
from citynet.publishing.phrases import forbidden_in
from statistics_world import DAY_1, SAMPLES, answer, cube, everything, run, world

NETWORK = replace(load_one(str(PROJECT / "include/networks/shelter_city.yml")), id="net")
"""A network that any municipality may join."""
GHENT, LONDON = "gn2797656", "gn2643743"


DIMENSIONS = ("municipality_size_class", "degurba", "country", "region_of_europe", "eu_membership")


def represented(members: MemberList, described: Described, found: Statistics) -> list[Row]:
    admitted = admissions({("net", members.list_date)}, [NETWORK], found)
    rows = representation_rows([members], [NETWORK], described, found, admitted, "2026-09-01", age_limit=True)
    # The bundled figures of cities are an excerpt, against which nothing is held.
    assert all(row["not_computed_because"] for row in rows if row["universe_kind"] == "statistical_cities")
    return [row for row in rows if row["universe_kind"] != "statistical_cities"]


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return world(tmp_path)


@pytest.fixture
def replay(outside: Outside, tmp_path: Path) -> Path:
    return tmp_path / "replay"


@pytest.fixture(scope="module")
def pulled(tmp_path_factory):
    """The bundled statistics, pulled once, as they are only read."""
    home = tmp_path_factory.mktemp("pulled")
    outside = world(home)
    shutil.copytree(SAMPLES / "2026-08-31", home / "replay/statistics/2026-08-31")
    assert run(outside, datetime(2026, 8, 31, tzinfo=UTC))
    return everything(outside), open_names(outside)


def test_the_universes_name_the_gap_of_each_country_that_is_left_out(pulled):
    found, _ = pulled
    rows = universe_rows(found, "2026-09-01")
    gaps = {str(r["country"]) for r in rows if r["gap"]}
    assert gaps == {"CY", "FR", "MK"}
    assert {r["size_class"] for r in rows if r["country"] == "MK" and r["gap"]} == {None}
    assert sum(int(str(r["municipalities"])) for r in rows if r["country"] == "FR") == 34_970


GAPS = "municipalities of CY (615), FR (34,970), MK (7)"


@pytest.mark.parametrize(
    ("rule", "less", "told", "french"),
    [
        (
            {"countries": "any"},
            0,
            f"in no share of residents, of whom the list gives none: {GAPS}",
            (34_970, 100.0, None),
        ),
        (
            {"min_population": 50_000},
            2,
            f"not in it, since the list gives no residents to hold the limit against: {GAPS}",
            None,
        ),
        ({"countries": ["DE"], "min_population": 50_000}, 0, "in no share of residents", (34_970, 0.0, None)),
    ],
)
def test_access_counts_municipalities_without_residents_where_no_limit_has_to_be_held_against_them(pulled, rule, less, told, french):
    found, _ = pulled
    ruled = replace(NETWORK, facts={"eligibility": [rule]})
    rows = access_rows([ruled], found, admissions({("net", "2026-09-01")}, [ruled], found), "2026-09-01")
    countries = {str(r["country"]) for r in universe_rows(found, "2026-09-01")}
    assert all(str(row["universe"]).startswith(f"municipalities in {len(countries) - less} countries of the list ({told}") for row in rows)
    assert all(str(row["universe"]) in str(row["sentence"]) and not forbidden_in(str(row["sentence"])) for row in rows)
    shown = [r for r in rows if (r["dimension"], r["class"]) == ("country", "FR")]
    assert [(r["municipalities"], r["municipalities_may_join_percent"], r["residents"]) for r in shown] == [french] * bool(french)


def test_of_a_network_of_countries_that_the_list_lacks_access_is_not_told_as_none(pulled):
    found, _ = pulled
    ruled = replace(NETWORK, facts={"eligibility": [{"countries": ["UA"]}]})
    (row,) = access_rows([ruled], found, admissions({("net", "2026-09-01")}, [ruled], found), "2026-09-01")
    assert (row["municipalities_may_join_percent"], row["not_computed_because"]) == (None, NO_UNITS)


def test_a_member_below_the_floor_is_outside_one_universe_and_inside_the_other(pulled):
    found, names = pulled
    described = describe([GHENT], names, found)
    village = Place("gn1", "Village", "BE", "municipality", "gn1", "1", None, None, None)
    small = replace(next(u for u in found.municipalities if u.country == "BE"), population=4_999)
    places, units = {**described.places, "gn1": village}, {**described.municipalities, "gn1": small}
    wider = replace(described, places=places, municipalities=units)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([GHENT, "gn1"]), frozenset(), 0, {GHENT: "BE", "gn1": "BE"})
    rows = represented(members, wider, found)
    counted = {(r["universe_kind"], r["dimension"]): (r["n_classified"], r["n_outside"]) for r in rows}
    assert counted == {
        **{("at_least_5000", dimension): (1, 1) for dimension in DIMENSIONS},
        **{(kind, dimension): (2, 0) for kind in ("eligible_by_rule", "residents") for dimension in DIMENSIONS},
    }


def test_a_member_of_unknown_size_is_missing_among_municipalities_and_counted_by_country_against_residents(pulled):
    """London has no unit of its own in the list, so that nobody can say in which class it is; its country is known."""
    found, names = pulled
    described = describe([LONDON], names, found)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([LONDON]), frozenset(), 0, {LONDON: "GB"})
    rows = represented(members, described, found)
    counted = {(r["universe_kind"], r["dimension"]): (r["n_classified"], r["n_members"]) for r in rows}
    assert {counted.pop(("residents", dimension)) for dimension in DIMENSIONS[2:]} == {(1, 1)}
    assert set(counted.values()) == {(0, 1)}


def test_without_counts_there_is_no_universe_and_no_figure(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    run(outside, DAY_1)
    found, names = everything(outside), open_names(outside)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([GHENT]), frozenset(), 0, {GHENT: "BE"})
    assert universe_rows(found, "2026-09-01") == []
    rows = represented(members, describe([GHENT], names, found), found)
    assert {str(row["universe_kind"]) for row in rows} == {"eligible_by_rule", "at_least_5000", "residents"}
    assert {(row["u"], row["n_c"], row["reading"], row["not_computed_because"]) for row in rows} == {(None, None, None, f"net: {NO_LIST}")}
