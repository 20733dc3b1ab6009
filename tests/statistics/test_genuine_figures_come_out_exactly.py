"""Three genuine vintages of urb_cpop1, re-served in the form of the API: every figure and flag comes out as the sources print it.

The digests were taken over the sources as they were found, by a program of a few lines that shares none with the platform: the
answer of 2026 cut to 36 places, the table of 2016 by code, and the export of 2018 with flags.
"""

import gzip
import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from bundled_vintages import FILES, bundled
from citynet.http.fetch import LiveFetcher, Politeness
from citynet.model import Fetched
from citynet.statistics.eurostat import decode_answers, pull
from citynet.statistics.values import Observations
from fake_eurostat import Cells, Cube, FakeEurostat, eurostat, outage

DIGESTS = {
    "urb_cpop1": (677, "d4dea23125163ffdde17e01cfebfe2774a7bcdf20e5a57a5b8ebf330ecb4f31a"),
    "urb_cpop1_2016": (11_108, "7d50809313df68888483172616bd9266b7fdcfaedf82c3d0a0e9ab41808d939e"),
    "urb_cpop1_2018": (36_462, "90951c98a4c35592dcc17c960eef0f09707af139c2d418c75f9c96fea0156212"),
}
"""Lines `indicator,territory,year,value,flags` sorted, of all cells with a figure or a flag; the territory of 2018, where no codes are
printed, is its place in the export."""
FLAGS_2018 = {"e": 4089, "be": 1860, "de": 1844, "b": 1454, "bd": 860, "r": 299, "d": 119}
INDICATORS = ("DE1001V", "DE1002V", "DE1003V", "DE1040V", "DE1041V")
OURS = Politeness(contact="desk@example.org", delay_seconds=0.0, timeout=(60.0, 60.0), total_seconds=120.0, tries=1, allow_private=True)


def body(dataset: str) -> bytes:
    data = FILES[dataset].read_bytes()
    return gzip.decompress(data) if FILES[dataset].suffix == ".gz" else data


def positions(dataset: str) -> dict[str, str]:
    """Territory -> what stands for it in the digest."""
    index = json.loads(body(dataset))["dimension"]["cities"]["category"]["index"]
    return {code: str(place) if dataset == "urb_cpop1_2018" else code for code, place in index.items()}


def rows(found: Observations) -> Iterator[tuple[str, str, int, float | None, str]]:
    columns = (found.table[name].tolist() for name in ("indicator", "territory", "year", "value", "flags"))
    return ((i, t, y, v if v == v else None, f) for i, t, y, v, f in zip(*columns, strict=True))


def digest(found: Observations, names: dict[str, str]) -> tuple[int, str]:
    lines = sorted(f"{i},{names[t]},{y},{'' if v is None else int(v)},{f}" for i, t, y, v, f in rows(found))
    return len(lines), hashlib.sha256("\n".join(lines).encode()).hexdigest()


@pytest.mark.parametrize("dataset", sorted(FILES))
def test_the_bundled_answer_is_the_source_to_the_last_figure_and_flag(dataset: str) -> None:
    assert digest(bundled(dataset), positions(dataset)) == DIGESTS[dataset]


@pytest.mark.parametrize(
    ("dataset", "route"), [*((dataset, "json") for dataset in sorted(FILES)), ("urb_cpop1", "tsv"), ("urb_cpop1_2018", "tsv")]
)
def test_re_served_by_the_service_in_either_form_it_comes_out_the_same(dataset: str, route: str) -> None:
    """The service knows codes alone; the export's places, of which 18 share their label with another, get one each."""
    genuine, names = bundled(dataset), positions(dataset)
    codes = {territory: f"P{number:04}" for number, territory in enumerate(names)}
    cells: Cells = {(i, codes[t], y): (v, f) for i, t, y, v, f in rows(genuine)}
    cube = Cube(filters={"indic_ur": INDICATORS if dataset == "urb_cpop1_2018" else INDICATORS[:1]})
    with eurostat() as service:
        service.put(cells, labels={codes[t]: label for t, label in genuine.labels.items()})
        service.troubles = [outage()] if route == "tsv" else []
        answers = pulled(service, cube)
    found = decode_answers(answers, cube)
    assert digest(found, {codes[territory]: name for territory, name in names.items()}) == DIGESTS[dataset]
    assert service.kinds() == (["data", "tsv"] if route == "tsv" else ["data"])
    assert (found.updated != "") == (route == "json")


def pulled(service: FakeEurostat, cube: Cube) -> list[Fetched]:
    return pull(LiveFetcher(OURS), cube, datetime(2026, 11, 23, tzinfo=UTC), sleep=lambda _: None, api=service.api)


def test_the_export_has_1070_places_five_indicators_and_the_flags_that_were_counted() -> None:
    found = bundled("urb_cpop1_2018")
    assert (len(found.labels), tuple(sorted(found.table["indicator"].unique()))) == (1_070, INDICATORS)
    assert {flags: n for flags, n in Counter(found.table["flags"]).items() if flags} == FLAGS_2018
    assert int(found.table["value"].isna().sum()) == 3, "cells with a flag alone, of Bistrița and of Cheshire West and Chester"


def test_of_two_places_with_one_label_each_keeps_its_own_figures() -> None:
    found = bundled("urb_cpop1_2018")
    twice = {label for label, n in Counter(found.labels.values()).items() if n > 1}
    assert len(twice) == 18
    total = {(t, y): (v, f) for i, t, y, v, f in rows(found) if i == "DE1001V"}
    assert total["Madrid", 2015] == (3_141_991.0, "")
    assert total["Madrid (2)", 2015][0] == 4_852_911.0
    assert found.labels["Madrid (2)"] == found.labels["Madrid"] == "Madrid"


def test_what_two_vintages_print_of_one_cell_can_differ_and_both_are_kept() -> None:
    """Brussels 2014 is the same in all three; Helsinki 2014 was revised between 2016 and 2018."""
    values: dict[str, dict[Any, float | None]] = {d: {(t, y): v for i, t, y, v, _ in rows(bundled(d)) if i == "DE1001V"} for d in FILES}
    brussels = [("urb_cpop1", "BE001C"), ("urb_cpop1_2016", "BE001C1"), ("urb_cpop1_2018", "Bruxelles / Brussel")]
    assert {values[dataset][code, 2014] for dataset, code in brussels} == {1_183_841.0}
    assert values["urb_cpop1_2018"]["Helsinki / Helsingfors", 2014] == 620_715.0
    assert values["urb_cpop1_2016"]["FI001C2", 2014] != 620_715.0
