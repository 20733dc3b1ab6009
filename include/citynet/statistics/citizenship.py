"""The share of residents without the citizenship of an EU country: of cities (urb_cpopcb) and of countries (migr_pop1ctz)."""

from typing import TYPE_CHECKING

from citynet.statistics.shares import Measure, Way, shares
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

POPULATION = "DE1001V"
NATIONALS, EU_FOREIGNERS, NON_EU_FOREIGNERS, FOREIGNERS = "DE2001V", "DE2002V", "DE2003V", "DE2012V"
NON_EU_SHARE = "DE2003I"

NON_EU_CITIZENS = Measure(
    "non_eu_citizens_share",
    NON_EU_SHARE,
    (
        Way((NON_EU_FOREIGNERS,), (POPULATION,)),
        Way((FOREIGNERS,), (POPULATION,), minus=(EU_FOREIGNERS,)),
        Way((NON_EU_FOREIGNERS,), (NATIONALS, FOREIGNERS)),
    ),
    everybody=(NATIONALS, FOREIGNERS),
)
"""Of statistical cities. Every resident who is neither a national nor a citizen of another EU country counts as non-EU (EFTA, stateless
and unknown citizenship, and the United Kingdom from the reference year 2020 on): so the statistical offices that deliver the counts."""
COUNTRY_NON_EU_CITIZENS = Measure(
    "non_eu_citizens_share",
    "",
    (
        Way(("NEU27_2020_FOR",), ("TOTAL",)),
        Way(("FOR_STLS",), ("TOTAL",), minus=("EU27_2020_FOR",)),
        Way(("NEU27_2020_FOR",), ("NAT", "FOR_STLS")),
    ),
)
"""Of countries, by the groups of citizenship of migr_pop1ctz, which hold the European Union constant at its 27 countries of 2020."""
CONSTANT_EU = "EU27_2020"

EU_DEFINITIONS = ((2020, "EU27_2020"), (2013, "EU28"), (2007, "EU27_2007"), (2004, "EU25"), (1995, "EU15"), (1986, "EU12"))
"""From which reference year which countries are taken for the European Union (Eurostat's names of its aggregates). Assumed by the
reference year: the source does not state it figure by figure, and a figure of 1 January may stand before an accession of that year
or before the United Kingdom's leaving. That leaving moves people from EU to non-EU, which is no migration."""
ASSUMED = "EU definition assumed by the reference year, not stated by the source; another one is a break"
NOTE = f"citizenship, not migration; EFTA, stateless and unknown citizenship count as non-EU; {ASSUMED}"
COUNTRY_NOTE = "citizenship, not migration; against the EU27 of 2020 in every year; stateless and unknown citizenship may be left out"


def eu_definition(year: int) -> str:
    """What the European Union is taken to be in figures of that reference year; "" before 1986."""
    return next((name for since, name in EU_DEFINITIONS if year >= since), "")


def non_eu_shares(citizenship: Observations, *population: Observations) -> "pd.DataFrame":
    """The share of every statistical city and year that has one, as `shares` gives it, with eu_definition by the reference year.

    citizenship: urb_cpopcb; population: urb_cpop1, where it is at hand.
    """
    return with_eu_definition(shares(NON_EU_CITIZENS, citizenship, *population))


def country_non_eu_shares(citizenship: Observations) -> "pd.DataFrame":
    """The share of every country and year that has one, as `shares` gives it, against the European Union of 2020 in all years."""
    return shares(COUNTRY_NON_EU_CITIZENS, citizenship).assign(eu_definition=CONSTANT_EU)


def with_eu_definition(found: "pd.DataFrame") -> "pd.DataFrame":
    """The rows with the European Union of their reference year beside them."""
    return found.assign(eu_definition=found["year"].map({year: eu_definition(year) for year in found["year"].unique()}).astype("str"))
