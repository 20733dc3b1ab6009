"""Which data sets are due, which vintages are accepted, and what the tables of statistics say; on replay folders of a test's own."""

import json
import shutil
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from citynet.analysis.lists import MemberList
from citynet.errors import ConfigError, DataRefused, SourceChanged, SourceError
from citynet.model import Place
from citynet.networks.registry import load, load_one
from citynet.pipelines import statistics
from citynet.pipelines.names import open_names
from citynet.pipelines.network_tables import source_rows
from citynet.pipelines.outside import PROJECT, Outside, open_outside
from citynet.pipelines.place_tables import describe, representation_rows
from citynet.pipelines.statistics_tables import city_statistic_rows, universe_rows
from citynet.statistics.datasets import request_of

SAMPLES = PROJECT / "include/samples/statistics"
SYNTHETIC = PROJECT / "tests/statistics/synthetic_urb_cpopcb_DE2003I.json"
NETWORK = replace(load_one(str(PROJECT / "include/networks/shelter_city.yml")), id="net")
"""A network that any municipality may join."""
GHENT, VIENNA, GENEVA, BARCELONA, MALMO, LONDON = "gn2797656", "gn2761369", "gn2660646", "gn3128760", "gn2692969", "gn2643743"
DAY_1, DAY_2, DAY_3 = (datetime(2026, 9, day, tzinfo=UTC) for day in (1, 2, 3))


def world(home: Path) -> Outside:
    """The bundled registry and judgements, a store of the test's own, and a replay folder that a test fills."""
    (home / "replay").mkdir()
    own = {"CITYNET_STORE": str(home / "store"), "CITYNET_PUBLISHED": str(home / "published")}
    return open_outside({**own, "CITYNET_REPLAY": str(home / "replay")})


@pytest.fixture
def outside(tmp_path: Path) -> Outside:
    return world(tmp_path)


@pytest.fixture
def replay(outside: Outside, tmp_path: Path) -> Path:
    return tmp_path / "replay"


def answer(replay: Path, at: datetime, **bodies: bytes) -> None:
    """A statistics folder of that date that answers these data sets."""
    folder = replay / "statistics" / f"{at:%Y-%m-%d}"
    folder.mkdir(parents=True)
    lines = ["url,method,status,content_type,file"]
    for dataset, body in bodies.items():
        (folder / dataset).write_bytes(body)
        kind = "application/json" if dataset.startswith("urb_") else "text/csv"
        lines.append(f"{request_of(dataset).url},GET,200,{kind},{dataset}")
    (folder / "requests.csv").write_text("\n".join(lines) + "\n")


def cube(**changes: object) -> bytes:
    body = json.loads((SAMPLES / "2026-08-31/urb_cpop1_DE1001V.json").read_bytes())
    return json.dumps({**body, **changes}).encode()


def run(outside, at: datetime) -> list[str]:
    """What pull_city_statistics does with one date; the keys of what was decoded."""
    decoded = []
    for dataset in statistics.due(outside, at):
        try:
            decoded.append(statistics.decode_and_check(outside, statistics.pull(outside, dataset, at)))
        except (SourceError, DataRefused, ConfigError):
            continue
    return decoded


def everything(outside) -> statistics.Statistics:
    return statistics.newest(outside, lambda source_id: frozenset(outside.store.folders(f"captures/{source_id}")))


def test_only_the_data_sets_that_a_folder_answers_are_due(outside, replay):
    shutil.copytree(SAMPLES / "2018-12-31", replay / "statistics/2018-12-31")
    shutil.copytree(SAMPLES / "2026-08-31", replay / "statistics/2026-08-31")
    assert statistics.due(outside, datetime(2018, 12, 31, tzinfo=UTC)) == ["oomen_2018"]
    assert statistics.due(outside, datetime(2026, 8, 31, tzinfo=UTC)) == ["lau_2019", "universes_2019", "urb_cpop1"]
    assert statistics.due(outside, datetime(2020, 1, 1, tzinfo=UTC)) == []


