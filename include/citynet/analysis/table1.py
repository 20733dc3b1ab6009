"""Claims of the 2018 report held against its own Table 1: rules written first, figures computed from the rows.

Source: Oomen, Baumgärtel, Durmuş (2018), Transnational City Networks and Migration Policy, Cities of Refuge.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean, median, quantiles

from citynet.analysis.ranks import leaving_one_out, spearman, spearman_interval, spearman_p

Table = Sequence[Mapping[str, str]]

CITIES_CLAIMED = 30
MEAN_CLAIMED_MILLIONS = 1.5
GHENT_CLAIMED = 240_000
SOCIAL_DEMOCRATIC_CLAIMED = 13
FOOTNOTE_14 = (13, 3, 11)
GLOBAL_CITIES = ("London", "Paris")

NETWORK_COLUMNS = (
    "eurocities",
    "global_parliament_of_mayors",
    "eccar",
    "integrating_cities",
    "solidacities",
    "arrival_cities",
    "icorn",
    "partnership_inclusion",
    "solidarity_cities",
)
SUBNETWORKS_OF_EUROCITIES = ("integrating_cities", "solidarity_cities")

SIZE_CLASSES = ((50_000, "S"), (100_000, "M"), (250_000, "L"), (500_000, "XL"), (1_000_000, "XXL"), (5_000_001, "GC"))
"""From how many residents: Dijkstra and Poelman (2012), Cities in Europe: the new OECD-EC definition, RF 01/2012. Half-open."""

CAPITALS = frozenset(
    [
        "Amsterdam",
        "Athens",
        "Berlin",
        "Brussels",
        "Copenhagen",
        "Helsinki",
        "London",
        "Madrid",
        "Nicosia",
        "Oslo",
        "Paris",
        "Riga",
        "Stockholm",
        "Vienna",
        "Warsaw",
    ]
)
"""Capitals of the table's countries: Interinstitutional Style Guide of the EU, annexes A5 and A6."""

COUNTRY_CODES = frozenset(["AT", "BE", "CY", "DE", "DK", "ES", "FI", "FR", "GB", "GR", "LV", "NL", "NO", "PL", "SE"])
"""ISO 3166-1 alpha-2 codes of the table's countries."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What came of a claim: figure and verdict, and what a reader must know."""

    figure: str
    verdict: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim with its rule and the function that applies it."""

    claim_id: str
    claim: str
    place: str
    rule: str
    find: Callable[[Table], Finding]


def cities(table: Table) -> Finding:
    """How many cities the table has."""
    return Finding(f"{len(table)} cities", "agrees" if len(table) == CITIES_CLAIMED else "internal_contradiction", "Possible misprint.")


def row_sums(table: Table) -> Finding:
    """Whether the crosses of each row add up to its "#"."""
    off = [row["city"] for row in table if memberships(row) != int(row["memberships"])]
    figure = f"{len(table) - len(off)} of {len(table)} rows add up" + (f"; not: {', '.join(off)}" if off else "")
    return Finding(figure, "internal_contradiction" if off else "agrees")


def mean_population(table: Table) -> Finding:
    """Mean population beside what carries it."""
    everyone, most = _populations(table), _populations([row for row in table if row["city"] not in GLOBAL_CITIES])
    figure = f"mean {fmean(everyone):,.0f}; median {median(everyone):,.0f}; mean without {' and '.join(GLOBAL_CITIES)} {fmean(most):,.0f}"
    verdict = "agrees" if round(fmean(everyone) / 1e6, 1) == MEAN_CLAIMED_MILLIONS else "internal_contradiction"
    return Finding(figure, verdict, "Two cities carry the mean. Printed populations mix municipalities and wider areas.")


def ghent(table: Table) -> Finding:
    """Ghent's population as printed."""
    printed = int(_row(table, "Ghent")["population"])
    verdict = "agrees" if round(printed, -4) == GHENT_CLAIMED else "internal_contradiction"
    return Finding(f"{printed:,}", verdict)


def social_democratic(table: Table) -> Finding:
    """How many cities are printed as social democratic."""
    found = Counter(row["politics"] for row in table)["Social Democratic"]
    return Finding(f"{found} of {len(table)}", "agrees" if found == SOCIAL_DEMOCRATIC_CLAIMED else "internal_contradiction")


def centre_left(table: Table) -> Finding:
    """The share of cities left of the centre: of all, and of those whose politics the report could tell."""
    politics = Counter(row["politics"] for row in table)
    social, left, known = (
        politics["Social Democratic"],
        politics["Social Democratic"] + politics["Centre-left"],
        len(table) - politics["Unclear"],
    )
    figure = f"social democratic {social} of {len(table)} ({social / len(table):.0%}); with centre-left {left} of the {known} classifiable"
    verdict = "agrees" if 2 * social > len(table) else "weaker_or_stronger_than_the_table_allows"
    return Finding(figure, verdict, "Holds among the classifiable only. Politics is quoted here as printed and used nowhere else.")


