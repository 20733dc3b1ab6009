"""The 2018 report's claims as rows of table replication: claim, rule, our figure, verdict.

Table 1 is a sample chosen by number of memberships. What is computed from it checks the report's own arithmetic and
is no independent evidence; dated lists of the same networks are.
"""

from collections.abc import Mapping, Sequence

from citynet.analysis.listed_cities import DatedList, listed_claims
from citynet.analysis.report_text import text_claims
from citynet.analysis.table1 import (
    NETWORK_COLUMNS,
    Claim,
    Finding,
    Table,
    capitals,
    centre_left,
    cities,
    country_codes,
    footnote_14,
    ghent,
    mean_population,
    non_eu_of,
    row_sums,
    size_and_memberships,
    size_class_of,
    social_democratic,
    subnetworks,
)
from citynet.errors import ConfigError
from citynet.model import Network, Row

NETWORKS_CLAIMED = 27
EUROPEAN_CLAIMED = 10
MEMBERSHIPS_CLAIMED = 3
_CODED_BY_US = "Who began a network is our coding with its source; the report counts Eurocities and its subnetworks at European level."
_SIZE_RULE = "agrees if the printed letter is the OECD-EC class of the printed population (half-open intervals)"

CLAIMS = (
    Claim("cities_in_table", "30 cities", "text and heading of Table 1", "agrees if the table has 30 rows", cities),
    Claim("memberships_add_up", '"#": memberships of each city', "Table 1", "agrees if the crosses of every row add up to it", row_sums),
    Claim("mean_population", "mean population of 1.5 million", "text", "agrees if the mean rounds to 1.5 million", mean_population),
    Claim(
        "ghent_population",
        'Ghent: "around 240.000"',
        "text",
        "agrees if the printed population rounds to 240,000 at tens of thousands",
        ghent,
    ),
    Claim(
        "social_democratic", "13 cities with a social democratic mayor or majority", "text", "agrees if 13 rows say so", social_democratic
    ),
    Claim(
        "centre_left",
        '"most active cities are centre-left"',
        "text",
        "agrees if social democratic rows are over half of all rows",
        centre_left,
    ),
    Claim("footnote_14_sum", "13, 3 and 11 cities by politics", "footnote 14", "agrees if the groups add up to the 30 cities", footnote_14),
    Claim("size_class_ghent", "size class of Ghent", "Table 1", _SIZE_RULE, size_class_of("Ghent")),
    Claim("size_class_the_hague", "size class of The Hague", "Table 1", _SIZE_RULE, size_class_of("The Hague")),
    Claim("size_class_copenhagen", "size class of Copenhagen", "Table 1", _SIZE_RULE, size_class_of("Copenhagen")),
    Claim("capitals", "which cities are capitals", "Table 1", "agrees if every mark is as the city is", capitals),
    Claim(
        "subnetwork_members",
        "members of Integrating Cities and Solidarity Cities",
        "Table 1",
        "agrees if all are members of Eurocities, whose subnetworks they are",
        subnetworks,
    ),
    Claim("country_codes", "country codes", "Table 1", "agrees if all are ISO 3166-1 alpha-2", country_codes),
    Claim(
        "non_eu_barcelona",
        "Barcelona: 23.8 % non-EU citizens",
        "Table 1",
        "not testable without another source; named as a possible misprint if over 1.5 interquartile ranges above the third quartile "
        "of the table's cities and over twice the share of the next city of its country",
        non_eu_of("Barcelona"),
    ),
    Claim(
        "size_and_memberships",
        '"no discernible correlation" between size and memberships',
        "text",
        "not testable if all rows were chosen by three or more memberships; else agrees if the 95 % interval holds zero",
        size_and_memberships,
    ),
)


