"""The legal form printed with a municipality's name, taken off: City of Espoo, Comune della Spezia, Gislaveds kommun.

Words are normalised (lower-case ASCII). "District" is none: around Kaunas it excludes the city. So do the forms of legal_forms_rural.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from citynet.places.legal_forms_rural import Rural, is_of_a_town, is_rural_form, rural

_BEFORE = (
    # English
    r"(?:the )?(?:federal |capital |free |hanseatic )?city (?:and county |council |government |municipality |hall )?of(?: the city of)?",
    r"(?:the )?(?:municipality|municipal council|municipal government|town council|town|local government) of(?: the city of)?",
    # French
    r"(?:la )?(?:ville|commune|mairie|municipalite|administration communale|ville et commune) d(?:e|es|u)?(?: la ville de)?",
    # Dutch, German
    r"gemeente|stad|(?:die )?(?:landeshaupt|hanse|universitats|wissenschafts|bundes|kreis|klingen|berg|kur)?stadt",
    r"(?:freie und |freie |universitats und )?hansestadt|hanse und universitatsstadt|(?:luther|welterbe|residenz|hochschul)stadt",
    r"(?:kreisfreie |grosse kreis|kreisangehorige |magistrat der )stadt",
    r"(?:stadt|markt|einwohner|politische |orts)?gemeinde|markt",
    # Italian
    r"(?:il )?(?:comune|citta|municipio) d(?:i|el|ella|ello|ell|ei|egli|elle|e)?",
    # Spanish, Catalan, Galician, Portuguese
    r"(?:excmo |excelentisimo )?(?:ayuntamiento|concejo|municipio|villa|ciudad|ajuntament|ciutat|vila) d(?:e|el|els)?(?: la ciudad de)?",
    r"concello d(?:e|a|o|as|os)|(?:camara municipal|municipio|cidade|concelho|prefeitura municipal) d(?:e|a|o|as|os)",
    # Polish, Czech, Slovak, Hungarian, Romanian
    r"gmina (?:miejska|miasto)|miasto(?: stoleczne)?|m st|urzad (?:miasta|miejski)",
    r"(?:hlavni |hlavne |statutarni )?mesto|mestys|obec",
    r"(?:primaria )?(?:municipiul(?:ui)?|orasul(?:ui)?|comun(?:a|ei))|primaria",
    # South Slavic, Albanian, Greek, Baltic, Russian
    r"(?:mestna )?(?:obcina|opcina|opstina|obshtina|obstina)(?: na)?|grad|gradska uprava|bashkia(?: e)?|dimos|gorod",
)
_BEFORE_IN: Mapping[str, str] = {
    "AU": r"(?:the )?shire(?: council)? of",
    "GB": r"(?:metropolitan |royal )?borough(?: council)? of|(?:the )?royal borough of",
    "IE": r"(?:city and county|borough) of",
}
"""Only there: elsewhere a borough is a part of a city."""
_AFTER = (
    r"(?:city |town |municipal |local )?(?:council|government|administration|authority)|city hall",
    r"(?:county |metropolitan )?borough council|metropolitan district council",
    r"(?:city |local |urban )?municipality",
    r"city|town|kommune|kommun|kaupunki|kunta|gemeente|stadt|stad|comune|municipio|udala|municipi",
    r"(?:miesto |rajono )?savivaldybe|linn|linnavalitsus|linnavolikogu",
    r"(?:valsts)?pilseta(?:s (?:dome|pasvaldiba))?",
    r"(?:megyei jogu )?varos(?: onkormanyzata)?|(?:nagy)?kozseg(?: onkormanyzata)?|onkormanyzata?",
    r"(?:buyuksehir )?beled[a-z]{2,4}si|metropolitan municipality|miska rada|miasto|mesto|grad|obcina|opcina",
)
_AFTER_IN: Mapping[str, str] = {
    "AU": r"(?:shire|rural city|municipal) council|shire",
    "GB": r"(?:metropolitan |royal )?borough(?: council)?|district council|and district|metropolitan borough",
    "IE": r"city and county council|borough(?: council)?",
    "IT": r"capitale",
    "LV": r"dome",
}
_ARTICLES = {
    "du": "le",
    "des": "les",
    "del": "el",
    "della": "la",
    "dello": "lo",
    "dell": "l",
    "dei": "i",
    "do": "o",
    "da": "a",
    "dos": "os",
    "das": "as",
}
"""A preposition that holds an article (Ville du Havre, Comune della Spezia) -> the article that the name may begin with."""
_GENITIVES: Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "SE": (("s", ("",)),),
    "NO": (("s", ("",)),),
    "DK": (("s", ("",)),),
    "ES": (("ko", ("",)),),
    "FI": (("en", ("i", "e", "")), ("n", ("",)), ("s", ("",))),
    "LT": (
        *(("iaus", ("ius", "iai")), ("aus", ("us",)), ("iu", ("iai",)), ("u", ("ai", "os"))),
        *(("io", ("ys", "is")), ("os", ("a",)), ("es", ("e",)), ("o", ("as",))),
    ),
    "LV": (("as", ("a",)), ("es", ("e",)), ("u", ("i", "is", "as")), ("a", ("s", "is"))),
    "GR": (
        ("aion", ("a",)),
        ("eon", ("a", "es")),
        ("as", ("a",)),
        ("is", ("i",)),
        ("ou", ("o", "os", "i")),
        ("on", ("a", "es")),
        ("s", ("",)),
    ),
    "CY": (("as", ("a",)), ("is", ("i",)), ("ou", ("o", "os"))),
}
"""Country -> endings of the genitive in which a name stands with its legal form -> those of the name itself."""


def _anchored(patterns: tuple[str, ...], extra: str, form: str) -> re.Pattern[str]:
    return re.compile(form.format("|".join(part for part in (*patterns, extra) if part)))


_FORMS = {
    country: (
        _anchored(_BEFORE, _BEFORE_IN.get(country, ""), r"^({}) (?=\w)"),
        _anchored(_AFTER, _AFTER_IN.get(country, ""), r"(?<=\w)(?: ({}))$"),
    )
    for country in ("", *sorted({*_BEFORE_IN, *_AFTER_IN}))
}


def without_legal_form(key: str, country: str = "") -> tuple[str, ...]:
    """The normalised name without its legal form, most likely reading first; nothing where there is none.

    Forms are taken off until none is left ("Municipality of the City of Kranj"). Where the form holds an article both
    readings are given (la spezia, spezia), and where the country's language declines a name beside its form, the
    nominatives too (gislaveds kommun: gislaveds, gislaved). The form of a rural municipality stays, in its usual wordings,
    unless it is loose (gmina); beside the form of a town it contradicts that, and nothing is read.
    """
    steps = _steps(key, country)
    bare, article = steps[-1][0], next((_ARTICLES.get(form.rsplit(" ", 1)[-1], "") for _, form, led in reversed(steps) if led), "")
    if _contradictory(steps):
        return ()
    if found := rural(bare):
        return (found.name,) if found.loose else found.wordings
    if bare == key:
        return ()
    readings = [f"{article} {bare}", bare] if article else [bare]
    return tuple(dict.fromkeys((*readings, *nominatives(bare, country))))


def readings(key: str, country: str = "") -> Iterator[str]:
    """What the normalised name may be looked up as once forms go one by one, most literal first: Municipality of Gmina Lubań is
    gmina luban, Comune di Città di Castello is citta di castello, before what without_legal_form leaves of them."""
    steps = _steps(key, country)
    for bare, _, _ in steps[:-1] if _contradictory(steps) or rural(steps[-1][0]) is None else steps:
        if bare != key:
            yield bare
        if found := rural(bare):
            yield from found.wordings
            if found.loose:
                yield found.name
    yield from without_legal_form(key, country)


def rural_in(key: str, country: str = "") -> Rural | None:
    """The rural municipality that a normalised name tells of, whatever other form it has; None where it has no rural one."""
    return next((found for bare, _, _ in reversed(_steps(key, country)) if (found := rural(bare))), None)


@lru_cache(maxsize=2**12)
def is_legal_form(key: str) -> bool:
    """Whether the normalised words are nothing but a municipality's legal form, as in a bracket: (Stadt), (Federal City of)."""
    before, after = _FORMS["GB"]
    led, followed = before.match(f"{key} x"), after.search(f"x {key}")
    return bool((led and led[1] == key) or (followed and followed[1] == key)) or is_rural_form(key)


