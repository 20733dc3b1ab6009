"""The captures for replay: rebuilt pages, read by the network files as they stand."""

from itertools import groupby, pairwise

import pytest

from citynet.networks import pages_at
from reading.sample_listings import FOLDERS, NETWORKS, SAMPLES, facts_files, facts_of, listing_of, pages_built, rows_of

ROUNDS = {key: list(pages) for key, pages in groupby(pages_built(), key=lambda page: (page["network_id"], page["date"]))}

# Counted by hand on the sources' lists and in the columns of Table 1.
STATED = [
    ("arrival_cities", "2016-12-31", 10, "complete", "current"),
    ("arrival_cities", "2018-12-31", 1, "partial", "replication_only"),
    ("arrival_cities", "2025-07-09", 10, "complete", "current"),
    ("cemr", "2019-06-30", 60, "complete", "current"),
    ("cities_withrefugees", "2018-06-20", 12, "partial", "current"),
    ("clip", "2012-12-31", 23, "partial", "current"),
    ("eccar", "2013-12-31", 19, "partial", "current"),
    ("eccar", "2018-12-31", 22, "partial", "replication_only"),
    ("eurocities", "2018-12-31", 27, "partial", "replication_only"),
    ("global_parliament_of_mayors", "2018-12-31", 10, "partial", "replication_only"),
    ("global_parliament_of_mayors", "2021-10-28", 10, "partial", "current"),
    ("human_rights_cities", "2020-12-31", 8, "partial", "current"),
    ("human_rights_cities", "2021-12-31", 10, "partial", "current"),
    ("icorn", "2018-12-31", 10, "partial", "replication_only"),
    ("icorn", "2023-07-20", 17, "partial", "current"),
    ("integrating_cities", "2010-02-22", 17, "complete", "current"),
    ("integrating_cities", "2018-12-31", 25, "partial", "replication_only"),
    ("intercultural_cities", "2009-03-04", 9, "partial", "current"),
    ("intercultural_cities", "2010-02-28", 11, "complete", "current"),
    ("intercultural_cities", "2010-07-31", 11, "complete", "current"),
    ("mayors_migration_council", "2018-12-12", 8, "partial", "current"),
    ("mayors_migration_council", "2019-08-01", 9, "partial", "current"),
    ("mayors_migration_council", "2023-12-31", 10, "partial", "current"),
    ("mc2cm", "2018-12-31", 9, "complete", "current"),
    ("pact_of_free_cities", "2019-12-16", 4, "complete", "current"),
    ("pact_of_free_cities", "2021-09-16", 24, "complete", "current"),
    ("pact_of_free_cities", "2022-09-27", 30, "partial", "current"),
    ("partnership_inclusion", "2016-12-31", 10, "partial", "current"),
    ("partnership_inclusion", "2018-12-31", 5, "partial", "replication_only"),
    ("partnership_inclusion", "2023-12-31", 17, "complete", "current"),
    ("reci", "2017-12-31", 16, "complete", "current"),
    ("rpci", "2018-12-31", 13, "complete", "current"),
    ("seebruecke_sichere_haefen_niedersachsen", "2019-07-31", 16, "complete", "current"),
    ("seebruecke_sichere_haefen_niedersachsen", "2020-06-15", 30, "complete", "current"),
    ("share_network", "2013-12-31", 45, "partial", "current"),
    ("shelter_city", "2021-12-31", 17, "complete", "current"),
    ("solidacities", "2018-12-31", 6, "partial", "replication_only"),
    ("solidarity_cities", "2016-12-31", 10, "partial", "current"),
    ("solidarity_cities", "2017-12-31", 9, "partial", "current"),
    ("solidarity_cities", "2018-12-31", 9, "partial", "replication_only"),
    ("staedte_sicherer_haefen", "2019-06-14", 12, "complete", "current"),
    ("uia", "2016-10-12", 18, "complete", "current"),
    ("uia", "2017-10-31", 34, "complete", "current"),
    ("uia", "2018-10-10", 56, "complete", "current"),
    ("uia", "2019-08-31", 76, "complete", "current"),
    ("uia", "2020-07-08", 87, "complete", "current"),
    ("unesco_learning_cities", "2017-05-30", 2, "partial", "current"),
    ("unesco_learning_cities", "2021-01-26", 4, "partial", "current"),
    ("unesco_learning_cities", "2022-09-02", 46, "partial", "current"),
]

TIES = {
    **dict.fromkeys(("arrival_cities", "mc2cm", "partnership_inclusion", "share_network"), "partner"),
    "uia": "project_partner",
    **dict.fromkeys(("integrating_cities", "pact_of_free_cities", "staedte_sicherer_haefen", "cities_withrefugees"), "signatory"),
    **{"seebruecke_sichere_haefen_niedersachsen": "signatory", "human_rights_cities": "unknown", "cemr": "full|unknown"},
    **dict.fromkeys(("eccar", "icorn", "intercultural_cities", "reci", "rpci"), "full"),
    **dict.fromkeys(("clip", "shelter_city", "solidarity_cities", "unesco_learning_cities"), "full"),
    **dict.fromkeys(("global_parliament_of_mayors", "mayors_migration_council"), "board_seat"),
}


