"""A judgement that can't hold stops the run and names its line."""

from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgement_files import COLUMNS
from citynet.places.judgements import Judgements, in_force, load_judgements, place_ids_of

SIGNED = "reviewer,2026-11-22,seen on the page,"


def write(folder: Path, name: str, *lines: str) -> Path:
    (folder / name).write_text("\n".join([",".join(COLUMNS[name]), *lines]) + "\n", encoding="utf-8")
    return folder


def test_the_committed_judgements_load_and_are_sorted(judgements: Judgements) -> None:
    assert judgements.countries["PPL", ""] == "PL"
    assert judgements.statistical_cities["BE003C"] == "gn2797656"
    assert judgements.bodies["gn2864695"].municipality_id == "gn2950159"
    assert len(judgements.sha256) == 64


def test_an_empty_folder_holds_no_decisions(tmp_path: Path, gazetteer: Gazetteer) -> None:
    found = load_judgements(tmp_path, gazetteer)
    assert (found.names, found.captures, found.memberships) == ({}, (), ())


def test_a_statement_and_a_capture_are_handed_on_as_written(tmp_path: Path, gazetteer: Gazetteer) -> None:
    write(tmp_path, "memberships.csv", "eurocities,gn2820256,left,2024-01-01,reviewer,2026-11-22,letter,https://example.org/")
    write(tmp_path, "captures.csv", f"eurocities,20240101T000000Z-abc,accept,{SIGNED}")
    found = load_judgements(tmp_path, gazetteer)
    assert (found.memberships[0].where, found.memberships[0].values["verdict"]) == ("memberships.csv:2", "left")
    assert found.captures[0].values["capture_id"] == "20240101T000000Z-abc"


