"""What the data sets ask for is what the samples answer, and is never more than the service gives in one answer."""

import csv
from pathlib import Path

from bundled_datasets import DATASETS

SAMPLES = Path(__file__).parents[2] / "include/samples/statistics"
CUBES = [d for d in DATASETS.values() if d.kind == "jsonstat"]


def answers() -> dict[str, Path]:
    found = {}
    for table in sorted(SAMPLES.glob("*/requests.csv")):
        with table.open(encoding="utf-8", newline="") as file:
            found |= {row["url"]: table.parent / row["file"] for row in csv.DictReader(file)}
    return found


def test_every_answer_of_the_samples_is_to_a_declared_request_and_whatever_is_only_replayed_has_one() -> None:
    declared = {d.url: d for d in DATASETS.values()}
    assert set(answers()) <= set(declared)
    assert {url for url, d in declared.items() if not d.live} <= set(answers())
    assert all(path.is_file() for path in answers().values())


def test_a_cube_that_was_never_seen_says_so_and_has_no_answer_in_the_samples() -> None:
    assert {d.id for d in CUBES if not d.seen_on} == {"urb_cpopcb", "urb_cpopcb_birth", "urb_lpop1", "migr_pop1ctz", "demo_r_pjanaggr3"}
    assert {d.id for d in CUBES if d.seen_on} == {d.id for d in CUBES if d.url in answers()}


def test_the_cubes_are_never_asked_for_unfiltered() -> None:
    """Unfiltered they meet the limits at which Eurostat answers later or not at all."""
    for cube in CUBES:
        assert cube.filters[cube.indicator_dimension] == tuple(cube.indicators)
        if cube.live:
            free = set(cube.dimensions) - set(cube.filters) - {"freq", cube.territory_dimension}
            assert free == set()
            assert all(f"{cube.indicator_dimension}={code}" in cube.url for code in cube.indicators)


def test_citizenship_and_country_of_birth_are_data_sets_apart_of_one_cube() -> None:
    citizens, born = DATASETS["urb_cpopcb"], DATASETS["urb_cpopcb_birth"]
    assert citizens.code == born.code == "urb_cpopcb"
    assert not set(citizens.indicators) & set(born.indicators)


def test_what_robots_are_kept_from_is_asked_live_only_with_leave() -> None:
    assert [d.id for d in DATASETS.values() if d.live and d.needs_permission] == ["wikidata"]


def test_a_report_is_literature_and_never_the_statistical_office() -> None:
    assert {d.id: (d.source_type, d.source_class) for d in DATASETS.values() if d.source_type != "statistics"} == {
        "oomen_2018": ("literature", "third_party")
    }
