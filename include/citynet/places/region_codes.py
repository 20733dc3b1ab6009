"""The letters by which addresses name a state of their country: Portland, OR; City of Campbelltown (SA)."""

from collections.abc import Collection, Iterator, Mapping

from citynet.model import Region
from citynet.places.gazetteer import Gazetteer

_CODES: Mapping[str, str] = {
    "US": """
        al alabama, ak alaska, az arizona, ar arkansas, ca california, co colorado, ct connecticut, de delaware, fl florida, ga georgia,
        hi hawaii, id idaho, il illinois, in indiana, ia iowa, ks kansas, ky kentucky, la louisiana, me maine, md maryland,
        ma massachusetts, mi michigan, mn minnesota, ms mississippi, mo missouri, mt montana, ne nebraska, nv nevada, nh new hampshire,
        nj new jersey, nm new mexico, ny new york, nc north carolina, nd north dakota, oh ohio, ok oklahoma, or oregon, pa pennsylvania,
        ri rhode island, sc south carolina, sd south dakota, tn tennessee, tx texas, ut utah, vt vermont, va virginia, wa washington,
        wv west virginia, wi wisconsin, wy wyoming""",
    "CA": """
        ab alberta, bc british columbia, mb manitoba, nb new brunswick, nl newfoundland and labrador, ns nova scotia, on ontario,
        pe prince edward island, qc quebec, sk saskatchewan, yt yukon, nt northwest territories, nu nunavut""",
    "AU": """
        nsw new south wales, qld queensland, sa south australia, tas tasmania, vic victoria, wa western australia,
        nt northern territory, act australian capital territory""",
    "BR": """
        ac acre, al alagoas, ap amapa, am amazonas, ba bahia, ce ceara, df federal district, es espirito santo, go goias, ma maranhao,
        mt mato grosso, ms mato grosso do sul, mg minas gerais, pa para, pb paraiba, pr parana, pe pernambuco, pi piaui,
        rj rio de janeiro, rn rio grande do norte, rs rio grande do sul, ro rondonia, rr roraima, sc santa catarina, sp sao paulo,
        se sergipe, to tocantins""",
}
"""Country -> codes (of the postal services and of ISO 3166-2) with the name of the state, normalised."""
_NAMES = {
    country: dict(one.split(maxsplit=1) for one in (line.strip() for line in listed.split(","))) for country, listed in _CODES.items()
}


def states_called(words: str, countries: Collection[str], gazetteer: Gazetteer) -> Iterator[Region]:
    """The regions of the first level that normalised words name, in full or by their code; in any country where none is given."""
    for country, names in _NAMES.items():
        if words in names and (country in countries or not countries):
            yield from (region for region in gazetteer.regions(names[words], (country,)) if region.level == 1)
    yield from (region for region in gazetteer.regions(words, countries) if region.level == 1)
