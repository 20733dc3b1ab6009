"""A release: whole, verified, then pointed to; repeated without a trace; killed without harm."""

import json
import shutil
from pathlib import Path

import pytest

from citynet.errors import ConfigError, DataRefused
from citynet.publishing import release
from citynet.publishing.contract import contract
from citynet.publishing.release import append_check, current, publish, read_checks, release_id, same_content
from citynet.store import open_store
from publishing.conftest import CONTEXT, RELEASE
from publishing.kills import killed_at_write
from publishing.one_row import AS_OF
from publishing.rows import tables

OLD = release_id("2022-01-01", ["old"])


@pytest.fixture(scope="module")
def older(tmp_path_factory) -> Path:
    """A published folder with one release, before that of the sample; read only."""
    folder = tmp_path_factory.mktemp("older")
    publish(open_store(str(folder)), OLD, tables(), context=CONTEXT)
    return folder


def everything(folder: Path) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def times(folder: Path) -> dict[str, int]:
    return {str(p): p.lstat().st_mtime_ns for p in sorted(folder.rglob("*")) if not p.is_dir()}


def test_the_id_names_the_date_and_the_inputs_in_no_order():
    assert release_id("2022-09-15", ["b", "a"]) == "2022-09-15-7e18f737311b" == release_id("2022-09-15", ["a", "b"])


def test_the_pointer_and_the_link_show_the_release(sample):
    assert json.loads((sample / "latest.json").read_text())["release_id"] == RELEASE
    assert str((sample / "latest").readlink()) == RELEASE
    assert current(open_store(str(sample))) == RELEASE
    assert (sample / "latest/site/index.html").exists()


def test_there_is_no_current_release_before_the_first(tmp_path):
    assert current(open_store(str(tmp_path))) is None


def test_a_damaged_pointer_is_told(published):
    (published / "latest.json").write_text("{")
    with pytest.raises(ConfigError, match=r"latest\.json: expected JSON"):
        current(open_store(str(published)))


def test_publishing_again_touches_no_file(published):
    before = times(published)
    publish(open_store(str(published)), RELEASE, tables(), context=CONTEXT)
    assert times(published) == before


def test_tables_in_another_order_give_the_same_release(sample, tmp_path):
    turned = {name: list(reversed(rows)) for name, rows in reversed(tables().items())}
    publish(open_store(str(tmp_path)), RELEASE, turned, context=CONTEXT)
    assert everything(tmp_path) == everything(sample)


@pytest.mark.parametrize("writes", [0, 1, 17, 29, 30, 45])
def test_killed_while_writing_the_old_release_is_served_and_the_next_run_completes(writes, older, sample, tmp_path, monkeypatch):
    folder = Path(shutil.copytree(older, tmp_path / "published", symlinks=True))
    store = open_store(str(folder))
    assert killed_at_write(writes, lambda: publish(store, RELEASE, tables(), context=CONTEXT), monkeypatch)
    (folder / RELEASE / "data").mkdir(parents=True, exist_ok=True)
    (folder / RELEASE / "data/.tmp-rest").write_bytes(b"half")
    assert current(store) == OLD
    assert everything(folder / OLD) == everything(older / OLD)
    publish(store, RELEASE, tables(), context=CONTEXT)
    assert current(store) == RELEASE
    assert everything(folder / RELEASE) == everything(sample / RELEASE)


def test_killed_between_the_folder_and_the_pointer_the_next_run_only_points(published, sample):
    (published / "latest.json").unlink()
    (published / "latest").unlink()
    before = times(published / RELEASE)
    publish(open_store(str(published)), RELEASE, tables(), context=CONTEXT)
    assert times(published / RELEASE) == before
    assert (published / "latest.json").read_bytes() == (sample / "latest.json").read_bytes()
    assert str((published / "latest").readlink()) == RELEASE


def test_killed_between_the_pointer_and_the_link_the_link_is_made_again(published):
    (published / "latest").unlink()
    (published / ".tmp-latest").symlink_to("nowhere")
    publish(open_store(str(published)), RELEASE, tables(), context=CONTEXT)
    assert str((published / "latest").readlink()) == RELEASE
    assert not (published / ".tmp-latest").is_symlink()