def replication(
    table1: Sequence[Mapping[str, str]],
    networks: Sequence[Network],
    families: Mapping[str, str],
    lists: Sequence[DatedList],
    places: Mapping[str, str],
    as_of: str,
) -> list[Row]:
    """Rows of table replication sorted by claim_id.

    table1: rows of the printed table; families: network_id -> family_id; lists: what other sources list for its networks;
    places: its cities -> their municipality, those matched with certainty. ConfigError: a column, city or number of
    Table 1 is missing.
    """
    _check(table1)
    names = {network.id: network.name for network in networks}
    bases = {
        "recomputed_from_same_table": (*CLAIMS, *text_claims()),
        "registry": _registry_claims(networks, families),
        "independent_listings": listed_claims(lists, places, names),
    }
    rows = [_row(claim, claim.find(table1), basis, as_of) for basis, claims in bases.items() for claim in claims]
    return sorted(rows, key=lambda row: str(row["claim_id"]))


def _check(table: Table) -> None:
    needed = {
        "city",
        "country_as_published",
        "memberships",
        "population",
        "size_class_as_published",
        "capital",
        "non_eu_percent",
        "politics",
        *NETWORK_COLUMNS,
    }
    absent = sorted(needed - set(table[0])) if table else sorted(needed)
    places = sorted({"Ghent", "The Hague", "Copenhagen", "Barcelona"} - {row.get("city", "") for row in table})
    if absent or places:
        raise ConfigError(f"Table 1 of the 2018 report: expected all its columns and cities, missing {', '.join(absent + places)}")
    odd = [row["city"] for row in table if not _numbered(row)]
    if odd:
        expected = "whole numbers in population and memberships, a decimal number in non_eu_percent"
        raise ConfigError(f"Table 1 of the 2018 report: expected {expected}; not so for {', '.join(odd)}")


def _numbered(row: Mapping[str, str]) -> bool:
    whole, point, part = row["non_eu_percent"].partition(".")
    return all(n.isdecimal() for n in (row["population"], row["memberships"], whole, *([part] if point else [])))


def _row(claim: Claim, finding: Finding, basis: str, as_of: str) -> Row:
    return {
        "claim_id": claim.claim_id,
        "claim": claim.claim,
        "place_in_report": claim.place,
        "basis": basis,
        "our_figure": finding.figure,
        "verdict": finding.verdict,
        "rule": claim.rule,
        "note": finding.note or None,
        "as_of": as_of,
    }


def _registry_claims(networks: Sequence[Network], families: Mapping[str, str]) -> tuple[Claim, ...]:
    named = [network for network in networks if any(str(paper).startswith("oomen") for paper in _listed(network.facts.get("named_in")))]
    european = sum(network.facts.get("initiated_by") in ("eu", "council_of_europe") for network in named)
    enough = (
        f"not testable while the registry holds fewer than {NETWORKS_CLAIMED} networks of the report; else agrees if the number is the same"
    )
    return (
        Claim("networks", "27 networks", "text", enough, lambda _: _counted(len(named), NETWORKS_CLAIMED, len(named))),
        Claim(
            "european_level",
            "10 networks initiated at European level",
            "text",
            enough,
            lambda _: _counted(european, EUROPEAN_CLAIMED, len(named), _CODED_BY_US),
        ),
        Claim(
            "three_or_more_families",
            "cities in three or more networks",
            "heading of Table 1",
            "agrees if every city has three or more when related networks count as one family",
            lambda table: _families_left(table, families),
        ),
    )


def _counted(found: int, claimed: int, held: int, note: str = "") -> Finding:
    if held < NETWORKS_CLAIMED:
        return Finding(f"{found} so far", "not_testable", f"The registry holds {held} networks named in the report. {note}".strip())
    return Finding(str(found), "agrees" if found == claimed else "differs", note)


def _families_left(table: Table, families: Mapping[str, str]) -> Finding:
    absent = [name for name in NETWORK_COLUMNS if name not in families]
    if absent:
        return Finding("", "not_testable", f"Not in the registry: {', '.join(absent)}.")
    below = sum(len({families[name] for name in NETWORK_COLUMNS if row[name] == "yes"}) < MEMBERSHIPS_CLAIMED for row in table)
    verdict = "weaker_or_stronger_than_the_table_allows" if below else "agrees"
    return Finding(f"{below} of {len(table)} cities fall below three", verdict, "A subnetwork's members are members of its parent.")


def _listed(value: object) -> tuple[object, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ((value,) if value else ())
