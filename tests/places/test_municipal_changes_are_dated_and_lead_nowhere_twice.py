"""Mergers, splits and renames: each line says one dated thing, and no two of them lead in a circle."""

from pathlib import Path

import pytest

from citynet.errors import ConfigError
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgement_files import COLUMNS
from citynet.places.judgements import load_judgements

ULM, BERLIN, LEIPZIG = "gn2820256", "gn2950159", "gn2879139"
SIGNED = "reviewer,2026-11-22,told by the statistical office,https://office.example/"


def write(folder: Path, *lines: str) -> Path:
    (folder / "municipal_changes.csv").write_text("\n".join([",".join(COLUMNS["municipal_changes.csv"]), *lines]) + "\n", encoding="utf-8")
    return folder


def test_changes_are_handed_on_as_written(tmp_path: Path, gazetteer: Gazetteer) -> None:
    folder = write(
        tmp_path,
        f"{ULM},split_into,{LEIPZIG},,2016-07,{SIGNED}",
        f"{ULM},split_into,{BERLIN},,2016-07,{SIGNED}",
        f"{LEIPZIG},renamed,,Lipsk,2014-01-01,{SIGNED}",
        f"{BERLIN},merged_into,{LEIPZIG},,2019,{SIGNED}",
    )
    found = load_judgements(folder, gazetteer).municipal_changes
    assert [line.where for line in found] == [f"municipal_changes.csv:{number}" for number in (2, 3, 4, 5)]
    assert [line.values["date"] for line in found] == ["2016-07", "2016-07", "2014-01-01", "2019"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (
            [f"{ULM},merged_into,gn1,,2016,{SIGNED}"],
            r"municipal_changes\.csv:2: expected successor_id to be in the gazetteer or bodies\.csv",
        ),
        ([f"gn1,renamed,,Ulma,2016,{SIGNED}"], "expected place_id to be in the gazetteer"),
        ([f",renamed,,Ulma,2016,{SIGNED}"], "expected place_id to be filled"),
        ([f"{ULM},swallowed,{BERLIN},,2016,{SIGNED}"], "expected change to be one of merged_into, renamed, split_into; found 'swallowed'"),
        ([f"{ULM},merged_into,,,2016,{SIGNED}"], "expected successor_id to be filled with merged_into, found ''"),
        ([f"{ULM},renamed,{BERLIN},Ulma,2016,{SIGNED}"], f"expected successor_id to be empty with renamed, found '{BERLIN}'"),
        ([f"{ULM},renamed,,,2016,{SIGNED}"], "expected former_name to be filled with renamed"),
        ([f"{ULM},merged_into,{BERLIN},Ulma,2016,{SIGNED}"], "expected former_name to be empty with merged_into, found 'Ulma'"),
        ([f"{ULM},merged_into,{BERLIN},,2016/2017,{SIGNED}"], "expected date as YYYY-MM-DD, YYYY-MM or YYYY, found '2016/2017'"),
        ([f"{ULM},merged_into,{BERLIN},,,{SIGNED}"], "expected date as .*, found ''"),
        (
            [f"{ULM},merged_into,{BERLIN},,2016,{SIGNED}", f"{ULM},merged_into,{LEIPZIG},,2016,{SIGNED}"],
            r"municipal_changes\.csv:3: contradicts or repeats municipal_changes\.csv:2: gn2820256 merged_into gn2950159 2016, there",
        ),
        (
            [f"{ULM},merged_into,{BERLIN},,2016,{SIGNED}", f"{ULM},split_into,{LEIPZIG},,2016,{SIGNED}"],
            r"csv:3: contradicts or repeats municipal_changes\.csv:2",
        ),
        ([f"{ULM},split_into,{BERLIN},,2016,{SIGNED}", f"{ULM},split_into,{LEIPZIG},,2017,{SIGNED}"], "contradicts or repeats"),
        ([f"{ULM},renamed,,Olm,2016,{SIGNED}", f"{ULM},renamed,,Ulma,2016,{SIGNED}"], "contradicts or repeats"),
        ([f"{ULM},merged_into,{ULM},,2016,{SIGNED}"], "expected successors that do not lead back"),
        (
            [
                f"{ULM},merged_into,{BERLIN},,2016,{SIGNED}",
                f"{LEIPZIG},merged_into,{ULM},,2015,{SIGNED}",
                f"{BERLIN},split_into,{LEIPZIG},,2017,{SIGNED}",
            ],
            r"municipal_changes\.csv:\d: expected successors that do not lead back",
        ),
    ],
)
def test_a_change_that_cannot_hold_is_named(lines: list[str], told: str, tmp_path: Path, gazetteer: Gazetteer) -> None:
    with pytest.raises(ConfigError, match=told):
        load_judgements(write(tmp_path, *sorted(lines)), gazetteer)
