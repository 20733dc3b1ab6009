"""The report's shares as printed stand beside Eurostat's, of the 29 cities as they are on the lists. Eurostat's are synthetic."""

import pytest

from bundled_datasets import DATASETS
from citynet.model import Network, Row
from citynet.networks.registry import load
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import PROJECT, open_outside
from citynet.pipelines.place_tables import describe, place_rows
from citynet.pipelines.statistics import Statistics
from citynet.pipelines.statistics_tables import city_statistic_rows, trend_rows
from citynet.statistics.printed_shares import read_printed_shares
from observed import Cell, decoded, observed

SAMPLES = PROJECT / "include/samples/statistics"
GHENT, VIENNA, GENEVA, MALMO, BARCELONA = "gn2797656", "gn2761369", "gn2660646", "gn2692969", "gn3128760"
SHARES: list[Cell] = [
    ("DE2003I", "BE003C", 2021, 7.5, "d"),
    ("DE2003I", "AT001C", 2014, 14.0, ""),
    ("DE2003I", "CH003C", 2011, 21.0, "e"),
]
NETWORKS = load(str(PROJECT / "include/networks")).networks


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> Names:
    """With the project's own judgements: what the printed country codes mean is judged on."""
    judgements = {"CITYNET_JUDGEMENTS": str(PROJECT / "include/judgements")}
    return open_names(open_outside({"CITYNET_STORE": str(tmp_path_factory.mktemp("world")), "CITYNET_MODE": "none", **judgements}))


@pytest.fixture(scope="module")
def known() -> Statistics:
    body = (SAMPLES / "2026-08-31/urb_cpop1_DE1001V.json").read_bytes()
    printed = read_printed_shares((SAMPLES / "2018-12-31/table1.csv").read_bytes())
    cubes = {"urb_cpop1": decoded("urb_cpop1", body), "urb_cpopcb": observed("urb_cpopcb", SHARES)}
    return Statistics(datasets=DATASETS, observations=cubes, printed=printed)


def rows_of(place_ids: list[str], known: Statistics, names: Names, networks: list[Network] | None = None) -> list[Row]:
    return city_statistic_rows(describe(place_ids, names, known), known, names, networks or list(NETWORKS), "2026-09-01")


def test_figures_of_two_sources_stand_beside_each_other(known: Statistics, names: Names) -> None:
    rows = rows_of([GHENT, VIENNA, GENEVA, MALMO], known, names)
    shares = {(r["place_id"], r["source_id"]): r for r in rows if r["indicator"] == "non_eu_citizens_share"}
    assert {key: (r["value"], r["year"], r["eu_definition"], r["age_years"]) for key, r in shares.items()} == {
        (GHENT, "oomen_2018"): (5.9, None, None, None),
        (VIENNA, "oomen_2018"): (16.3, None, None, None),
        (MALMO, "oomen_2018"): (6.2, None, None, None),
        (GHENT, "urb_cpopcb"): (7.5, 2021, "EU27_2020", 5),
        (VIENNA, "urb_cpopcb"): (14.0, 2014, "EU28", 12),
        (GENEVA, "urb_cpopcb"): (21.0, 2011, "EU27_2007", 15),
    }
    assert {r["territory_kind"] for (_, source), r in shares.items() if source == "oomen_2018"} == {"as_printed"}


def test_vienna_is_labelled_a_greater_city_and_said_to_be_the_city_alone(known: Statistics, names: Names) -> None:
    found = describe([VIENNA, GENEVA], names, known)
    rows = city_statistic_rows(found, known, names, list(NETWORKS), "2026-09-01") + trend_rows(found, known, "2026-09-01")
    said = "AT001C: labelled a greater city, and its figures are those of AT001C1, the city alone, in 15 years"
    vienna = [str(r["note"]) for r in rows if r["territory_code"] == "AT001C"]
    assert len(vienna) == 4
    assert all(said in note for note in vienna)
    assert not [r for r in rows if r["place_id"] == GENEVA and said in str(r["note"])]


def test_a_share_is_never_the_population_of_a_place(known: Statistics, names: Names) -> None:
    """The share is of the same city and of another year: it must not enter the populations."""
    (row,) = [r for r in place_rows(describe([GENEVA], names, known)) if r["place_id"] == GENEVA]
    assert (row["population_statistical_city"], row["population_statistical_city_code"]) == (437_406, "CH003C")
    assert (row["non_eu_citizens_share"], row["non_eu_citizens_share_year"]) == (21.0, 2011)


def test_all_29_cities_of_the_report_lead_to_a_place_and_the_possible_misprint_is_noted(known: Statistics, names: Names) -> None:
    by_id = {n.id: n for n in NETWORKS}
    ids = {names.resolve(by_id[share.networks[0]], share.city, share.country_as_published).place_id for share in known.printed}
    assert len(ids) == 29
    printed = {r["place_id"]: r for r in rows_of(sorted(ids), known, names) if r["source_id"] == "oomen_2018"}
    assert len(printed) == 29
    assert printed[BARCELONA]["value"] == 23.8
    assert [place_id for place_id, r in printed.items() if "misprint" in str(r["note"])] == [BARCELONA]
    assert all("sample of cities chosen by number of memberships" in str(r["note"]) for r in printed.values())


def test_a_city_that_is_no_place_of_the_release_has_no_figure(known: Statistics, names: Names) -> None:
    assert {r["place_id"] for r in rows_of([GHENT], known, names)} == {GHENT}
