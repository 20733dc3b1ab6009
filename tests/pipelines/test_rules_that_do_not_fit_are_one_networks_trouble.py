"""A network file that is sound but does not fit its captures: that network is in trouble, the steps go on with the others."""

from dataclasses import replace
from pathlib import Path

import pytest

from citynet.errors import ConfigError, SourceChanged, SourceError
from citynet.model import instant
from citynet.pipelines import memberships

AT = instant("2024-01-01T00:00:00Z")
URL = "https://rivers.example/members"
NETWORK = """
id: {network_id}
name: Network of Rivers
status: active
scope: transnational
relevance: migration_core
inclusion: {{decision: included, reason: invented for a test, date: 2024-01-01}}
who_joins: body
rights: {{permission: none_needed, republish: names}}
membership:
  publishes: list
  coverage: complete
  default_tie: full
  pages: [{{url: "{url}", reader: {reader}, select: li, since: {since}}}]
"""


@pytest.fixture
def replayed(outside, tmp_path: Path):
    """The outside world of a replay with one page of the network `rivers` on 2024-01-01."""
    folder = tmp_path / "replay" / "rivers" / "2024-01-01"
    folder.mkdir(parents=True)
    (folder / "requests.csv").write_text(f"url,method,status,content_type,file\n{URL},GET,200,text/html,page.html\n")
    (folder / "page.html").write_text("<html><body><ul><li>Graz</li><li>Vienna</li></ul></body></html>")
    return replace(outside, mode="replay", replay=tmp_path / "replay")


def register(outside, reader: str = "list", since: str = "2023-01-01") -> None:
    (outside.registry / "rivers.yml").write_text(NETWORK.format(network_id="rivers", url=URL, reader=reader, since=since))


def test_a_reader_that_is_nowhere_to_be_found_fails_at_the_reading_and_is_told_once(replayed):
    register(replayed, reader="custom")
    key = memberships.capture(replayed, "rivers", AT)
    with pytest.raises(
        SourceChanged, match=r"rivers\.yml: the reader custom: expected the module citynet\.reading\.custom\.rivers, found none"
    ):
        memberships.read_and_check(replayed, key)
    (name, trouble), *others = memberships.troubles(replayed).items()
    assert (name, others) == ("rivers", [])
    assert "rivers.yml" in trouble
    with pytest.raises(SourceError, match=r"rivers: changed: rivers\.yml"):
        memberships.raise_if_missing(replayed, ["rivers"], [], AT)


def test_a_page_whose_dates_were_moved_after_its_capture_does_not_stop_the_step(replayed):
    register(replayed)
    memberships.capture(replayed, "rivers", AT)
    register(replayed, since="2024-06-01")
    assert "expected a page that is asked on 2024-01-01" in memberships.troubles(replayed)["rivers"]
    assert memberships.accept(replayed, []) == []


def test_what_a_run_has_captured_is_not_due_in_that_run_again(replayed):
    register(replayed)
    assert memberships.due(replayed, AT) == ["rivers"]
    memberships.capture(replayed, "rivers", AT)
    assert memberships.due(replayed, AT) == []


def test_a_folder_of_a_network_without_a_file_is_due_and_fails_by_name(replayed):
    (replayed.registry / "others.yml").write_text(NETWORK.format(network_id="others", url=URL, reader="list", since="2023-01-01"))
    assert memberships.due(replayed, AT) == ["rivers"]
    with pytest.raises(ConfigError, match=r"rivers: expected a file rivers\.yml"):
        memberships.capture(replayed, "rivers", AT)
    assert "rivers.yml" in memberships.troubles(replayed)["rivers"]
