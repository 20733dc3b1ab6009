"""The registry as a folder: what is well is loaded, what is not is named."""

import pytest

from citynet.errors import ConfigError
from citynet.networks import load


def network_text(network_id, more=""):
    return (
        f"id: {network_id}\nname: A name\nstatus: active\nscope: transnational\nrelevance: comparison\n"
        "inclusion: {decision: included, reason: a reason, date: 2026-11-22}\nwho_joins: body\n"
        "rights: {permission: none_needed, republish: counts_only}\n"
        f"membership: {{publishes: none, coverage: partial, default_tie: unknown}}\n{more}"
    )


@pytest.fixture
def folder(tmp_path):
    for stem in ("zebra", "middle", "alpha"):
        (tmp_path / f"{stem}.yml").write_text(network_text(stem))
    return tmp_path


def test_a_sound_folder_is_loaded_in_the_order_of_ids(folder):
    registry = load(str(folder))
    assert [network.id for network in registry.networks] == ["alpha", "middle", "zebra"]
    assert registry.broken == ()


def test_the_broken_file_is_listed_under_its_stem_and_the_others_are_loaded(folder):
    (folder / "middle.yml").write_text("id: [")
    registry = load(str(folder))
    assert [network.id for network in registry.networks] == ["alpha", "zebra"]
    assert [stem for stem, _ in registry.broken] == ["middle"]
    assert isinstance(registry.broken[0][1], ConfigError)


def test_a_network_stays_well_when_the_one_it_belongs_to_is_broken(folder):
    relation = "relations: [{relation: subnetwork_of, to: middle, source: a paper}]\n"
    (folder / "alpha.yml").write_text(network_text("alpha", relation))
    (folder / "middle.yml").write_text("id: [")
    assert [network.id for network in load(str(folder)).networks] == ["alpha", "zebra"]


def test_an_old_id_leads_to_one_network_only(folder):
    (folder / "zebra.yml").write_text(network_text("zebra", "former_ids: [alpha]\n"))
    registry = load(str(folder))
    assert [stem for stem, _ in registry.broken] == ["zebra"]
    assert "got 'alpha' of alpha" in str(registry.broken[0][1])


def test_an_old_id_never_breaks_the_network_that_bears_it_today(folder):
    (folder / "alpha.yml").write_text(network_text("alpha", "former_ids: [zebra]\n"))
    registry = load(str(folder))
    assert [stem for stem, _ in registry.broken] == ["alpha"]


def test_a_file_with_the_other_ending_is_named_not_passed_over(folder):
    (folder / "more.yaml").write_text(network_text("more"))
    ((stem, problem),) = load(str(folder)).broken
    assert (stem, str(problem)) == ("more", "more.yaml: expected the ending .yml")


@pytest.mark.parametrize("name", ["", "missing"])
def test_a_folder_without_networks_is_refused(tmp_path, name):
    with pytest.raises(ConfigError, match=r"expected a folder with one YAML file a network"):
        load(str(tmp_path / name))
