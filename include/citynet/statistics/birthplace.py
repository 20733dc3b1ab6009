"""Shares of residents by country of birth (urb_cpopcb): indicators of their own, never mixed with citizenship.

Who was born abroad may be a citizen of the country, and who was born in it may be none.
"""

from typing import TYPE_CHECKING

from citynet.statistics.citizenship import POPULATION, with_eu_definition
from citynet.statistics.shares import Measure, Way, shares
from citynet.statistics.values import Observations

if TYPE_CHECKING:
    import pandas as pd

NATIVE_BORN, FOREIGN_BORN, EU_BORN, BORN_OUTSIDE_EU = "DE2008V", "DE2009V", "DE2010V", "DE2011V"

FOREIGN_BORN_SHARE = Measure(
    "foreign_born_share",
    "",
    (
        Way((FOREIGN_BORN,), (POPULATION,)),
        Way((EU_BORN, BORN_OUTSIDE_EU), (POPULATION,)),
        Way((FOREIGN_BORN,), (NATIVE_BORN, FOREIGN_BORN)),
    ),
    everybody=(NATIVE_BORN, FOREIGN_BORN),
)
BORN_OUTSIDE_EU_SHARE = Measure(
    "born_outside_eu_share",
    "",
    (
        Way((BORN_OUTSIDE_EU,), (POPULATION,)),
        Way((FOREIGN_BORN,), (POPULATION,), minus=(EU_BORN,)),
        Way((BORN_OUTSIDE_EU,), (NATIVE_BORN, FOREIGN_BORN)),
    ),
    everybody=(NATIVE_BORN, FOREIGN_BORN),
)
NOTE = "country of birth, not citizenship and not migration background"


def foreign_born_shares(birthplace: Observations, *population: Observations) -> "pd.DataFrame":
    """The share of residents born in another country than the one they live in, as `shares` gives it; no EU definition is involved."""
    return shares(FOREIGN_BORN_SHARE, birthplace, *population).assign(eu_definition="")


def born_outside_eu_shares(birthplace: Observations, *population: Observations) -> "pd.DataFrame":
    """The share of residents born in no country of the European Union as it was in the reference year."""
    return with_eu_definition(shares(BORN_OUTSIDE_EU_SHARE, birthplace, *population))
