"""From lists of members to codes: what Wikidata is asked, which edition of the local units is used, and what the places then say."""

import io
import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from bundled_datasets import DATASETS
from citynet.errors import ConfigError, SourceError
from citynet.pipelines import memberships, statistics
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import PROJECT, Outside
from citynet.pipelines.place_tables import describe, place_rows
from citynet.pipelines.statistics_tables import city_statistic_rows
from citynet.pipelines.universe_tables import universe_rows

SAMPLE = PROJECT / "include/samples/statistics/2026-08-31"
GHENT, VIENNA, GRAZ, ATHENS, LISBON = "gn2797656", "gn2761369", "gn2778067", "gn264371", "gn2267057"
DAY_1, DAY_2 = datetime(2026, 9, 1, tzinfo=UTC), datetime(2026, 9, 2, tzinfo=UTC)
NETWORK = """
id: rivers
name: Cities by Rivers
homepage: https://rivers.example/
status: active
scope: transnational
relevance: migration_core
who_joins: body
inclusion: {decision: included, reason: made for a test, date: 2026-11-22}
rights: {permission: none_needed, republish: names}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages: [{url: "https://rivers.example/members", reader: list, select: li, since: 2023-01-01}]
"""
HEADINGS = ("NUTS3", "LAU CODE", "EU LAU CODE", "LAU NAME NATIONAL", "LAU NAME LATIN", "POPULATION", "DEGURBA")
VARIABLES = ["geonames", "item", "country", "coordinates"]


@pytest.fixture
def world(outside: Outside, tmp_path: Path) -> Outside:
    return replace(outside, mode="replay", replay=tmp_path / "replay")


def answer(world: Outside, source: str, at: datetime, answers: Mapping[str, bytes]) -> None:
    folder = world.replay / source / f"{at:%Y-%m-%d}"
    folder.mkdir(parents=True)
    lines = ["url,method,status,content_type,file"]
    for number, (url, body) in enumerate(answers.items()):
        (folder / str(number)).write_bytes(body)
        lines.append(f"{url},GET,200,text/html,{number}")
    (folder / "requests.csv").write_text("\n".join(lines) + "\n")


def listed(world: Outside, *names: str) -> None:
    """The network has these members on the first day."""
    (world.registry / "rivers.yml").write_text(NETWORK)
    items = "".join(f"<li>{name}</li>" for name in names)
    answer(world, "rivers", DAY_1, {"https://rivers.example/members": f"<html><body><ul>{items}</ul></body></html>".encode()})
    memberships.capture(world, "rivers", DAY_1)


def wikidata(*rows: tuple[str, str, str, str]) -> bytes:
    values = [dict(zip(VARIABLES, (i, f"http://www.wikidata.org/entity/{q}", *rest), strict=True)) for i, q, *rest in rows]
    bindings = [{name: {"type": "uri" if name == "item" else "literal", "value": value} for name, value in row.items()} for row in values]
    return json.dumps({"head": {"vars": VARIABLES}, "results": {"bindings": bindings}}).encode()


def workbook(**sheets: list[tuple[object, ...]]) -> bytes:
    book = Workbook()
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in (HEADINGS, *rows):
            sheet.append(list(row))
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def pulled(world: Outside, at: datetime, **bodies: bytes) -> statistics.Statistics:
    answer(world, "statistics", at, {DATASETS[dataset].url: body for dataset, body in bodies.items()})
    for dataset in statistics.due(world, at):
        statistics.decode_and_check(world, statistics.pull(world, dataset, at))
    return statistics.newest(world, lambda source_id: frozenset(world.store.folders(f"captures/{source_id}")))


def test_without_any_list_wikidata_is_asked_nothing(world: Outside) -> None:
    (world.registry / "rivers.yml").write_text(NETWORK)
    answer(world, "statistics", DAY_1, {DATASETS["wikidata"].url: wikidata()})
    assert statistics.due(world, DAY_1) == []


def test_judgements_that_are_broken_are_named_by_wikidatas_attempt_and_keep_nothing_else_from_being_pulled(world: Outside) -> None:
    listed(world, "Graz")
    (world.judgements / "places.csv").write_text("no,such,columns\n")
    bodies = {DATASETS[d].url: b"" for d in ("wikidata", "urb_cpop1")}
    answer(world, "statistics", DAY_1, bodies)
    assert statistics.due(world, DAY_1) == ["urb_cpop1", "wikidata"]
    with pytest.raises(ConfigError, match=r"places\.csv"):
        statistics.pull(world, "wikidata", DAY_1)
    assert statistics.troubles(world)["statistics.wikidata"].startswith("misconfigured: ")


def test_wikidata_is_asked_for_the_bodies_of_accepted_lists_alone(world: Outside) -> None:
    listed(world, "Graz", "Ghent", "Nowhereville")
    assert statistics.geonames_ids(world) == ["2778067", "2797656"]
    answer(world, "statistics", DAY_1, {DATASETS["wikidata"].url: wikidata()})
    assert statistics.due(world, DAY_1) == ["wikidata"]


def test_live_an_address_that_robots_are_kept_from_is_asked_only_with_leave(world: Outside) -> None:
    listed(world, "Graz")
    live = replace(world, mode="live", replay=None, contact="desk@example.org")
    free = sorted(d.id for d in DATASETS.values() if d.live and not d.needs_permission)
    assert statistics.due(live, DAY_1) == free
    assert statistics.due(replace(live, permitted=("wikidata",)), DAY_1) == sorted([*free, "wikidata"])


