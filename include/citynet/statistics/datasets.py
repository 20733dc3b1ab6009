"""What the monitor asks of Eurostat: each request by name, so that a pull is a walk over this list."""

from dataclasses import dataclass

API = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
SOURCE_ID = "statistics"
"""The source under which a pull is captured and replayed."""
LAU_YEAR = 2019
"""Edition of the list of local units that is bundled; its populations are of 2018 or the nearest year a country delivered."""


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch. kind: jsonstat (see jsonstat.decode) | lau (see lau.read_lau). live: may be asked of the source."""

    dataset: str
    url: str
    kind: str
    live: bool


REQUESTS = (
    Request("lau_2019", "https://ec.europa.eu/eurostat/web/nuts/local-administrative-units", "lau", live=False),
    Request("urb_cpop1", f"{API}/urb_cpop1?format=JSON&lang=EN&indic_ur=DE1001V", "jsonstat", live=True),
)
"""DE1001V is the population on 1 January, total. The cube is always filtered by indicator: unfiltered it meets the limits
at which Eurostat answers later or not at all. The LAU list is an address of workbooks, of which we keep a trimmed table: it is
replayed only."""