def footnote_14(table: Table) -> Finding:
    """Whether the groups of footnote 14 add up to all cities."""
    politics = Counter(row["politics"] for row in table)
    groups = (politics["Social Democratic"], politics["Unclear"], len(table) - politics["Social Democratic"] - politics["Unclear"])
    figure = f"{' + '.join(map(str, FOOTNOTE_14))} = {sum(FOOTNOTE_14)} of {CITIES_CLAIMED}"
    note = f"The table: {groups[0]} social democratic, {groups[1]} unclear, {groups[2]} other, {sum(groups)} in all."
    return Finding(figure, "agrees" if sum(FOOTNOTE_14) == CITIES_CLAIMED else "internal_contradiction", note)


def size_class_of(city: str) -> Callable[[Table], Finding]:
    """The test of one city's printed size class against its printed population."""

    def find(table: Table) -> Finding:
        row = _row(table, city)
        fits = size_class(int(row["population"]))
        figure = f"printed {row['size_class_as_published']} with {int(row['population']):,} residents, which is {fits}"
        note = "The letters classify an urban centre's residents; the printed population may be of another territory."
        return Finding(figure, "agrees" if fits == row["size_class_as_published"] else "internal_contradiction", note)

    return find


def capitals(table: Table) -> Finding:
    """Cities whose mark as a capital differs from what they are."""
    off = [row["city"] for row in table if (row["capital"] == "yes") != (row["city"] in CAPITALS)]
    note = "Possible misprint." if off else ""
    return Finding(f"marked otherwise than they are: {', '.join(off) or 'none'}", "differs" if off else "agrees", note)


def subnetworks(table: Table) -> Finding:
    """Cities in a subnetwork of Eurocities and not in Eurocities."""
    inside = [row for row in table if any(row[name] == "yes" for name in SUBNETWORKS_OF_EUROCITIES)]
    off = [row["city"] for row in inside if row["eurocities"] != "yes"]
    note = "Possible misprint; or the subnetwork admits cities that are not members." if off else ""
    return Finding(f"in a subnetwork only: {', '.join(off) or 'none'}", "internal_contradiction" if off else "agrees", note)


def country_codes(table: Table) -> Finding:
    """Printed codes that are not ISO 3166-1 alpha-2."""
    off = sorted({row["country_as_published"] for row in table} - COUNTRY_CODES)
    note = "PL, SE and GB in ISO 3166-1; EU texts also write UK." if off else ""
    return Finding(f"no code of ISO 3166-1: {', '.join(off) or 'none'}", "differs" if off else "agrees", note)


def non_eu_of(city: str) -> Callable[[Table], Finding]:
    """How far one city's printed share of non-EU citizens lies from the others', above all from those of its own country."""

    def find(table: Table) -> Finding:
        share, limit, country = _share(_row(table, city)), outlying_above(table), _row(table, city)["country_as_published"]
        others = [row for row in table if row["city"] != city]
        near = max((row for row in others if row["country_as_published"] == country), key=_share)
        too = [f"{row['city']} {row['non_eu_percent']} %" for row in others if _share(row) > limit]
        rank = "the highest" if all(share > _share(row) for row in others) else "not the highest"
        figure = (
            f"{share:.1f} %, {rank} of {len(table)}; outlying above {limit:.1f} %; next in {country} {near['city']} {_share(near):.1f} %"
        )
        if share <= limit or share <= 2 * _share(near):
            return Finding(figure, "not_testable", "No outlier by this rule.")
        note = "Possible misprint: outlying, and over twice the share of the next city of its country."
        return Finding(figure, "not_testable", f"{note} Outlying too, alone of its country: {', '.join(too)}." if too else note)

    return find


def outlying_above(table: Table) -> float:
    """Tukey's upper fence of the printed shares, in percent: third quartile and 1.5 interquartile ranges."""
    first, _, third = quantiles([_share(row) for row in table], n=4, method="inclusive")
    return third + 1.5 * (third - first)


def size_and_memberships(table: Table) -> Finding:
    """Rank correlation of population and memberships: a sample chosen by memberships cannot test it."""
    numbers, residents = [float(row["memberships"]) for row in table], _populations(table)
    rho = spearman(numbers, residents)
    (low, high), (least, most) = spearman_interval(tuple(numbers), tuple(residents)), leaving_one_out(numbers, residents)
    uncertain = f"p {spearman_p(rho, len(table)):.2f}; 95 % {low:.2f} to {high:.2f}; leaving one out {least:.2f} to {most:.2f}"
    figure = f"Spearman {rho:.2f} (n = {len(table)}; {uncertain})"
    verdict = "not_testable" if min(numbers) >= 3 else ("agrees" if low <= 0 <= high else "differs")
    return Finding(
        figure,
        verdict,
        "Compatible with no relation and with a moderate one; cities with fewer than three memberships are not in the table. "
        "p by Student's t, interval by resampling the cities.",
    )


def memberships(row: Mapping[str, str]) -> int:
    """The crosses of one row."""
    return sum(row[name] == "yes" for name in NETWORK_COLUMNS)


def size_class(residents: int) -> str:
    """The OECD-EC letter for so many residents; "" below 50,000. GC (global city) lies above five million."""
    return next((letter for least, letter in reversed(SIZE_CLASSES) if residents >= least), "")


def _share(row: Mapping[str, str]) -> float:
    return float(row["non_eu_percent"])


def _populations(table: Table) -> list[float]:
    return [float(row["population"]) for row in table]


def _row(table: Table, city: str) -> Mapping[str, str]:
    return next(row for row in table if row["city"] == city)
