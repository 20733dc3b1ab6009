"""citynet verify as other tools call it."""

import shutil

import pytest


@pytest.fixture
def release(sample_run, tmp_path):
    world = sample_run[0]
    shutil.copytree(world.release, tmp_path / world.release.name)
    return tmp_path / world.release.name


def test_a_sound_release_ends_with_0(citynet, release):
    done = citynet("verify", release)
    assert (done.code, done.stdout, done.stderr) == (0, f"{release.name}: no fault\n", "")


def test_a_changed_cell_ends_with_1_and_names_the_file(citynet, release):
    table = release / "data" / "memberships.csv"
    table.write_bytes(table.read_bytes().replace(b"gn3060972", b"gn3060973", 1))
    done = citynet("verify", release)
    assert done.code == 1
    assert "data/memberships.csv" in done.stderr
    assert "fault(s)" in done.stdout


def test_a_missing_and_a_foreign_file_end_with_1(citynet, release):
    (release / "data" / "places.csv").unlink()
    (release / "stranger.txt").write_text("not ours")
    done = citynet("verify", release)
    assert done.code == 1
    assert "data/places.csv" in done.stderr
    assert "stranger.txt" in done.stderr


def test_a_folder_that_is_no_release_ends_with_1_and_one_that_is_none_with_2(citynet, tmp_path):
    assert citynet("verify", tmp_path).code == 1
    assert citynet("verify", tmp_path / "none").code == 2