@pytest.mark.parametrize(
    ("name", "lines", "told"),
    [
        ("places.csv", [f"Ulm,DE,,is,gn2820256,{SIGNED}", f"ULM,DE,,not_a_city,,{SIGNED}"], r"places\.csv:3: expected lines sorted"),
        (
            "places.csv",
            [f"ULM,DE,,not_a_city,,{SIGNED}", f"Ulm,DE,,is,gn2820256,{SIGNED}"],
            r"places\.csv:3: contradicts or repeats places\.csv:2",
        ),
        ("places.csv", [f"Ulm,DE,,is,gn2820256,{SIGNED}", f"Ulm,DE,,is_not,gn2820256,{SIGNED}"], r"places\.csv:3: contradicts"),
        (
            "places.csv",
            [f"Ulm,DE,,is_not,gn2820256,{SIGNED}", f"Ulm,DE,,unsure,gn2820256; gn2950159,{SIGNED}"],
            r"places\.csv:3: contradicts or repeats places\.csv:2",
        ),
        (
            "places.csv",
            [f"Ulm,DE,,is_not,gn2950159,{SIGNED}", f"Ulm,DE,,split,gn2820256; gn2950159,{SIGNED}"],
            r"places\.csv:3: contradicts or repeats places\.csv:2",
        ),
        (
            "places.csv",
            [f"Ulm,DE,,is,gn1,{SIGNED}"],
            r"places\.csv:2: expected place_id to be in the gazetteer or bodies\.csv, found 'gn1'",
        ),
        ("places.csv", [f"Ulm,DE,,is,,{SIGNED}"], r"places\.csv:2: expected a place_id with is"),
        ("places.csv", [f"Ulm,DE,,is,gn2820256; gn2863941,{SIGNED}"], r"places\.csv:2: expected a place_id with is"),
        ("places.csv", [f"Ulm,DE,,unsure,gn2820256,{SIGNED}"], "expected no place_id or several, .* with unsure"),
        ("places.csv", [f"Ulm,DE,,unsure,gn2820256; gn2820256,{SIGNED}"], "expected no place_id or several"),
        ("places.csv", [f"Ulm,DE,,unsure,gn2820256; gn1,{SIGNED}"], r"in the gazetteer or bodies\.csv, found 'gn1'"),
        ("places.csv", [f"Ulm,DE,,split,gn2820256,{SIGNED}"], "expected no place_id or several, .* with split"),
        ("places.csv", [f"Ulm,DE,,split,gn2820256; gn1,{SIGNED}"], r"in the gazetteer or bodies\.csv, found 'gn1'"),
        ("places.csv", [f"Ulm,DE,,not_a_city,gn2820256,{SIGNED}"], "expected no place_id with not_a_city"),
        ("places.csv", [f"–,DE,,not_a_city,,{SIGNED}"], "expected name to hold a letter or digit, found '–'"),
        ("places.csv", [f'"Ulm\nDonau",DE,,not_a_city,,{SIGNED}'], r"places\.csv:2: expected name to be one line of text"),
        ("places.csv", [f"Ulm,DE,,perhaps,,{SIGNED}"], r"places\.csv:2: expected verdict .* found 'perhaps'"),
        ("places.csv", ["Ulm,DE,,unsure,,reviewer,2026-11-22,,"], r"places\.csv:2: expected reason to be filled"),
        ("places.csv", ["Ulm,DE,,unsure,,me@example.org,2026-11-22,why,"], "expected reviewer to be a role or a handle"),
        ("places.csv", ["Ulm,DE,,unsure,,reviewer,20261122,why,"], "expected date as YYYY-MM-DD, found '20261122'"),
        ("places.csv", ["Ulm,DE,,unsure,,reviewer,22.11.2026,why,"], "expected date as YYYY-MM-DD, found '22.11.2026'"),
        ("places.csv", ["Ulm,DE,,unsure,,reviewer,2026-11-22,why,page 3"], "expected evidence_url to be a web address"),
        ("places.csv", ["Ulm,DE,,unsure"], r"places\.csv:2: expected 9 columns, found 4"),
        ("bodies.csv", [f"ulm,Ulm,DE,district,,,,,{SIGNED}"], r"bodies\.csv:2: expected place_id as gn<id>, lau<CC><code> or x-"),
        ("bodies.csv", [f"x-de-ulm,Ulm,DE,town,,,,,{SIGNED}"], "expected place_kind"),
        ("bodies.csv", [f"x-de-ulm,Ulm,DE,district,gn1,,,,{SIGNED}"], "expected municipality_id to be in the gazetteer"),
        ("bodies.csv", [f"x-de-ulm,Ulm,DE,district,,1,,,{SIGNED}"], "expected a geonames_id of the gazetteer, found '1'"),
        ("bodies.csv", [f"x-de-ulm,Ulm,DE,district,,,north,,{SIGNED}"], "expected latitude and longitude in degrees"),
        (
            "captures.csv",
            [f"a,b,accept,{SIGNED}", f"a,b,reject,{SIGNED}"],
            r"captures\.csv:3: decides the same as captures\.csv:2, expected one decision on a capture a day",
        ),
        ("countries.csv", [f"PPL,,PL,{SIGNED}", f"PPL,,PT,{SIGNED}"], r"countries\.csv:3: decides the same"),
        ("statistical_cities.csv", [f"BE003C,gn1,{SIGNED}"], r"statistical_cities\.csv:2: expected place_id"),
    ],
)
def test_a_line_that_cannot_hold_is_named(name: str, lines: list[str], told: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(ConfigError, match=told):
        load_judgements(write(tmp_path, name, *lines), gazetteer)


def test_a_rejected_place_stands_beside_what_the_name_is_or_between_what_it_is_open(tmp_path: Path, gazetteer: Gazetteer) -> None:
    rejected = f"Ulm,DE,,is_not,gn2950159,{SIGNED}"
    for verdict, other in (("is", "gn2820256"), ("unsure", ""), ("unsure", "gn2820256; gn2863941"), ("not_a_city", "")):
        lines = sorted([rejected, f"Ulm,DE,,{verdict},{other},{SIGNED}"])
        found = load_judgements(write(tmp_path, "places.csv", *lines), gazetteer)
        assert {line.values["verdict"] for line in found.names["ulm", "DE", ""]} == {"is_not", verdict}


def test_a_capture_may_be_decided_again_on_a_later_day_and_the_latest_by_a_day_holds(tmp_path: Path, gazetteer: Gazetteer) -> None:
    days = {"accept": ("2024-01-01", "2024-03-01"), "reject": ("2024-02-01",)}
    lines = [f"a,b,{verdict},reviewer,{day},why," for verdict, found in days.items() for day in found]
    captures = load_judgements(write(tmp_path, "captures.csv", *lines), gazetteer).captures
    known_by = ("2023-12-31", "2024-01-01", "2024-02-01", "2024-02-29", "2024-03-01", "")
    found = [[line.values["verdict"] for line in in_force(captures, day).values()] for day in known_by]
    assert found == [[], ["accept"], ["reject"], ["reject"], ["accept"], ["accept"]]


def test_the_bodies_that_one_row_stands_for_may_be_named(tmp_path: Path, gazetteer: Gazetteer) -> None:
    write(tmp_path, "places.csv", f"Ulm and Berlin,DE,,split,gn2820256; gn2950159,{SIGNED}")
    (line,) = load_judgements(tmp_path, gazetteer).names["ulm and berlin", "DE", ""]
    assert place_ids_of(line) == ("gn2820256", "gn2950159")


def test_unknown_columns_and_unknown_files_are_refused(tmp_path: Path, gazetteer: Gazetteer) -> None:
    (tmp_path / "places.csv").write_text("name,place\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"places\.csv:1: expected the columns name,country,network_id.*found name,place"):
        load_judgements(tmp_path, gazetteer)
    (tmp_path / "place.csv").write_text("", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"place\.csv: unknown file"):
        load_judgements(tmp_path, gazetteer)


def test_a_body_of_our_own_may_be_judged_on(tmp_path: Path, gazetteer: Gazetteer) -> None:
    write(tmp_path, "bodies.csv", f"x-de-ulm-nord,Ulm Nord,DE,district,gn2820256,,,,{SIGNED}")
    write(tmp_path, "places.csv", f"Nord,DE,,is,x-de-ulm-nord,{SIGNED}")
    assert load_judgements(tmp_path, gazetteer).bodies["x-de-ulm-nord"].place_kind == "district"