def test_what_was_captured_at_a_date_is_due_no_more(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    assert len(run(outside, DAY_1)) == 1
    assert statistics.due(outside, DAY_1) == []


def test_a_folder_that_cannot_be_read_is_named_by_an_attempt_and_stops_nobody(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    (replay / "statistics/2026-09-01/requests.csv").write_text("url,file\n")
    assert statistics.due(outside, DAY_1) == ["lau_2024", "urb_cpop1"]
    assert run(outside, DAY_1) == []
    troubles = statistics.troubles(outside)
    assert sorted(troubles) == ["statistics.lau_2024", "statistics.urb_cpop1"]
    for trouble in troubles.values():
        assert trouble.startswith("misconfigured: ")
        assert "requests.csv:1: expected the columns" in trouble


def test_a_vintage_that_cannot_be_is_refused_and_the_one_before_it_stays(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={"0": 1e9}))
    (first,) = run(outside, DAY_1)
    key = statistics.pull(outside, "urb_cpop1", DAY_2)
    with pytest.raises(DataRefused, match="not above what can be"):
        statistics.decode_and_check(outside, key)
    with pytest.raises(SourceError, match=r"statistics\.urb_cpop1: .*not above what can be.*runbook: "):
        statistics.raise_if_missing(outside, ["urb_cpop1"], [])
    assert list(statistics.troubles(outside)) == ["statistics.urb_cpop1"]
    now = everything(outside)
    assert (len(now.figures), now.capture_id("urb_cpop1")) == (677, first.split("/")[1])
    rows = source_rows([], now.vintages)
    assert [(row["decision"], row["parsed_count"]) for row in rows] == [("accepted", 677), ("refused", 1)]
    assert "not above what can be" in str(rows[1]["decision_reason"])
    assert Counter(check.success for check in now.checks if check.severity == "critical")[False] == 1


def test_a_refused_vintage_is_no_measure_for_the_next_one(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=cube(value={}))
    answer(replay, DAY_3, urb_cpop1=cube(value={"0": 1.0}))
    for day in (DAY_1, DAY_2, DAY_3):
        run(outside, day)
    now = everything(outside)
    assert len(now.figures) == 1
    missing = next(c for c in now.checks if c.expectation == "no country missing that the vintage before had")
    assert (missing.severity, missing.success, missing.checked) == ("warning", False, 4)


def test_an_answer_of_another_form_leaves_the_figures_and_says_why(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    answer(replay, DAY_2, urb_cpop1=b"{}")
    run(outside, DAY_1)
    with pytest.raises(SourceChanged, match="expected a JSON-stat data set"):
        statistics.decode_and_check(outside, statistics.pull(outside, "urb_cpop1", DAY_2))
    assert len(everything(outside).figures) == 677
    assert [row["decision"] for row in source_rows([], everything(outside).vintages)] == ["accepted", "changed"]


def test_the_same_answer_is_checked_once_and_a_changed_record_is_made_anew(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    (key,) = run(outside, DAY_1)
    kept = f"statistics/{key}.json"
    document = json.loads(outside.store.read(kept))
    outside.store.write(kept, json.dumps({**document, "checks": []}).encode())
    assert everything(outside).checks == ()
    outside.store.write(kept, json.dumps({**document, "recipe": "of another version", "checks": []}).encode())
    assert len(everything(outside).checks) == len(document["checks"])
    assert json.loads(outside.store.read(kept)) == document


@pytest.fixture(scope="module")
def pulled(tmp_path_factory):
    """The bundled statistics and, beside them, shares made for tests; pulled once, as they are only read."""
    home = tmp_path_factory.mktemp("pulled")
    outside = world(home)
    for folder in ("2018-12-31", "2026-08-31"):
        shutil.copytree(SAMPLES / folder, home / "replay/statistics" / folder)
    answer(home / "replay", DAY_1, urb_cpopcb=SYNTHETIC.read_bytes())
    for at in (datetime(2018, 12, 31, tzinfo=UTC), datetime(2026, 8, 31, tzinfo=UTC), DAY_1):
        assert run(outside, at)
    return everything(outside), open_names(outside), load(str(outside.registry)).networks


def test_figures_of_two_sources_stand_beside_each_other_and_are_never_merged(pulled):
    found, names, networks = pulled
    described = describe([GHENT, VIENNA, GENEVA, MALMO], names, found)
    rows = city_statistic_rows(described, found, names, networks, "2026-09-01")
    shares = {(r["place_id"], r["source_id"]): r for r in rows if r["indicator"] == "non_eu_citizens_share"}
    assert {key: (r["value"], r["year"], r["eu_definition"]) for key, r in shares.items()} == {
        (GHENT, "oomen_2018"): (5.9, None, None),
        (VIENNA, "oomen_2018"): (16.3, None, None),
        (MALMO, "oomen_2018"): (6.2, None, None),
        (GHENT, "urb_cpopcb"): (7.5, 2021, "EU27_2020"),
        (VIENNA, "urb_cpopcb"): (14.0, 2014, "EU28"),
        (GENEVA, "urb_cpopcb"): (21.0, 2011, "EU27_2007"),
    }
    assert {r["territory_kind"] for (_, source), r in shares.items() if source == "oomen_2018"} == {"as_printed"}
    ghent = {r["source_id"]: r for r in rows if r["place_id"] == GHENT and r["indicator"] == "population"}
    assert {source: (r["value"], r["territory_kind"], r["territory_code"]) for source, r in ghent.items()} == {
        "lau_2019": (262_219.0, "municipality", "44021"),
        "urb_cpop1": (270_133.0, "statistical_city", "BE003C"),
    }
    assert all(r["capture_id"] == found.capture_id(str(r["source_id"])) for r in rows)


def test_all_29_cities_of_the_report_lead_to_a_place_and_the_possible_misprint_is_noted(pulled):
    found, names, networks = pulled
    known = {n.id: n for n in networks}
    ids = {names.resolve(known[share.networks[0]], share.city, share.country_as_published).place_id for share in found.printed}
    assert len(ids) == 29
    rows = city_statistic_rows(describe(sorted(ids), names, found), found, names, networks, "2026-09-01")
    printed = {r["place_id"]: r for r in rows if r["source_id"] == "oomen_2018"}
    assert len(printed) == 29
    assert printed[BARCELONA]["value"] == 23.8
    assert [place_id for place_id, r in printed.items() if "misprint" in str(r["note"])] == [BARCELONA]
    assert all("sample of cities chosen by number of memberships" in str(r["note"]) for r in printed.values())


def test_a_city_that_is_no_place_of_the_release_has_no_figure(pulled):
    found, names, networks = pulled
    rows = city_statistic_rows(describe([GHENT], names, found), found, names, networks, "2026-09-01")
    assert {r["place_id"] for r in rows} == {GHENT}


def test_a_share_is_never_the_population_of_a_place(pulled):
    """The share's vintage is newer and of the same city: it must not enter the populations."""
    found, names, _ = pulled
    described = describe([GENEVA], names, found)
    assert described.territories == {GENEVA: "CH003C"}
    city = described.cities[GENEVA]
    assert city is not None
    assert city.dataset == "urb_cpop1"


def test_the_universes_name_the_gap_of_each_country_that_is_left_out(pulled):
    found, _, _ = pulled
    rows = universe_rows(found, "2026-09-01")
    gaps = {str(r["country"]) for r in rows if r["gap"]}
    assert gaps == {"CY", "FR", "MK"}
    assert {r["size_class"] for r in rows if r["country"] == "MK" and r["gap"]} == {None}
    assert sum(int(str(r["municipalities"])) for r in rows if r["country"] == "FR") == 34_970


def test_a_member_below_the_floor_is_outside_one_universe_and_inside_the_other(pulled):
    found, names, _ = pulled
    described = describe([GHENT], names, found)
    village = Place("gn1", "Village", "BE", "municipality", "gn1", "1", None, None, None)
    small = replace(next(u for u in found.municipalities if u.country == "BE"), population=4_999)
    places, units = {**described.places, "gn1": village}, {**described.municipalities, "gn1": small}
    wider = replace(described, places=places, municipalities=units)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([GHENT, "gn1"]), frozenset(), 0, {GHENT: "BE", "gn1": "BE"})
    rows = representation_rows([members], [NETWORK], wider, found, "2026-09-01", age_limit=True)
    counted = {(str(r["universe"]).split()[0], r["dimension"]): (r["n_classified"], r["n_outside"]) for r in rows}
    assert counted == {
        **{("municipalities", dimension): (1, 1) for dimension in ("municipality_size_class", "degurba", "country")},
        **{("residents", dimension): (2, 0) for dimension in ("municipality_size_class", "degurba", "country")},
    }


def test_a_member_of_unknown_size_is_missing_among_municipalities_and_counted_by_country_against_residents(pulled):
    """London has no unit of its own in the list, so that nobody can say in which class it is; its country is known."""
    found, names, _ = pulled
    described = describe([LONDON], names, found)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([LONDON]), frozenset(), 0, {LONDON: "GB"})
    rows = representation_rows([members], [NETWORK], described, found, "2026-09-01", age_limit=True)
    counted = {(str(r["universe"]).split()[0], r["dimension"]): (r["n_classified"], r["n_members"]) for r in rows}
    assert counted.pop(("residents", "country")) == (1, 1)
    assert set(counted.values()) == {(0, 1)}


def test_without_counts_there_is_no_universe_and_no_figure(outside, replay):
    answer(replay, DAY_1, urb_cpop1=cube())
    run(outside, DAY_1)
    found, names = everything(outside), open_names(outside)
    members = MemberList("net", "2026-08-01", True, "current", frozenset([GHENT]), frozenset(), 0, {GHENT: "BE"})
    assert universe_rows(found, "2026-09-01") == []
    assert representation_rows([members], [NETWORK], describe([GHENT], names, found), found, "2026-09-01", age_limit=True) == []
