"""citynet networks, before and after a release."""

import shutil
from pathlib import Path

REGISTRY = Path(__file__).resolve().parents[2] / "include" / "networks"


def line_of(done, network_id):
    return next(line.split() for line in done.stdout.splitlines() if line.startswith(f"{network_id} "))


def test_before_a_release_every_network_is_never_read(citynet, tmp_path):
    done = citynet("networks", "--published", tmp_path)
    assert (done.code, done.stderr) == (0, "")
    ids = [line.split()[0] for line in done.stdout.splitlines()[1:]]
    assert ids == sorted(file.stem for file in REGISTRY.glob("*.yml"))
    assert line_of(done, "eurocities")[1:] == ["active", "transnational", "never_read", "-", "-", "-"]


def test_after_a_release_each_line_has_its_last_list_and_the_last_attempt(citynet, sample_run):
    done = citynet("networks", "--published", sample_run[0].published)
    assert done.code == 0
    pact = line_of(done, "pact_of_free_cities")
    assert pact[1:3] == ["active", "transnational"]
    assert pact[4:] == ["2022-09-27", "30", "2022-09-27", "accepted"]


def test_a_broken_file_is_told_and_the_others_are_listed_all_the_same(citynet, tmp_path):
    shutil.copytree(REGISTRY, tmp_path / "registry")
    (tmp_path / "registry" / "icorn.yml").write_text("id: [not closed\n")
    done = citynet("networks", "--registry", tmp_path / "registry", "--published", tmp_path, "--store", tmp_path / "store")
    assert done.code == 0
    assert "icorn.yml:" in done.stderr
    assert line_of(done, "eurocities")
    checked = citynet("networks", "--check", "--registry", tmp_path / "registry", "--store", tmp_path / "store")
    assert checked.code == 2
    assert checked.stdout.startswith(f"{len(list(REGISTRY.glob('*.yml'))) - 1} network files read, 1 broken; ")


def test_check_ends_with_0_on_the_bundled_registry(citynet):
    done = citynet("networks", "--check")
    assert done.code == 0
    assert [line for line in done.stderr.splitlines() if not line.startswith("warning: candidates.csv: ")] == []
    assert " network files read, 0 broken; " in done.stdout


def test_check_names_a_bad_line_of_the_candidates_and_warns_of_those_that_are_due(citynet, tmp_path):
    shutil.copytree(REGISTRY, tmp_path / "registry")
    file = tmp_path / "registry" / "candidates.csv"
    header = "name,where_seen,address,date,decision,reason\n"
    file.write_text(f"{header}Alpine Towns,a list,https://alpine.example,2020-08-31,undecided,no list found\n")
    due = citynet("networks", "--check", "--registry", tmp_path / "registry", "--store", tmp_path / "store")
    assert (due.code, due.stderr) == (0, "warning: candidates.csv: Alpine Towns was to be looked at again on 2021-02-28\n")
    file.write_text(f"{header}Alpine Towns,a list,alpine.example,2020-08-31,undecided,no list found\n")
    bad = citynet("networks", "--check", "--registry", tmp_path / "registry", "--store", tmp_path / "store")
    assert bad.code == 2
    assert bad.stderr.startswith("candidates.csv:2: address: expected an address")
