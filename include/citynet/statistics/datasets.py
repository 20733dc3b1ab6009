"""What the monitor takes from statistical sources: each request by name, so that a pull is a walk over this list."""

from dataclasses import dataclass

API = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
SOURCE_ID = "statistics"
"""The source under which a pull is captured and replayed."""
LAU_YEAR = 2019
"""Edition of the list of local units that is bundled; its populations are of 2018 or the nearest year a country delivered."""

LAU_SOURCE = f"Source: Eurostat, local administrative units {LAU_YEAR}"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch. kind: jsonstat | lau | universes | table1, which says what reads it. live: may be asked of the source.

    source_type, source_class and note: what table sources says of it.
    """

    dataset: str
    url: str
    kind: str
    live: bool
    source_type: str = "statistics"
    source_class: str = "statistical_office"
    note: str = "Source: Eurostat, CC BY 4.0"


REQUESTS = (
    Request("lau_2019", "https://ec.europa.eu/eurostat/web/nuts/local-administrative-units", "lau", live=False),
    Request(
        "oomen_2018",
        "https://citiesofrefuge.eu/publications/transnational-city-networks-and-migration-policy#table-1",
        "table1",
        live=False,
        source_type="literature",
        source_class="third_party",
        note="Oomen, Baumgärtel, Durmuş 2018, Table 1, as printed",
    ),
    Request(
        "universes_2019",
        "https://ec.europa.eu/eurostat/documents/345175/501971/EU-28-LAU-2019-NUTS-2016.xlsx",
        "universes",
        live=False,
        note="Source: Eurostat, CC BY 4.0; counted from the units of 2019",
    ),
    Request("urb_cpop1", f"{API}/urb_cpop1?format=JSON&lang=EN&indic_ur=DE1001V", "jsonstat", live=True),
    Request("urb_cpopcb", f"{API}/urb_cpopcb?format=JSON&lang=EN&indic_ur=DE2003I", "jsonstat", live=False),
)
"""DE1001V is the population on 1 January, total; DE2003I the share of residents with a citizenship of no EU country. A cube is
always filtered by indicator: unfiltered it meets the limits at which Eurostat answers later or not at all. The LAU list is a
workbook, of which we keep a trimmed table and a table of counts; they, and the table of a report, are replayed only. So is
urb_cpopcb, until an answer of the service has been seen."""


def request_of(dataset: str) -> Request:
    """The request by the name of its data set; StopIteration never: names come from REQUESTS."""
    return next(request for request in REQUESTS if request.dataset == dataset)
