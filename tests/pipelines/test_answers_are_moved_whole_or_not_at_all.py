"""Export moves what people answered into the files, sorted; wherever it is stopped, what was decided stays decided."""

import subprocess
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from fsspec.implementations.local import LocalFileSystem
from hypothesis import given, settings
from hypothesis import strategies as st

from citynet.errors import ConfigError
from citynet.model import instant
from citynet.pipelines.answers import Given, export, keep, kept
from citynet.pipelines.names import open_names
from citynet.pipelines.outside import PROJECT, Outside, open_outside
from citynet.places.gazetteer import Gazetteer, load_gazetteer
from citynet.places.judgement_files import COLUMNS, read_lines, written
from citynet.places.judgements import load_judgements
from citynet.places.normalise import normalise

AT = instant("2024-03-01T08:00:00Z")
ULM, BERLIN = "gn2820256", "gn2950159"
SIGNED = {"reviewer": "a-reviewer", "date": "2024-03-01", "evidence_url": ""}


@pytest.fixture(scope="module")
def gazetteer() -> Gazetteer:
    return load_gazetteer(PROJECT / "include" / "gazetteer")


def opened(home: Path) -> Outside:
    for folder in ("judgements", "registry"):
        (home / folder).mkdir(exist_ok=True)
    names = ("store", "published", "judgements", "registry")
    return open_outside({f"CITYNET_{name.upper()}": str(home / name) for name in names} | {"CITYNET_MODE": "none"})


def line(file: str, **values: str) -> Given:
    return Given("test", "name-0", file, {column: {**SIGNED, "reason": "read", **values}.get(column, "") for column in COLUMNS[file]})


def values_of(lines: Mapping[str, tuple]) -> dict[str, list[dict[str, str]]]:
    return {file: [dict(one.values) for one in found] for file, found in lines.items()}


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Zl", "Zp")), min_size=1, max_size=12)
NAME = TEXT.filter(normalise)
PLACE = st.fixed_dictionaries(
    {
        "name": NAME,
        "country": st.sampled_from(["", "DE"]),
        "network_id": st.sampled_from(["", "eurocities"]),
        "reason": TEXT.filter(str.strip),
        "decision": st.sampled_from(
            [("is", ULM), ("is_not", BERLIN), ("not_a_city", ""), ("unsure", ""), ("unsure", f"{ULM}; {BERLIN}"), ("split", "")]
        ),
    }
).map(
    lambda v: line(
        "places.csv", **{k: v[k] for k in ("name", "country", "network_id", "reason")}, verdict=v["decision"][0], place_id=v["decision"][1]
    )
)
CAPTURE = st.builds(
    lambda name, verdict, date: line("captures.csv", network_id="eurocities", capture_id=name, verdict=verdict, date=date),
    NAME,
    st.sampled_from(["accept", "reject"]),
    st.sampled_from(["2024-02-01", "2024-03-01"]),
)
DECISIONS = st.lists(
    st.tuples(st.one_of(PLACE, CAPTURE), st.sampled_from(["file", "store", "both"])),
    max_size=8,
    unique_by=lambda pair: (
        pair[0].file,
        normalise(pair[0].values.get("name", "")) or pair[0].values.get("capture_id"),
        pair[0].values.get("country"),
        pair[0].values["network_id"],
        pair[0].values["date"],
    ),
)


@settings(max_examples=40)
@given(DECISIONS)
def test_any_answers_become_sorted_files_that_say_the_same(gazetteer, decisions):
    with TemporaryDirectory() as home:
        outside = opened(Path(home))
        for file in ("places.csv", "captures.csv"):
            stood = [one for one, where in decisions if one.file == file and where != "store"]
            (outside.judgements / file).write_bytes(written(file, stood))
        keep(outside.store, [one for one, where in decisions if where != "file"], AT)
        before = load_judgements(outside.judgements, gazetteer, kept(outside.store))
        gained = export(outside, gazetteer)
        after = load_judgements(outside.judgements, gazetteer)
        assert values_of(after.lines) == values_of(before.lines)
        assert after.sha256 == before.sha256
        assert sum(gained.values()) == sum(where == "store" for _, where in decisions)
        assert kept(outside.store) == ()
        assert len(outside.store.keys("judgements/exported")) == len({tuple(o.values.values()) for o, w in decisions if w != "file"})
        for file, lines in read_lines(outside.judgements).items():
            if (outside.judgements / file).exists():
                assert (outside.judgements / file).read_bytes() == written(file, lines)


