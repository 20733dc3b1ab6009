"""verify: every kind of damage is told, and none makes it fall over."""

import hashlib
import json

import pytest

from citynet.publishing.sums import sum_faults
from citynet.publishing.verify import verify
from publishing.conftest import RELEASE


def reindexed(folder) -> None:
    """Write a matching index.json, as a careful forger would: only schema and sums are left to find the damage."""
    files = {str(p.relative_to(folder)): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file() and p.name != "index.json"}
    listed = {k: {"bytes": len(v), "sha256": hashlib.sha256(v).hexdigest()} for k, v in files.items()}
    (folder / "index.json").write_text(json.dumps({"files": listed}))


def edited(folder, table, old, new) -> None:
    path = folder / "data" / f"{table}.csv"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_a_sound_release_has_no_fault(sample):
    assert verify(sample / RELEASE) == []


def test_a_changed_byte_is_found(published):
    edited(published / RELEASE, "places", "475503", "475504")
    assert any(fault.startswith("data/places.csv: changed; expected") for fault in verify(published / RELEASE))


def test_a_missing_and_an_extra_file_are_found(published):
    folder = published / RELEASE
    (folder / "site/cities.html").unlink()
    (folder / "data/more.csv").write_text("x\n")
    assert verify(folder)[:2] == ["data/more.csv: not listed in index.json", "site/cities.html: missing"]


@pytest.mark.parametrize(
    ("table", "old", "new", "told"),
    [
        ("memberships", "gn3054643", "gn9999999", "place_id names gn9999999, which places does not have"),
        ("memberships", "departure_suspected", "gone", "enum"),  # vocabulary
        ("memberships", "2019-12-16,2022-09-15", "16.12.2019,2022-09-15", "date"),  # type
        ("places", "gn3054643", "gn3060972", "primary"),  # unique key
        ("networks", "Intercultural Cities", "", "required"),  # required
        ("networks", ",3,0,", ",4,0,", "members_counted is 4, memberships counts 3"),
        ("place_connectivity", "gn3054643,1,1,2", "gn3054643,2,1,2", "networks is 2, network_ids names 1"),
        ("representation", ",1,4,2,,50.0,25,", ",3,4,2,,50.0,25,", "the classes sum to 4 in n_c"),
        ("network_overlap", ",0.25,", ",0.75,", "jaccard is 0.75, expected 1 of 4"),
    ],
)
def test_a_forged_table_with_a_matching_index_is_found(table, old, new, told, published):
    edited(published / RELEASE, table, old, new)
    reindexed(published / RELEASE)
    assert any(told in fault for fault in verify(published / RELEASE)), verify(published / RELEASE)


def test_many_faults_of_one_kind_hide_none_of_another(published):
    places = published / RELEASE / "data/places.csv"
    places.write_text(places.read_text("utf-8").splitlines()[0] + "\n", "utf-8")
    memberships = published / RELEASE / "data/memberships.csv"
    head, first, *_ = memberships.read_text("utf-8").splitlines()
    memberships.write_text("\n".join([head, *[first] * 150]) + "\n", "utf-8")
    reindexed(published / RELEASE)
    faults = verify(published / RELEASE)
    assert sum("which places does not have" in fault for fault in faults) == 100
    assert any("memberships counts" in fault for fault in faults)


@pytest.mark.parametrize("name", ["index.json", "datapackage.json", "data/memberships.csv", "data/networks.csv"])
@pytest.mark.parametrize("rubbish", [b"", b"\xff\xfe\x00", b"{}", b"[1]", b"null", b'"\n', b"a,b\n1\n", b'{"resources": 3, "files": 3}'])
def test_rubbish_in_any_file_is_reported_and_never_raises(name, rubbish, published):
    (published / RELEASE / name).write_bytes(rubbish)
    assert verify(published / RELEASE) != []


def test_an_empty_folder_is_no_release(tmp_path):
    assert verify(tmp_path) == ["index.json: missing; the release is unfinished or this is no release folder"]


def test_no_path_of_this_machine_is_in_a_message(published):
    (published / RELEASE / "data/places.csv").unlink()
    faults = verify(published / RELEASE)
    assert faults
    assert [f for f in faults if str(published) in f] == []


def test_shares_of_a_pair_must_follow_from_its_counts():
    pair = {"network_a": "b", "network_b": "a", "n_a": "2", "n_b": "3", "shared": "4", "jaccard": "", "overlap_coefficient": ""}
    found = list(sum_faults({"network_overlap": [{**pair, "containment_a": "", "containment_b": "0.5"}]}))
    assert found == [
        "network_overlap, b / a: network_a must come before network_b in the alphabet",
        "network_overlap, b / a: shared 4 exceeds a list (2, 3)",
        "network_overlap, b / a: containment_b is 0.5, expected 4 of 3",
    ]


def test_counts_and_shared_members_told_twice_must_agree():
    told = {"measure": "municipalities_in_1", "counted_by": "families", "relevance": "core_or_component", "value": "1.0"}
    places = [{"place_id": p, "networks": "1", "families": "1", "networks_observed": "2", "network_ids": "a"} for p in ("gn1", "gn2")]
    beside = {"network_a": "a", "network_b": "b", "shared_members": "3", "shared_members_at_least": "3"}
    pair = dict.fromkeys(("n_a", "n_b", "jaccard"), "") | {"network_a": "a", "network_b": "b", "shared": "", "shared_at_least": "3"}
    tables = {"connectivity_concentration": [told], "place_connectivity": places, "functional_overlap": [beside], "network_overlap": [pair]}
    assert list(sum_faults(tables)) == [
        "connectivity_concentration, municipalities_in_1 / families: value is 1.0, place_connectivity has 2 such municipalities",
        "functional_overlap, a / b: shared members ['3', '3'], network_overlap has ['', '3']",
    ]
    assert list(sum_faults({**tables, "place_connectivity": places[:1], "functional_overlap": []})) == []
