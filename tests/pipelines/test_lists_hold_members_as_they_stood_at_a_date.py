"""The lists that analysis compares: one for each complete listing, members as they stood at it; why some networks have none."""

from dataclasses import replace

import pytest

from citynet.history.spells import fold
from citynet.pipelines.membership_tables import membership_rows
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.views import dated_lists, lists_in_use, member_lists, printed_places
from pipelines.dated_views import LEFT_OUT, NETWORK, listing, seen

AS_OF = "2022-12-31"
GRAZ, LEIPZIG, BERLIN, POTSDAM = "gn2778067", "gn2879139", "gn2950159", "gn2852458"
BODIES = """place_id,name,country,place_kind,municipality_id,geonames_id,latitude,longitude,reviewer,date,reason,evidence_url
x-de-bezirk-mitte,Bezirk Mitte,DE,district,gn2950159,,,,identity-first-pass,2026-11-22,A district of Berlin,https://berlin.example
x-de-landkreis-leipzig,Landkreis Leipzig,DE,region,,,,,identity-first-pass,2026-11-22,A body of many municipalities,https://kreis.example
"""
STATEMENTS = """network_id,place_id,verdict,date,reviewer,decided_on,reason,evidence_url
net,gn2778067,left,2020-02-15,editor-first-pass,2021-01-05,It said so,https://graz.example
"""


@pytest.fixture
def names(outside) -> Names:
    (outside.judgements / "bodies.csv").write_text(BODIES)
    (outside.judgements / "memberships.csv").write_text(STATEMENTS)
    return open_names(outside)


def test_every_complete_listing_gives_a_list_of_its_own_date(names):
    view = seen(
        listing(names, "2020-01-31", "Leipzig"),
        listing(names, "2020-02-29", "Berlin", coverage="partial"),
        listing(names, "2021-01-31", "Leipzig", "Potsdam"),
    )
    old, new = member_lists(view, names, AS_OF)
    assert (old.list_date, old.complete, old.municipality_ids) == ("2020-01-31", True, {LEIPZIG})
    assert (new.list_date, new.complete, new.municipality_ids) == ("2021-01-31", True, {LEIPZIG, POTSDAM})


def test_who_is_missing_once_still_stands_on_the_list_until_the_departure_is_sure(names):
    days = ["2020-01-31", "2020-02-29", "2020-03-31", "2020-04-30"]
    view = seen(listing(names, days[0], "Leipzig", "Potsdam"), *(listing(names, day, "Leipzig") for day in days[1:]))
    assert [POTSDAM in members.municipality_ids for members in member_lists(view, names, AS_OF)] == [True, True, True, False]


def test_without_a_complete_listing_there_is_one_partial_list_with_everything_known(names):
    view = seen(
        listing(names, "2020-01-31", "Leipzig", coverage="partial"),
        listing(names, "2021-01-31", "Berlin", "Nowhereville", coverage="partial"),
    )
    (members,) = member_lists(view, names, AS_OF)
    assert (members.list_date, members.complete, members.unresolved) == ("2021-01-31", False, 1)
    assert members.municipality_ids == {LEIPZIG, BERLIN}


def test_memberships_of_a_network_stand_by_the_day_of_its_newest_list(names):
    """Whichever list shows a body; the sample of the 2018 report stands by itself."""
    lists = [
        listing(names, "2020-01-31", "Leipzig", "Potsdam"),
        listing(names, "2020-02-29", "Leipzig"),
        listing(names, "2020-03-31", "Berlin", coverage="partial"),
    ]
    sample = listing(names, "2021-01-31", "Graz", use="replication_only")
    history = fold(NETWORK, lists, ())
    view = replace(seen(*lists, sample), history=replace(history, spells=(*history.spells, *fold(NETWORK, [sample], ()).spells)))
    days = {row["place_id"]: (row["last_confirmed_on"], row["list_date"]) for row in membership_rows([view], AS_OF)}
    assert days == {
        LEIPZIG: ("2020-02-29", "2020-03-31"),
        POTSDAM: ("2020-01-31", "2020-03-31"),
        BERLIN: ("2020-03-31", "2020-03-31"),
        GRAZ: ("2021-01-31", "2021-01-31"),
    }


def test_a_statement_on_what_came_later_does_not_change_an_older_list(names):
    view = seen(listing(names, "2020-01-31", "Graz", "Leipzig"), listing(names, "2020-03-31", "Graz", "Leipzig"))
    old, new = member_lists(view, names, AS_OF)
    assert (old.municipality_ids, new.municipality_ids) == ({GRAZ, LEIPZIG}, {LEIPZIG})


def test_a_district_counts_as_its_municipality_and_a_body_of_many_as_none(names):
    (members,) = member_lists(seen(listing(names, "2020-01-31", "Bezirk Mitte", "Landkreis Leipzig", "Berlin")), names, AS_OF)
    assert members.listed_ids == {"x-de-bezirk-mitte", "x-de-landkreis-leipzig", BERLIN}
    assert members.municipality_ids == {BERLIN}
    assert (members.unresolved, members.no_figure_because) == (0, "")