def test_an_answer_against_a_line_of_the_files_names_both_and_nothing_is_moved(tmp_path, gazetteer):
    outside = opened(tmp_path)
    document = written("places.csv", [line("places.csv", name="Ulm", country="DE", verdict="is", place_id=ULM)])
    (outside.judgements / "places.csv").write_bytes(document)
    good = line("captures.csv", network_id="eurocities", capture_id="20240101T000000Z-abc", verdict="accept")
    bad = line("places.csv", name="ULM", country="DE", verdict="not_a_city")
    keys = keep(outside.store, [good, bad], AT)
    for refuses in (lambda: open_names(outside), lambda: export(outside, gazetteer)):
        with pytest.raises(ConfigError) as told:
            refuses()
        assert "places.csv:2" in str(told.value)
        assert keys[1] in str(told.value)
    assert (outside.judgements / "places.csv").read_bytes() == document
    assert not (outside.judgements / "captures.csv").exists()
    assert [answer.where for answer in kept(outside.store)] == sorted(keys)


def test_two_answers_that_contradict_each_other_are_both_named(tmp_path):
    outside = opened(tmp_path)
    keys = keep(outside.store, [line("places.csv", name="Ulm", verdict=v, place_id=p) for v, p in (("is", ULM), ("is_not", ULM))], AT)
    with pytest.raises(ConfigError) as told:
        open_names(outside)
    assert all(key in str(told.value) for key in keys)


class ExportsBetween(LocalFileSystem):
    """A disk on which another process exports the answers after the first listing of them, before one is read."""

    def find(self, path, **options):
        listed = super().find(path, **options)
        self.between()
        self.between = lambda: None
        return listed


def test_an_answer_that_export_moves_while_it_is_read_is_decided_all_the_same(tmp_path, gazetteer):
    outside = opened(tmp_path)
    stays = line("captures.csv", network_id="eurocities", capture_id="20240101T000000Z-abc", verdict="accept")
    keep(outside.store, [line("places.csv", name="Ulm", country="DE", verdict="is", place_id=ULM), stays], AT)
    decided = open_names(outside).judgements.sha256
    disk = ExportsBetween(skip_instance_cache=True)
    disk.between = lambda: export(outside, gazetteer)
    assert open_names(replace(outside, store=replace(outside.store, fs=disk))).judgements.sha256 == decided
    assert kept(outside.store) == ()


def test_a_listed_answer_that_is_not_there_is_named(tmp_path):
    outside = opened(tmp_path)
    folder = tmp_path / "store" / "judgements"
    folder.mkdir(parents=True)
    (folder / "20240301T080000Z-abc.json").symlink_to(tmp_path / "nowhere.json")
    with pytest.raises(ConfigError, match=r"judgements: expected every listed answer to be there, got: .*20240301T080000Z-abc\.json"):
        open_names(outside)


KILLED = """
import os, shutil, signal, sys
from citynet.pipelines.answers import export
from citynet.pipelines.outside import open_outside
from citynet.places.gazetteer import load_gazetteer

def state(home):
    names = ("store", "published", "judgements", "registry")
    return open_outside({f"CITYNET_{name.upper()}": f"{home}/{name}" for name in names} | {"CITYNET_MODE": "none"})

home, gazetteer = sys.argv[1], load_gazetteer(sys.argv[2])
TOUCHES = {"os.rename", "os.remove", "open"}
for stop in range(1, 200):
    copy = f"{home}-{stop}"
    shutil.copytree(home, copy)
    child = os.fork()
    if child == 0:
        seen = 0
        def count(event, arguments):
            global seen
            writes = event != "open" or arguments[2] & (os.O_WRONLY | os.O_RDWR)
            if event in TOUCHES and writes and str(arguments[0]).startswith(copy):
                seen += 1
                if seen == stop:
                    os.kill(os.getpid(), signal.SIGKILL)
        sys.addaudithook(count)
        export(state(copy), gazetteer)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(stop, copy, os.WIFSIGNALED(status), flush=True)
    if not os.WIFSIGNALED(status):
        break
"""


def test_killed_at_any_write_nothing_is_lost_and_a_second_export_finishes(tmp_path, gazetteer):
    home = tmp_path / "home"
    home.mkdir()
    outside = opened(home)
    stood = line("places.csv", name="Berlin", country="DE", verdict="is", place_id=BERLIN)
    (outside.judgements / "places.csv").write_bytes(written("places.csv", [stood]))
    accepted = line("captures.csv", network_id="eurocities", capture_id="20240101T000000Z-abc", verdict="accept")
    keep(outside.store, [line("places.csv", name="Ulm", country="DE", verdict="is", place_id=ULM), accepted], AT)
    decided = open_names(outside).judgements.sha256
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(home), str(PROJECT / "include" / "gazetteer")], capture_output=True, text=True, check=True
    )
    stops = [entry.split() for entry in done.stdout.splitlines()]
    assert len(stops) > 8
    assert [killed for _, _, killed in stops] == ["True"] * (len(stops) - 1) + ["False"]
    for _, copy, _ in stops:
        left = opened(Path(copy))
        assert load_judgements(left.judgements, gazetteer, kept(left.store)).sha256 == decided
        export(left, gazetteer)
        assert load_judgements(left.judgements, gazetteer).sha256 == decided
        assert kept(left.store) == ()
        assert len(left.store.keys("judgements/exported")) == 2
