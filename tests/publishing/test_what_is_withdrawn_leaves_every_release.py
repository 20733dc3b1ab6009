"""Withdrawal: rows, pages and feeds of releases already published go, checksums hold, only date and reason class stay."""

import json
import shutil

import pytest

from citynet.errors import DataRefused
from citynet.publishing.reading_back import cells
from citynet.publishing.release import publish, release_id
from citynet.publishing.rewriting import withdraw
from citynet.publishing.verify import verify
from citynet.publishing.withdrawn import Withdrawal, tables_without
from citynet.store import open_store
from publishing.conftest import CONTEXT, RELEASE
from publishing.kills import killed_at_write
from publishing.rows import PACT_2022, tables

HAGUE = Withdrawal("gn2747373", "", whole=True)
BRATISLAVA_IN_THE_PACT = Withdrawal("gn3060972", "pact_of_free_cities", whole=False)
LOG = [("2026-11-22", "safety")]


def everything(folder) -> dict[str, bytes]:
    return {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def rows(folder, table) -> list[dict[str, str]]:
    return cells((folder / "data" / f"{table}.csv").read_bytes())


def taken_out(folder, tmp_path, *withdrawals) -> list[str]:
    return withdraw(open_store(str(folder)), open_store(str(tmp_path / "store")), withdrawals, LOG)


@pytest.fixture(scope="module")
def without(sample, tmp_path_factory):
    """The sample's published folder after a body was withdrawn; read only."""
    home = tmp_path_factory.mktemp("without")
    shutil.copytree(sample, home / "published", symlinks=True)
    taken_out(home / "published", home, HAGUE)
    return home / "published"


@pytest.fixture
def two(published):
    """A published folder with an older release beside the current one."""
    older = release_id("2022-01-01", ["older"])
    publish(open_store(str(published)), older, tables(), context=CONTEXT, point=False)
    return published, older


def test_a_withdrawn_body_is_named_by_nothing_in_any_release(two, tmp_path):
    published, older = two
    assert taken_out(published, tmp_path, HAGUE) == sorted([older, RELEASE])
    for name in (older, RELEASE):
        assert verify(published / name) == []
        found = everything(published / name)
        words = (b"gn2747373", b"s-Gravenhage", b"The Hague")  # the last as a list prints it
        assert [p for p, data in found.items() if any(word in data for word in words)] == []
        assert not any("gn2747373" in path for path in found)


def test_what_is_not_withdrawn_stays(sample, without):
    for table in ("memberships", "places", "sources"):
        old = rows(sample / RELEASE, table)
        assert rows(without / RELEASE, table) == [r for r in old if r.get("place_id") != "gn2747373"]
    assert {n["network_id"]: n["members_counted"] for n in rows(without / RELEASE, "networks")}["pact_of_free_cities"] == "2"
    assert "Budapest" in (without / RELEASE / "site/network/pact_of_free_cities.html").read_text()


def test_parquet_says_what_csv_says(without):
    import pyarrow.parquet as parquet

    folder = without / RELEASE / "data"
    for path in sorted(folder.glob("*.csv")):
        assert parquet.read_table(path.with_suffix(".parquet")).num_rows == len(cells(path.read_bytes())), path.name


def test_of_a_withdrawn_membership_only_that_goes(published, tmp_path):
    taken_out(published, tmp_path, BRATISLAVA_IN_THE_PACT)
    folder = published / RELEASE
    assert verify(folder) == []
    found = {(m["network_id"], m["place_id"]) for m in rows(folder, "memberships")}
    assert ("intercultural_cities", "gn3060972") in found
    assert ("pact_of_free_cities", "gn3060972") not in found
    assert "gn3060972" not in {c["place_id"] for c in rows(folder, "place_connectivity")}
    assert "city/gn3060972.html" not in (folder / "site/network/pact_of_free_cities.html").read_text()
    assert "city/gn3060972.html" in (folder / "site/network/intercultural_cities.html").read_text()
    listed = (folder / f"site/list/pact_of_free_cities/{PACT_2022}.html").read_text()
    assert "Bratislava" not in listed  # neither its row nor the page as rebuilt
    assert "Budapest" in listed


def test_only_date_and_class_of_reason_stay(without):
    assert (without / "withdrawals.csv").read_text() == "date,reason_class\n2026-11-22,safety\n"


def test_doing_it_again_changes_nothing(published, tmp_path):
    taken_out(published, tmp_path, HAGUE)
    before = everything(published)
    assert taken_out(published, tmp_path, HAGUE) == []
    shutil.rmtree(tmp_path / "store")  # whatever the private store remembers
    assert taken_out(published, tmp_path, HAGUE) == []
    assert everything(published) == before


def test_the_pointer_names_the_new_checksums(without):
    import hashlib

    index = (without / RELEASE / "index.json").read_bytes()
    assert json.loads((without / "latest.json").read_text())["index_sha256"] == hashlib.sha256(index).hexdigest()


@pytest.mark.parametrize("writes", [0, 1, 2, 5, 9, 14, 20, 26, 30, 33])
def test_killed_at_any_write_the_next_run_finishes(writes, published, without, tmp_path, monkeypatch):
    killed_at_write(writes, lambda: taken_out(published, tmp_path, HAGUE), monkeypatch)
    taken_out(published, tmp_path, HAGUE)
    assert everything(published) == everything(without)


def test_a_release_that_was_damaged_before_is_told_and_not_sealed_anew(published, tmp_path):
    path = published / RELEASE / "data/universes.csv"
    path.write_text(path.read_text().replace("475503", "475504"))
    before = everything(published / RELEASE)
    with pytest.raises(DataRefused, match=r"data/universes\.csv is not as it was published"):
        taken_out(published, tmp_path, HAGUE)
    assert everything(published / RELEASE) == before


def test_without_withdrawals_no_release_is_looked_at(published, tmp_path):
    before = everything(published)
    assert withdraw(open_store(str(published)), open_store(str(tmp_path / "store")), [], []) == []
    assert everything(published) == before


@pytest.mark.parametrize(
    ("network_id", "seats", "bridges"), [("pact_of_free_cities", 0, 0), ("intercultural_cities", 1, 0), ("sample_2018", 1, 1)]
)
def test_a_seat_is_withdrawn_with_its_membership_and_a_bridge_with_either(network_id, seats, bridges):
    left = tables_without(tables(), [Withdrawal("gn3060972", network_id, whole=False)])
    assert sum(row["place_id"] == "gn3060972" for row in left["network_bodies"]) == seats
    assert len(left["bridges"]) == bridges
