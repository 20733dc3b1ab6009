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
from citynet.pipelines.representation_tables import access_rows, representation_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.universe_tables import universe_rows
from statistics_world import DAY_1, SAMPLES, answer, cube, everything, run, world

NETWORK = replace(load_one(str(PROJECT / "include/networks/shelter_city.yml")), id="net")
"""A network that any municipality may join."""
GHENT, LONDON = "gn2797656", "gn2643743"


DIMENSIONS = ("municipality_size_class", "degurba", "country", "region_of_europe", "eu_membership")


def represented(members: MemberList, described: Described, found: Statistics) -> list[Row]:
    admitted = admissions([NETWORK], found, "2026-09-01")
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


def test_access_names_the_countries_of_the_list_and_its_gaps(pulled):
    found, _ = pulled
    counted = {str(r["country"]) for r in universe_rows(found, "2026-09-01") if r["residents"]}
    for row in access_rows([NETWORK], found, admissions([NETWORK], found, "2026-09-01"), "2026-09-01"):
        said = f"municipalities with residents in {len(counted)} countries of the list (left out for gaps of the list: CY, FR; others"
        assert str(row["universe"]).startswith(said)
        assert said in str(row["sentence"])


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
    assert represented(members, describe([GHENT], names, found), found) == []