def test_a_place_has_the_item_that_holds_and_a_refused_one_is_counted(world: Outside) -> None:
    listed(world, "Graz", "Ghent", "Vienna")
    rows = [("2778067", "Q13298", "AT", "Point(15.44 47.07)"), ("2797656", "Q1296", "BE", "Point(4.40 51.22)")]
    found = pulled(world, DAY_1, wikidata=wikidata(*rows))
    described = describe([GRAZ, GHENT, VIENNA], open_names(world), found)
    ids = {row["place_id"]: row["wikidata_id"] for row in place_rows(described)}
    assert ids == {GRAZ: "Q13298", GHENT: None, VIENNA: None}
    told = {check.expectation: (check.success, check.checked, check.unexpected, check.examples) for check in described.checks}
    assert told == {
        "no other item with the GeoNames id": (True, 2, 0, ()),
        "no other GeoNames id of those asked for on the item": (True, 2, 0, ()),
        "an item of the same country": (True, 2, 0, ()),
        "an item within 20 km": (False, 2, 1, (GHENT,)),
    }


def test_when_wikidata_has_no_answer_the_rest_goes_on_and_the_run_names_it(world: Outside) -> None:
    listed(world, "Ghent")
    answer(world, "statistics", DAY_1, {DATASETS["wikidata"].url: b"<html>Service Unavailable</html>"})
    with pytest.raises(SourceError, match="outage page"):
        statistics.decode_and_check(world, statistics.pull(world, "wikidata", DAY_1))
    with pytest.raises(SourceError, match=r"statistics\.wikidata: .*outage page.*; runbook: "):
        statistics.raise_if_missing(world, ["wikidata"], [])
    found = pulled(world, DAY_2, lau_2019=(SAMPLE / "lau_2019_trimmed.csv.gz").read_bytes())
    (row,) = place_rows(describe([GHENT], open_names(world), found))
    assert (row["wikidata_id"], row["lau_code"], row["nuts3"]) == (None, "44021", "BE234")


def test_a_workbook_of_a_newer_year_takes_the_place_of_the_list_of_2019_and_is_counted_itself(world: Outside) -> None:
    ghent = ("BE234", "44021", "BE_44021", "Gent", "Gent", 270_000, 1)
    village = ("BE234", "44001", "BE_44001", "Aalter", "Aalter", 4_000, 3)
    bundled = {
        "lau_2019": (SAMPLE / "lau_2019_trimmed.csv.gz").read_bytes(),
        "universes_2019": (SAMPLE / "universes_2019.csv").read_bytes(),
    }
    found = pulled(world, DAY_1, lau_2024=workbook(BE=[ghent, village]), **bundled)
    described = describe([GHENT, VIENNA], open_names(world), found)
    rows = {row["place_id"]: row for row in place_rows(described)}
    assert (rows[GHENT]["population_municipality"], rows[GHENT]["population_municipality_year"]) == (270_000, 2024)
    assert rows[VIENNA]["lau_code"] is None
    (check,) = described.checks
    assert (check.subject, check.column, check.checked, check.unexpected) == ("lau_2024", "lau_code", 2, 1)
    assert check.examples == (f"{VIENNA}: AT 90001",)
    universes = universe_rows(found, "2026-09-01")
    assert {(row["country"], row["size_class"], row["municipalities"], row["residents"], row["year"]) for row in universes} == {
        ("BE", "<5k", 1, 4_000, 2024),
        ("BE", "250-500k", 1, 270_000, 2024),
    }
    assert {row["source"] for row in universes} == {"Source: Eurostat, local administrative units 2024"}
    (figure,) = city_statistic_rows(described, found, open_names(world), [], "2026-09-01")
    assert (figure["source_id"], figure["capture_id"]) == ("lau_2024", found.capture_id("lau_2024"))


def test_a_broken_workbook_leaves_the_list_of_2019_in_use(world: Outside) -> None:
    found = pulled(world, DAY_1, lau_2019=(SAMPLE / "lau_2019_trimmed.csv.gz").read_bytes())
    answer(world, "statistics", DAY_2, {DATASETS["lau_2024"].url: workbook(BE=[("BE234",)])})
    with pytest.raises(SourceError, match="LAU workbook"):
        statistics.decode_and_check(world, statistics.pull(world, "lau_2024", DAY_2))
    after = statistics.newest(world, lambda source_id: frozenset(world.store.folders(f"captures/{source_id}")))
    assert (after.lau_year, after.municipalities) == (2019, found.municipalities)
    assert list(statistics.troubles(world)) == ["statistics.lau_2024"]


def test_greek_and_portuguese_members_have_their_municipality_with_the_year_of_its_figure(world: Outside) -> None:
    found = pulled(world, DAY_1, lau_2019=(SAMPLE / "lau_2019_trimmed.csv.gz").read_bytes())
    rows = {row["place_id"]: row for row in place_rows(describe([ATHENS, LISBON, GHENT], open_names(world), found))}
    told = {p: (r["lau_code"], r["nuts3"], r["population_municipality"], r["population_municipality_year"]) for p, r in rows.items()}
    assert told == {
        ATHENS: ("4501", "EL303", 664_046, 2011),
        LISBON: ("1106", "PT170", 552_700, 2011),
        GHENT: ("44021", "BE234", 262_219, 2019),
    }
    assert {r["municipality_size_class"] for r in rows.values()} == {"0.5-1M", "250-500k"}