def test_a_release_that_does_not_verify_is_never_pointed_to(tmp_path):
    wrong = tables()
    wrong["networks"][0]["members_counted"] = 99
    with pytest.raises(DataRefused, match="pact_of_free_cities: members_counted is 99, memberships counts 3"):
        publish(open_store(str(tmp_path)), RELEASE, wrong, context=CONTEXT)
    assert not (tmp_path / "latest.json").exists()


def test_a_finished_release_never_changes(published):
    other = tables()
    other["networks"][0]["name"] = "Another name"
    before = everything(published)
    with pytest.raises(DataRefused, match="published with other bytes"):
        publish(open_store(str(published)), RELEASE, other, context=CONTEXT)
    assert everything(published) == before


def test_another_release_stays_byte_for_byte(published):
    before = everything(published / RELEASE)
    newer = release_id("2022-10-01", ["newer"])
    publish(open_store(str(published)), newer, tables(), context=CONTEXT)
    assert everything(published / RELEASE) == before
    assert current(open_store(str(published))) == newer


def test_a_store_in_memory_serves_as_well(sample):
    store = open_store("memory://published-in-memory")
    publish(store, RELEASE, tables(), context=CONTEXT)
    assert current(store) == RELEASE
    assert {k: store.read(k) for k in store.keys(RELEASE)} == {f"{RELEASE}/{k}": v for k, v in everything(sample / RELEASE).items()}


def test_an_unknown_table_is_a_mistake(tmp_path):
    with pytest.raises(ConfigError, match="table 'ranks'"):
        publish(open_store(str(tmp_path)), RELEASE, {"ranks": []}, context=CONTEXT)


@pytest.mark.parametrize("bad", ["../escape", "2022-09-15", "2022-09-15-XYZ"])
def test_an_id_that_is_none_is_refused(bad, tmp_path):
    with pytest.raises(ConfigError, match="release id"):
        publish(open_store(str(tmp_path)), bad, {}, context=CONTEXT)


def test_a_reading_that_found_nothing_new_has_the_same_content(sample):
    again = tables()
    for table in again.values():
        for line in table:
            line.update({k: "2022-10-15" for k in line.keys() & {"as_of", "last_attempt_on", "last_listed_on", "last_confirmed_on"}})
    again["memberships"][0]["evidence_capture_id"] = "20221015T000000Z-eeeeeeeeeeee"
    assert same_content(open_store(str(sample)), RELEASE, again)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [("memberships", "state", "on_hold"), ("networks", "freshness", "stale"), ("places", "population_municipality", 1)],
)
def test_a_row_that_says_something_else_is_other_content(table, column, value, sample):
    changed = tables()
    changed[table][0][column] = value
    assert not same_content(open_store(str(sample)), RELEASE, changed)


def test_a_row_more_or_less_is_other_content(sample):
    fewer = tables()
    fewer["memberships"].pop()
    assert not same_content(open_store(str(sample)), RELEASE, fewer)


def test_columns_compared_are_those_of_the_contract():
    assert {c.name for t in contract().tables for c in t.columns} >= release.CHECK_TIME


def test_a_check_is_kept_once_however_often_it_is_told(tmp_path):
    store = open_store(str(tmp_path))
    append_check(store, "2022-10-15/b", {"outcome": "nothing new"})
    append_check(store, "2022-10-01/a", {"outcome": "nothing new"})
    before = (tmp_path / "checks.json").stat().st_mtime_ns
    append_check(store, "2022-10-15/b", {"outcome": "nothing new"})
    assert list(read_checks(store).items()) == [("2022-10-01/a", {"outcome": "nothing new"}), ("2022-10-15/b", {"outcome": "nothing new"})]
    assert (tmp_path / "checks.json").stat().st_mtime_ns == before


def test_the_date_of_the_sample_is_in_its_id():
    assert RELEASE.startswith(AS_OF)
