"""What the monitor takes from statistical sources: each request by name, so that a pull is a walk over this list."""

from dataclasses import dataclass

API = "https://ec.europa.eu/eurostat/api/dissemination/statistics/1.0/data"
SOURCE_ID = "statistics"
"""The source under which a pull is captured and replayed."""
LAU_EDITIONS = ("lau_2024", "lau_2019")
"""The lists of local units, the newest first: it is used where it is at hand. Populations are of the nearest year a country gave."""
CENSUSES = {2019: {"GR": 2011, "IE": 2016, "PT": 2011}}
"""Edition -> country -> year of the census whose total its populations add up to, to the person."""
WORKBOOKS = "https://ec.europa.eu/eurostat/documents/345175/501971"


@dataclass(frozen=True, slots=True)
class Request:
    """One thing to fetch. kind: jsonstat | lau | universes | table1 | wikidata, which says what reads it. live: is asked of the source.

    needs_permission: the owner's robots.txt refuses the address to robots, so that it is asked live only where the operator has
    named it as permitted. source_type, source_class and note: what table sources says of it.
    """

    dataset: str
    url: str
    kind: str
    live: bool
    source_type: str = "statistics"
    source_class: str = "statistical_office"
    note: str = "Source: Eurostat, CC BY 4.0"
    needs_permission: bool = False


REQUESTS = (
    Request("lau_2024", f"{WORKBOOKS}/EU-27-LAU-2024-NUTS-2024.xlsx", "lau", live=True),
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
        f"{WORKBOOKS}/EU-28-LAU-2019-NUTS-2016.xlsx",
        "universes",
        live=False,
        note="Source: Eurostat, CC BY 4.0; counted from the units of 2019",
    ),
    Request("urb_cpop1", f"{API}/urb_cpop1?format=JSON&lang=EN&indic_ur=DE1001V", "jsonstat", live=True),
    Request("urb_cpopcb", f"{API}/urb_cpopcb?format=JSON&lang=EN&indic_ur=DE2003I", "jsonstat", live=False),
    Request(
        "wikidata",
        "https://query.wikidata.org/sparql",
        "wikidata",
        live=True,
        source_type="statistics",
        source_class="third_party",
        note="Wikidata, CC0: items with their GeoNames id, country and position",
        needs_permission=True,
    ),
)
"""DE1001V is the population on 1 January, total; DE2003I the share of residents with a citizenship of no EU country. A cube is
always filtered by indicator: unfiltered it meets the limits at which Eurostat answers later or not at all. The list of 2019 is kept
as a trimmed table and a table of counts; they, and the table of a report, are replayed only, while the list of 2024 is read from
the workbook itself, whole, and counted. urb_cpopcb is replayed only until an answer of the service has been seen."""


def lau_year(dataset: str) -> int:
    """The edition's year of a list of local units."""
    return int(dataset.removeprefix("lau_"))


def population_year(edition: int, country: str) -> int:
    """The reference year of a municipality's population in an edition (0 for none): the edition's own where it states no other."""
    return CENSUSES.get(edition, {}).get(country, edition)


def lau_source(year: int) -> str:
    """How a list of local units is to be cited."""
    return f"Source: Eurostat, local administrative units {year}"


def request_of(dataset: str) -> Request:
    """The request by the name of its data set; StopIteration never: names come from REQUESTS."""
    return next(request for request in REQUESTS if request.dataset == dataset)
