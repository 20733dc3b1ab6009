"""The page of networks: groups that are never pooled, no network with 0 members for want of a list, and who is not followed."""

import re

import pytest

from citynet.publishing.headlines import headlines
from citynet.publishing.site import render
from publishing.conftest import CONTEXT, RELEASE
from publishing.rows import PACT_2022, candidates, member, network, tables
from publishing.test_site_says_only_what_is_known import SIZES, pages, text_of


def section(page: str, group: str) -> str:
    """The text between the heading of a group and that of the next one."""
    found = re.search(rf'<h2 id="{group}">(.*?)(<h2|</main>)', page, re.DOTALL)
    return text_of(found.group(1)) if found else ""


def with_network(**values):
    changed = tables()
    changed["networks"].append(network("added", "Added Network", "migration_core", PACT_2022, **values))
    return changed


@pytest.mark.parametrize(
    ("scope", "relevance", "group"),
    [
        ("transnational", "migration_core", "core"),
        ("transnational", "migration_component", "component"),
        ("transnational", "comparison", "comparison"),
        ("national", "migration_core", "national"),
        ("national", "comparison", "national"),
        ("programme", "migration_core", "programmes"),
        ("world_event", "migration_core", "programmes"),
        ("not_a_network", "comparison", "programmes"),
    ],
)
def test_a_network_stands_in_the_group_of_its_scope_and_theme(scope, relevance, group):
    changed = with_network(scope=scope)
    changed["networks"][-1]["relevance"] = relevance
    page = pages(changed)["networks.html"]
    groups = ("core", "component", "national", "programmes", "comparison", "left-out")
    assert [name for name in groups if "Added Network" in section(page, name)] == [group]


def test_a_network_without_a_list_has_its_reason_and_no_figure():
    group = section(pages()["networks.html"], "national")
    assert "1 network without a list of members, and why none is read" in group
    row = group.split("Why no list is read")[-1]
    assert "Network without a list closed since 2018-05: the project ended, carried on by Pact of Free Cities" in row
    assert "It publishes no list of its members." in row
    assert " 0" not in row


def test_a_list_of_others_stands_among_networks_without_a_list_of_members():
    changed = with_network(not_read_because="It lists seats on a board, which is no membership.", members_counted=None)
    made = pages(changed)
    listed, unlisted = section(made["networks.html"], "core").split("Without a list of members")
    assert "Added Network" not in listed
    assert "It lists seats on a board" in unlisted
    assert "Memberships counted It lists seats on a board, which is no membership." in text_of(made["network/added.html"])
    assert headlines(changed)[0].value == "2 of 4"  # a network more, a complete list of members not
    assert "1 no list of members that we read" in headlines(changed)[0].note


def test_a_network_that_has_ended_counts_nobody_and_says_so():
    changed = with_network(members_counted=None, status="closed", status_since="2018-05-03", closed_reason="project_ended")
    made = pages(changed)
    assert "Added Network closed since 2018-05-03: the project ended" in section(made["networks.html"], "core")
    assert "2022-09-15 none: closed" in section(made["networks.html"], "core")
    assert "Memberships counted none: closed" in text_of(made["network/added.html"])


def test_a_network_that_was_left_out_stands_apart_and_enters_no_figure():
    reason = "an agency of one association, with no members of its own"
    changed = with_network(inclusion_decision="excluded", inclusion_reason=reason, inclusion_date="2026-11-22", members_counted=None)
    changed["memberships"].append(member("added", "gn3060972", PACT_2022, 9, counted=False))
    made, before = pages(changed), pages()
    assert f"Added Network transnational {reason} 2026-11-22" in section(made["networks.html"], "left-out")
    assert f"Looked at and left out: {reason} (2026-11-22). It enters no figure." in text_of(made["network/added.html"])
    assert headlines(changed) == headlines(tables())
    assert text_of(made["index.html"]) == text_of(before["index.html"])
    assert "Added Network" not in section(made["networks.html"], "core")


def test_the_overview_draws_networks_with_a_list_only():
    page = pages()["index.html"]
    assert "Network without a list" not in page
    assert "3 networks in alphabetical order." in page


def test_candidates_stand_in_alphabetical_order_with_the_day_of_the_next_look():
    made = pages()
    page = text_of(made["candidates.html"])
    assert page.index("Not decided yet") < page.index("Alpine Towns") < page.index("Looked at and left out for now") < page.index("Zones")
    assert "Alpine Towns a directory no list found yet 2022-09-15 2023-03-15" in page
    assert "javascript:" not in made["candidates.html"]
    assert 'href="candidates.html">Seen elsewhere and not followed yet</a> <span class="note">2</span>' in made["networks.html"]


def test_candidates_are_the_same_bytes_in_any_order():
    turned = CONTEXT.__class__(**{name: getattr(CONTEXT, name) for name in CONTEXT.__slots__} | {"candidates": candidates()[::-1]})
    assert render(RELEASE, tables(), turned, SIZES) == render(RELEASE, tables(), CONTEXT, SIZES)