@pytest.mark.parametrize(("network_id", "date", "count", "coverage", "use"), STATED)
def test_the_listing_has_the_members_and_the_coverage_of_its_source(network_id, date, count, coverage, use):
    listing = listing_of(network_id, date)
    assert (len(listing.rows), listing.coverage, listing.use) == (count, coverage, use)
    assert [row.number for row in listing.rows] == list(range(1, count + 1))
    # the report marks that a city is in a network and not how
    assert {row.tie for row in listing.rows} == set(("unknown" if use == "replication_only" else TIES[network_id]).split("|"))


def test_no_sample_is_left_unread():
    assert [(path.parts[-2], path.parts[-1]) for path in FOLDERS] == sorted((network, date) for network, date, *_ in STATED)


@pytest.mark.parametrize(("network_id", "date"), ROUNDS)
def test_every_row_is_a_fact_of_its_source(network_id, date):
    stated = []
    for page in ROUNDS[network_id, date]:
        kinds = page["printed_kinds"].split("|")
        stated += [
            (
                f["source_url"],
                f["name_as_published"],
                f["country_as_published"],
                f["membership_kind"] if f["membership_kind"] in kinds else "",
            )
            for f in facts_of(page)
        ]
    read = listing_of(network_id, date).rows
    assert [(row.page_url, row.name_as_published, row.country_as_published, row.kind_as_published) for row in read] == stated


@pytest.mark.parametrize(("network_id", "date"), ROUNDS)
def test_coverage_is_as_the_facts_say_and_never_raised(network_id, date):
    said = {fact["complete"] for page in ROUNDS[network_id, date] for fact in facts_of(page)}
    assert listing_of(network_id, date).coverage == ("complete" if said == {"yes"} else "partial")


def test_every_fact_stands_on_a_page():
    shown = {(page["facts"], fact["name_as_published"]) for page in pages_built() for fact in facts_of(page)}
    assert shown == {(file.stem, row["name_as_published"]) for file in facts_files() for row in rows_of(file)}


def test_the_calls_of_the_innovative_actions_are_one_cumulative_listing():
    rounds = [listing_of("uia", date) for date in ("2016-10-12", "2017-10-31", "2018-10-10", "2019-08-31", "2020-07-08")]
    assert [len(listing.rows) for listing in rounds] == [18, 34, 56, 76, 87]
    for earlier, later in pairwise(rounds):
        assert later.rows[: len(earlier.rows)] == earlier.rows


@pytest.mark.parametrize(
    ("network_id", "date", "printed"),
    [
        ("seebruecke_sichere_haefen_niedersachsen", "2019-07-31", 16),
        ("seebruecke_sichere_haefen_niedersachsen", "2020-06-15", 30),
        ("shelter_city", "2021-12-31", 17),
        ("staedte_sicherer_haefen", "2019-06-14", 12),
        ("reci", "2017-12-31", None),
    ],
)
def test_a_total_that_the_source_prints_is_kept(network_id, date, printed):
    assert listing_of(network_id, date).printed_count == printed


def test_names_stay_as_printed_and_rows_lead_to_their_place_on_the_page():
    pact = listing_of("pact_of_free_cities", "2022-09-27")
    assert [row.name_as_published for row in pact.rows[:4]] == ["Budapest", "Prag", "Warschau", "Bratislava"]
    assert {row.country_as_published for row in pact.rows} == {""}
    assert (pact.rows[24].name_as_published, pact.rows[24].evidence) == ("Kyiv", "li 1")
    assert pact.rows[24].page_url.startswith("https://www.pactoffreecities.com/articles/")
    cut = listing_of("intercultural_cities", "2009-03-04")
    assert (cut.rows[2].name_as_published, cut.rows[2].country_as_published) == ("London-Greenwhich", "UK")
    table = listing_of("arrival_cities", "2018-12-31").rows[0]
    assert (table.name_as_published, table.country_as_published, table.evidence, table.tie) == ("Riga", "LV", "row 10", "unknown")
    lead = listing_of("arrival_cities", "2025-07-09").rows[0]
    assert (lead.name_as_published, lead.kind_as_published, lead.tie) == ("Amadora", "LEAD PARTNER", "partner")


def test_four_readers_are_used_on_the_samples():
    asked = {page.reader for network_id, date, *_ in STATED for page in pages_at(NETWORKS[network_id], date)}
    assert asked == {"list", "table", "cards", "paragraph"}


def test_an_association_stays_a_row_and_a_person_is_none():
    board = [row.name_as_published for row in listing_of("mayors_migration_council", "2019-08-01").rows]
    assert [name for name in board if "Mayor" in name] == []
    associations = listing_of("cemr", "2019-06-30").rows
    assert [(r.name_as_published, r.kind_as_published, r.tie) for r in associations if r.kind_as_published] == [
        (name, "associate, observer or invited", "unknown") for name in ("AMF*", "LGMA*", "AKK*")
    ]


def test_more_than_fifteen_networks_have_a_list_of_their_own_among_the_samples():
    """Table 1 of the report, which stands for nine networks, is not one."""
    assert len({network_id for network_id, *_, use in STATED if use == "current"}) >= 15


def test_nearly_every_string_changes_in_lower_saxony_while_one_stays():
    before = {row.name_as_published for row in listing_of("seebruecke_sichere_haefen_niedersachsen", "2019-07-31").rows}
    after = {row.name_as_published for row in listing_of("seebruecke_sichere_haefen_niedersachsen", "2020-06-15").rows}
    assert before & after == {"Region Hannover"}


def test_every_folder_is_there_for_a_network_of_the_registry():
    assert {path.name for path in SAMPLES.iterdir() if path.is_dir()} - set(NETWORKS) == {"facts", "statistics"}
