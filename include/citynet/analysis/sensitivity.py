"""Table headline_sensitivity: each headline recomputed in other ways that were fixed beforehand, and whether it then still says the same.

A headline is a share and a bound fixed with it; it says that the share is above the bound or that it is not. An alternative is survived
where it says the same. What cannot be computed is not survived, and told apart.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.model import Row

VERSION, FIXED_ON = 3, "2026-11-23"
"""Of the headlines, their bounds and their alternatives; docs/methodology.md says the same."""
DIGITS = 6

CORE, WITHOUT_LARGEST, PARTIAL = "core_relevance_only", "without_the_largest_network", "with_partial_lists"
ALTERNATIVES = {
    CORE: "networks with migration as their core alone",
    WITHOUT_LARGEST: "without the network with the most municipalities on its complete list",
    PARTIAL: "members known from partial lists too (known members only, no share of all)",
    "complete_lists_only": "members on complete lists alone",
    "by_networks": "counted by networks, not by families",
    "by_families": "counted by families of networks, not by networks",
    "two_or_more": "two or more instead of three or more",
    "four_or_more": "four or more instead of three or more",
    "most_connected_tenth": "the tenth of municipalities with the most memberships instead",
    "at_least_five_shared": "pairs that share at least five municipalities",
    "beyond_chance_within_country": "tested pairs beyond fixed margins within countries (q at most 0.05)",
    "beyond_chance_fixed_margins": "tested pairs beyond fixed margins (q at most 0.05)",
    "beyond_chance_hypergeometric": "tested pairs beyond the sizes of their lists (q at most 0.05)",
    "beyond_chance_bicm": "tested pairs beyond the configuration model (q at most 0.05)",
    "standardised_by_country": "readings with the countries of the members held fixed",
    "against_those_who_may_join": "against the municipalities that each network's rules admit",
    "against_residents": "against residents instead of municipalities",
    "names_without_any_candidate": "names for which no place is even suggested",
}
"""Alternative -> the same in words."""


@dataclass(frozen=True, slots=True)
class Headline:
    """One headline. bound: it says whether its share is above it; alternatives: fixed beforehand."""

    headline: str
    label: str
    bound: float
    alternatives: tuple[str, ...]

    def says(self, share: float) -> str:
        """above_bound | at_most_bound."""
        return "above_bound" if share > self.bound else "at_most_bound"


HEADLINES = (
    Headline("complete_lists", "Share of the networks followed that have a complete list", 0.5, (CORE, WITHOUT_LARGEST, PARTIAL)),
    Headline(
        "memberships_in_core",
        "Share of the memberships counted that are in networks with migration as their core",
        0.5,
        (WITHOUT_LARGEST, "complete_lists_only", "by_families"),
    ),
    Headline(
        "in_one_network_only",
        "Share of the municipalities in at least one observed network that are in one only",
        0.5,
        (CORE, WITHOUT_LARGEST, PARTIAL, "by_families"),
    ),
    Headline(
        "in_three_families",
        "Share of the municipalities that are in three or more families of networks",
        0.1,
        (CORE, WITHOUT_LARGEST, PARTIAL, "by_networks", "two_or_more", "four_or_more"),
    ),
    Headline(
        "held_by_those",
        "Share of memberships held by the municipalities in three or more families",
        0.25,
        (CORE, WITHOUT_LARGEST, PARTIAL, "by_networks", "two_or_more", "four_or_more", "most_connected_tenth"),
    ),
    Headline(
        "pairs_that_share",
        "Share of the compared pairs of networks that share members",
        0.5,
        (
            *(CORE, WITHOUT_LARGEST, PARTIAL, "at_least_five_shared", "beyond_chance_within_country"),
            *("beyond_chance_fixed_margins", "beyond_chance_hypergeometric", "beyond_chance_bicm"),
        ),
    ),
    Headline(
        "representation_told",
        "Share of the size classes, network by network, that are surely over- or under-represented",
        0.5,
        (CORE, WITHOUT_LARGEST, "standardised_by_country", "against_those_who_may_join", "against_residents"),
    ),
    Headline(
        "names_not_matched",
        "Share of the printed names that are not matched to a place",
        0.05,
        (CORE, WITHOUT_LARGEST, "complete_lists_only", "names_without_any_candidate"),
    ),
)
"""The headlines in the order in which they are shown."""


@dataclass(frozen=True, slots=True)
class Share:
    """part of whole, of what; because: why there is none."""

    part: int
    whole: int
    because: str = ""

    @property
    def value(self) -> float | None:
        """None where there is nothing to divide by."""
        return None if self.because or not self.whole else float(f"{self.part / self.whole:.{DIGITS}g}")


def headline_sensitivity(published: Mapping[str, Share], others: Mapping[tuple[str, str], Share], as_of: str) -> list[Row]:
    """One row for each alternative of each headline. published: headline -> its share; others: that under an alternative."""
    rows: list[Row] = []
    for headline in HEADLINES:
        made = [_row(headline, name, published[headline.headline], others[headline.headline, name]) for name in headline.alternatives]
        survived = [ALTERNATIVES[str(row["alternative"])] for row in made if row["survived"] == "yes"]
        badge = f"{len(survived)} of {len(made)} alternatives survived{': ' if survived else ''}{'; '.join(survived)}"
        rows += [{**row, "badge": badge, "version": VERSION, "fixed_on": FIXED_ON, "as_of": as_of} for row in made]
    return rows


def _row(headline: Headline, alternative: str, published: Share, other: Share) -> Row:
    shown, then = published.value, other.value
    says, says_then = (None if value is None else headline.says(value) for value in (shown, then))
    known = says is not None and says_then is not None
    because = (
        "" if known else (published.because or "the headline itself has no figure" if says is None else other.because or "nothing to count")
    )
    return {
        "headline": headline.headline,
        "alternative": alternative,
        "label": headline.label,
        "alternative_in_words": ALTERNATIVES[alternative],
        "bound": headline.bound,
        "says": says,
        "figure_published": shown,
        "figure": then,
        "part": other.part if then is not None else None,
        "whole": other.whole if then is not None else None,
        "survived": "not_computable" if not known else "yes" if says == says_then else "no",
        "not_computed_because": because or None,
    }


def shares_held(counts: Sequence[int], memberships: Sequence[int], least: int) -> tuple[Share, Share]:
    """Of municipalities those in at least so many, and of memberships those that they hold; counts and memberships go pairwise."""
    inside = [number for number, count in enumerate(counts) if count >= least]
    return Share(len(inside), len(counts)), Share(sum(memberships[number] for number in inside), sum(memberships))