@lru_cache(maxsize=2**14)
def _steps(key: str, country: str) -> tuple[tuple[str, str, bool], ...]:
    """The name as it is and after each form that is taken off, rural ones aside, with that form and whether it stood before."""
    before, after = _FORMS.get(country, _FORMS[""])
    steps = [(key, "", False)]
    while True:
        bare = steps[-1][0]
        if found := before.search(bare):
            steps.append((bare[found.end() :], found[1], True))
        elif not _ends_rural(bare) and (found := after.search(bare)):
            steps.append((bare[: found.start()], found[1], False))
        else:
            return tuple(steps)


def _ends_rural(key: str) -> bool:
    """Whether the last words are a rural form, so that the last alone is none: Kaunas District Municipality."""
    found = rural(key)
    return found is not None and key.startswith(found.name)


def _contradictory(steps: Sequence[tuple[str, str, bool]]) -> bool:
    """Whether the name has the form of a town and that of a rural municipality: City of Rakvere vald."""
    return rural(steps[-1][0]) is not None and any(is_of_a_town(form) for _, form, _ in steps)


def nominatives(key: str, country: str) -> tuple[str, ...]:
    """The forms of the dictionary that a genitive may come from; the ending is that of the first word that has one."""
    for ending, endings in _GENITIVES.get(country, ()):
        if key.endswith(ending) and len(key) > len(ending) + 2:
            return tuple(key[: -len(ending)] + nominative for nominative in endings)
    return ()
