"""Words that name another kind of body than a municipality, as networks print them; normalised, by sort."""

import re

_WORDS = {
    "metropolis": """
        metropole, eurometropole, metropolitan, metropolis, metropolregion, metropolia, metropolitana, metropolitano, greater,
        stadsregio, stadtregion, stadteregion, city region, capital region, urban community, communaute urbaine, grand lyon, grand
        paris, grand nancy""",
    "region": """
        region*, regione, regiao, regiune*, regija, regio, periferia, perifereia, voivodeship, wojewodztwo, oblast, krai, raion*,
        rayon*, rajon*, county, counties, departement*, departament*, department, provinc*, provinz, prefecture, canton, kanton,
        cantone, bundesland, freistaat, generalitat, autonom*, landskap, fylke*, landsting, judet*, zupanija, apskritis, apskrities,
        maakunt*, megye, kraj, kraje, okres, okrug, republic, kingdom, principality, state of, gewest, bezirksregierung, eparchia""",
    "island": """
        island, islands, isla, isola, ile, ilha, archipelago""",
    "district": """
        district*, landkreis*, kreis, bezirk*, arrondissement*, borough, boroughs, quartier*, quartiere, barrio, bairro, stadtteil,
        stadsdeel, stadsdel, bydel, freguesia, gradska opstina, gradska cetvrt, parish, parroquia, kerulet*, obvod, mestska cast,
        mestske casti, dzielnica, sektor*, sector, sectorul, ilce*""",
    "intermunicipal": """
        samtgemeinde, verbandsgemeinde, verwaltungsgemeinschaft, zweckverband, regionalverband, kommunalverbund*, gemeindeverband,
        intercommuna*, intercomuna*, intermunicip*, communaute*, comunita, comunidad, comunidade, comunitat, mancomunidad*,
        mancomunitat, consorzio, consorcio, consorci, consortium, unione, union of, union des, union de, union der, syndicat*,
        agglomeration*, agglo, comarca, comarcal, consell comarcal, pays d*, combined authority, joint authority, joint municipal,
        streekoverleg, samenwerking*, samkommun, kuntayhtyma, seutukunta, cooperation, cabildo, consell insular, diputacion,
        diputacio, deputacion, provincial council, foral, mikroregion*, microregion*, svazek, zdruzenie, zwiazek, zdruzenje, parc,
        parco, parque, park, naturpark, valley, vallee, local action group""",
    "association": """
        associa*, asocia*, verband, verbund, verein, federation, federacion, federazione, federacao, league, liga, network,
        netzwerk, reseau, rete, red de, ngo, foundation, fondation, fondazione, fundacion, stiftung, stichting, stowarzyszenie,
        egyesulet*, szovetseg*, udruga, udruzenje, zajednica, savez, zveza, liitto, yhdistys, forening*, forbund, samband, alliance,
        coalition, platform, forum, initiative, partnership, project, programme, council of europe*, council of regions, conference
        of""",
    "learned": """
        universit*, universidad*, univerzit*, hochschule, college, school, academy, akademie, institut*, museum, musee, library,
        hospital, theatre, festival""",
    "authority": """
        ministry, ministere, ministerium, ministerio, ministero, agency, agence, agencia, agenzia, agentur, police, port of, port
        authority, autoridad portuaria, autorita portuale, autorita di sistema portuale, empresa portuaria, grand port maritime,
        administracao do porto, chamber, handelskammer, european commission, european committee, european council, european parliament,
        european investment bank, development bank, embassy, government of, senate department, prefectura, observatory, centre, center,
        centro, zentrum, gmbh, ltd, limited, plc, vzw, asbl, aisbl, srl, company, corporation, trust""",
}
"""Sort -> its words in the languages of Europe; a star stands for any ending."""
_CITY_MARKS = re.compile(r"\bmetropolitan municipality\b|\b(?:metropolitan (?:borough|district)|borough) council\b")
"""In Turkey a city of this rank is a municipality, and in Britain a borough council governs one; their forms hold one of the words."""


_NUMBERED = re.compile(r"(?<=\w )(?:\d{1,2}(?:e|er|eme|th|st|nd|rd)?|(?=[ivx]{2})x{0,2}(?:ix|iv|v?i{0,3}))(?= |$)")
"""A section of a city by its number: Paris 13e, Praha 7, Budapest XIV."""


def _any_of(*sorts: str) -> re.Pattern[str]:
    each = sorted({" ".join(word.split()) for sort in sorts for word in _WORDS[sort].split(",")})
    return re.compile(rf"\b(?:{'|'.join(word.replace('*', r'[a-z]*') for word in each)})\b")


_MARKED = _any_of(*_WORDS)
_NEVER = re.compile(
    r"count(?:y|ies)|district.*|landkreis.*|oblast|ra[ijy]on.*|voivodeship|wojewodztwo|region.*|provinc.*|[ck]anton|prefecture|departement.*"
)
"""Words that no city has in its own name, though units of the list of municipalities have (Kaunas District Municipality)."""


def marker(key: str) -> str:
    """The first word of the normalised name that marks another kind of body; "" where there is none."""
    found = _MARKED.search(_CITY_MARKS.sub("", key)) or _NUMBERED.search(key)
    return found[0] if found else ""


def may_be_in_a_city_s_name(word: str) -> bool:
    """Whether cities bear the word in their own names (Greater Sudbury, Canvey Island); none does a region's or district's."""
    return not _NEVER.fullmatch(word)


def nothing_but_marker(key: str) -> bool:
    """Whether nothing is left of the normalised words without such words, as in a bracket: (Landkreis), (Province)."""
    return bool(marker(key)) and not _MARKED.sub("", key).strip()


def without_marker(key: str) -> str:
    """The normalised name of a region or district without the word for its kind: judetul timis is timis."""
    return " ".join(re.sub(r"^(?:de|di|do|da|du|of|d|la|le|el)\s+", "", _MARKED.sub(" ", key).strip()).split())