def test_a_seat_on_the_board_is_no_membership(names):
    (members,) = member_lists(seen(listing(names, "2020-01-31", "Leipzig=board_seat", "Potsdam")), names, AS_OF)
    assert (members.municipality_ids, members.no_figure_because) == ({POTSDAM}, "")


@pytest.mark.parametrize(
    ("printed", "status", "since", "reason"),
    [
        (["Leipzig=project_partner"], "active", "", "lists project partners, which is no membership"),
        (["Leipzig=project_partner"], "closed", "2020", "lists project partners, which is no membership"),
        (["Leipzig=board_seat", "Berlin=awarded"], "active", "", "lists awarded bodies and seats on a board, which is no membership"),
        (
            ["Federal Ministry of the Interior", "European Commission"],
            "active",
            "",
            "lists associations and other bodies, none of which is a city",
        ),
        (["Leipzig"], "closed", "2020-06-01", "closed since 2020-06-01"),
        (["Leipzig"], "dormant", "", "dormant"),
        (["Leipzig"], "closed", "2023-01-01", ""),
    ],
)
def test_a_network_without_anybody_to_count_says_why(names, printed, status, since, reason):
    view = seen(listing(names, "2020-01-31", *printed), network=replace(NETWORK, status=status, status_since=since))
    (members,) = member_lists(view, names, AS_OF)
    assert members.no_figure_because == reason
    assert bool(members.municipality_ids) == (not reason)


def test_names_that_are_open_may_be_members_so_nobody_is_a_finding(names):
    (members,) = member_lists(seen(listing(names, "2020-01-31", "Nowhereville", "European Commission")), names, AS_OF)
    assert (members.no_figure_because, members.unresolved) == ("", 1)


@pytest.mark.parametrize("tie", ["observer", "candidate", "honorary", "board_seat", "awarded", "project_partner", "former"])
def test_an_open_name_in_a_side_role_widens_no_figure(names, tie):
    beside = [f"Nobody Knows This={tie}", "Nobody Knows That", "Nor This One=unknown"]
    (members,) = member_lists(seen(listing(names, "2020-01-31", "Leipzig", *beside)), names, AS_OF)
    assert (members.municipality_ids, members.unresolved) == ({LEIPZIG}, 2)


def test_an_open_name_whose_membership_is_on_hold_widens_no_figure(names):
    shown = listing(names, "2020-01-31", "Leipzig", "Nobody Knows This")
    rows = tuple(replace(row, on_hold=row.number == 2) for row in shown.listing.rows)
    (members,) = member_lists(seen(replace(shown, listing=replace(shown.listing, rows=rows))), names, AS_OF)
    assert (members.municipality_ids, members.unresolved) == ({LEIPZIG}, 0)


def test_a_network_that_was_left_out_has_no_list_in_any_figure(names):
    view = seen(listing(names, "2020-01-31", "Leipzig"), network=replace(NETWORK, facts=LEFT_OUT))
    assert lists_in_use([view], names, AS_OF) == []


def test_only_lists_that_a_figure_uses_are_made(names):
    many = seen(*(listing(names, f"2020-{month:02}-28", "Leipzig") for month in range(1, 7)))
    other = seen(listing(names, "2019-03-15", "Leipzig"), network=replace(NETWORK, id="other"))
    made = lists_in_use([many, other], names, AS_OF)
    assert [(m.network_id, m.list_date) for m in made] == [("net", "2020-02-28"), ("net", "2020-06-28"), ("other", "2019-03-15")]


def test_a_sample_chosen_by_memberships_is_a_list_of_its_own_use_and_no_dated_list(names):
    view = seen(listing(names, "2018-12-31", "Leipzig", coverage="partial", use="replication_only"))
    (members,) = member_lists(view, names, AS_OF)
    assert members.use == "replication_only"
    assert dated_lists(view) == ()


def test_a_dated_list_names_what_its_page_names_and_no_side_roles(names):
    view = seen(
        listing(names, "2018-12-31", "Berlin", coverage="partial", use="replication_only"),
        listing(names, "2020-01-31", "Leipzig=project_partner", "Potsdam=board_seat", "Bezirk Mitte", "Nowhereville", coverage="partial"),
        listing(names, "2020-02-29", "Leipzig"),
        network=replace(NETWORK, status="closed", status_since="2020"),
    )
    first, second = dated_lists(view)
    assert (first.list_date, first.complete, first.unresolved, first.municipality_ids) == ("2020-01-31", False, 1, {LEIPZIG, BERLIN})
    assert (second.complete, second.municipality_ids) == (True, {LEIPZIG})


def test_cities_of_table_1_are_placed_as_in_a_column_that_marks_them(names):
    other = replace(NETWORK, id="other")
    table = [
        {"city": "Leipzig", "country_as_published": "DE", "net": "no", "other": "yes"},
        {"city": "Graz", "country_as_published": "AT", "net": "no", "other": "no"},
        {"city": "Nowhereville", "country_as_published": "DE", "net": "yes", "other": "yes"},
    ]
    assert printed_places(table, [NETWORK, other], names) == {"Leipzig": LEIPZIG}


def test_a_network_without_an_accepted_listing_has_no_list(names):
    assert member_lists(seen(), names, AS_OF) == ()
    assert lists_in_use([seen()], names, AS_OF) == []
