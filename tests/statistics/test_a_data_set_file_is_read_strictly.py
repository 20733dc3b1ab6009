"""The YAML files of data sets: each departure is told with file and line, and one broken file never stops the others."""

from pathlib import Path

import pytest

from bundled_datasets import DATASETS
from citynet.errors import ConfigError
from citynet.pipelines.datasets import declared
from citynet.pipelines.outside import PROJECT

TEXT = (PROJECT / "include/datasets/urb_cpopcb.yaml").read_text(encoding="utf-8")


def problem(tmp_path: Path, old: str, new: str, name: str = "urb_cpopcb.yaml") -> str:
    """What is said of the file with something else in it."""
    assert old in TEXT
    (tmp_path / name).write_text(TEXT.replace(old, new), encoding="utf-8")
    found = declared(tmp_path)
    with pytest.raises(ConfigError) as told:
        found.get(name.removesuffix(".yaml"))
    return str(told.value)


def line_of(text: str) -> int:
    return TEXT[: TEXT.index(text)].count("\n") + 1


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("kind: jsonstat", "kind: cube", "kind: expected one of jsonstat, lau, universes, table1, wikidata, got 'cube'"),
        ("live: true", "live: yes", "live: expected true or false, got 'yes'"),
        ("territory_dimension: cities", "territory: cities", "the file: expected one of"),
        ("source_class: statistical_office", "source_class: office", "source_class: expected one of statistical_office, third_party"),
        ("jump_percent_a_year: 40", "jump_percent_a_year: many", "jump_percent_a_year: expected a whole number from 1, got 'many'"),
        ("live: true", "live: true\nseen_on: yesterday", "seen_on: expected a day as YYYY-MM-DD, got 'yesterday'"),
        ("kind: jsonstat", "kind: lau", "the file: expected the field 'url', it is missing"),
        ("code: urb_cpopcb", "code: [urb_cpopcb]", "code: expected a code of letters, digits, _ and -"),
    ],
)
def test_a_departure_is_told_with_file_line_what_was_expected_and_what_was_seen(tmp_path, old, new, told):
    said = problem(tmp_path, old, new)
    assert said.startswith("urb_cpopcb.yaml:")
    assert told in said


def test_the_line_is_that_of_the_field(tmp_path):
    assert problem(tmp_path, "live: true", "live: maybe").startswith(f"urb_cpopcb.yaml:{line_of('live: true')}: ")


def test_an_id_is_the_name_of_the_file(tmp_path):
    said = problem(tmp_path, "id: urb_cpopcb", "id: urb_cpopcb", name="citizens.yaml")
    assert said == "citizens.yaml: id: expected 'citizens' as the file is named, got 'urb_cpopcb'"


def test_an_identity_is_of_indicators_that_are_asked_for(tmp_path):
    said = problem(tmp_path, "whole: [DE2012V]", "whole: [DE1001V]")
    assert said == "urb_cpopcb.yaml: identities: expected codes of its indicators, got DE1001V"


def test_one_broken_file_never_stops_the_others(tmp_path):
    (tmp_path / "broken.yaml").write_text("id: [", encoding="utf-8")
    (tmp_path / "urb_cpopcb.yaml").write_text(TEXT, encoding="utf-8")
    found = declared(tmp_path)
    assert (list(found.known), list(found.broken)) == (["urb_cpopcb"], ["broken"])
    assert str(found.broken["broken"]).startswith("broken.yaml:")


def test_two_live_data_sets_of_one_figure_and_kind_of_territory_are_both_told(tmp_path):
    (tmp_path / "urb_cpopcb.yaml").write_text(TEXT, encoding="utf-8")
    (tmp_path / "another.yaml").write_text(TEXT.replace("id: urb_cpopcb", "id: another"), encoding="utf-8")
    found = declared(tmp_path)
    assert (list(found.known), sorted(found.broken)) == ([], ["another", "urb_cpopcb"])
    assert str(found.broken["another"]).startswith("another.yaml: expected one live data set with ")
    assert str(found.broken["another"]).endswith(" of statistical_city, got another and urb_cpopcb")
    (tmp_path / "another.yaml").write_text(TEXT.replace("id: urb_cpopcb", "id: another").replace("live: true", "live: false"))
    assert declared(tmp_path).broken == {}


def test_codes_of_citizens_by_sdmx_stand_in_the_order_of_the_data_structure():
    """A key is positional: <freq>.<citizen>.<age>.<unit>.<sex>.<geo>, as public programs ask migr_pop1ctz."""
    assert DATASETS["migr_pop1ctz"].dimensions == ("freq", "citizen", "age", "unit", "sex", "geo")


def test_what_is_asked_follows_from_code_and_filters():
    assert DATASETS["migr_pop1ctz"].url == (
        "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data/migr_pop1ctz?format=JSON&lang=EN"
        "&citizen=TOTAL&citizen=NAT&citizen=EU27_2020_FOR&citizen=NEU27_2020_FOR&citizen=FOR_STLS&age=TOTAL&sex=T&unit=NR"
    )


def test_an_indicator_may_have_a_bound_of_jumps_of_its_own():
    found = DATASETS["urb_cpopcb"].indicators
    assert {code: about.jump_percent_a_year for code, about in found.items()} == {
        **dict.fromkeys(("DE2002V", "DE2003V", "DE2012V"), 40.0),
        "DE2001V": 8.0,
        "DE2003I": 3.0,
    }


def test_the_newest_edition_of_the_list_of_units_comes_first():
    assert declared(PROJECT / "include/datasets").editions == ["lau_2024", "lau_2019"]
