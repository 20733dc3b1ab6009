"""The legal form printed with a municipality's name, taken off: City of Espoo, Comune della Spezia, Gislaveds kommun.

Words are normalised (lower-case ASCII). "District" is none: around Kaunas it excludes the city.
"""

import re
from collections.abc import Iterator, Mapping

_BEFORE = (
    # English
    r"(?:the )?(?:federal |capital |free |hanseatic )?city (?:and county |council |government |municipality |hall )?of(?: the city of)?",
    r"(?:the )?(?:municipality|municipal council|municipal government|town council|town|local government) of(?: the city of)?",
    # French
    r"(?:la )?(?:ville|commune|mairie|municipalite|administration communale|ville et commune) d(?:e|es|u)?(?: la ville de)?",
    # Dutch, German
    r"gemeente|stad|(?:die )?(?:landeshaupt|hanse|universitats|wissenschafts|bundes|kreis|klingen|berg|kur)?stadt",
    r"(?:freie und |freie )hansestadt|(?:kreisfreie |grosse kreis|kreisangehorige |magistrat der )stadt",
    r"(?:stadt|markt|einwohner|politische |orts)?gemeinde|markt",
    # Italian
    r"(?:il )?(?:comune|citta|municipio) d(?:i|el|ella|ello|ell|ei|egli|elle|e)?",
    # Spanish, Catalan, Galician, Portuguese
    r"(?:excmo |excelentisimo )?(?:ayuntamiento|concejo|municipio|villa|ciudad|ajuntament|ciutat|vila) d(?:e|el|els)?(?: la ciudad de)?",
    r"concello d(?:e|a|o|as|os)|(?:camara municipal|municipio|cidade|concelho|prefeitura municipal) d(?:e|a|o|as|os)",
    # Polish, Czech, Slovak, Hungarian, Romanian
    r"gmina(?: miejska| wiejska| miasto)?|miasto(?: stoleczne)?|m st|urzad (?:miasta|miejski|gminy)",
    r"(?:hlavni |hlavne |statutarni )?mesto|mestys|obec",
    r"(?:primaria )?(?:municipiul(?:ui)?|orasul(?:ui)?|comun(?:a|ei))|primaria",
    # South Slavic, Albanian, Greek, Baltic, Russian
    r"(?:mestna )?(?:obcina|opcina|opstina|obshtina|obstina)(?: na)?|grad|gradska uprava|bashkia(?: e)?|dimos|gorod",
)
_BEFORE_IN: Mapping[str, str] = {
    "GB": r"(?:metropolitan |royal )?borough(?: council)? of|(?:the )?royal borough of",
    "IE": r"(?:city and county|borough) of",
}
"""Only there: elsewhere a borough is a part of a city."""
_AFTER = (
    r"(?:city |town |municipal |local )?(?:council|government|administration|authority)|city hall",
    r"(?:city |local |urban |rural )?municipality",
    r"city|town|kommune|kommun|kaupunki|kunta|gemeente|stadt|stad|comune|municipio|udala|municipi",
    r"(?:miesto |rajono )?savivaldybe|linn|linnavalitsus|linnavolikogu|vald|vallavalitsus",
    r"(?:valsts)?pilseta(?:s (?:dome|pasvaldiba))?|novads|novada (?:dome|pasvaldiba)",
    r"(?:megyei jogu )?varos(?: onkormanyzata)?|(?:nagy)?kozseg(?: onkormanyzata)?|onkormanyzata?",
    r"(?:buyuksehir )?beled[a-z]{2,4}si|metropolitan municipality|miska rada|miasto|mesto|grad|obcina|opcina",
)
_AFTER_IN: Mapping[str, str] = {
    "GB": r"(?:metropolitan |royal )?borough(?: council)?|district council|and district|metropolitan borough",
    "IE": r"city and county council|borough(?: council)?",
    "IT": r"capitale",
    "LV": r"dome",
}
_RURAL = re.compile(r" (?:rajono savivaldybe|district municipality|parish municipality)$")
"""Rural municipalities around a town of the same name (Lithuania); the form must not be taken off."""
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
    "FI": (("en", ("i", "e", "")), ("n", ("",))),
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
    nominatives too (gislaveds kommun: gislaveds, gislaved).
    """
    bare, article = key, ""
    before, after = _FORMS.get(country, _FORMS[""])
    while not _RURAL.search(bare):
        if found := before.search(bare):
            article = _ARTICLES.get(found[1].rsplit(" ", 1)[-1], "")
            bare = bare[found.end() :]
        elif found := after.search(bare):
            bare = bare[: found.start()]
        else:
            break
    if bare == key:
        return ()
    readings = [f"{article} {bare}", bare] if article else [bare]
    return tuple(dict.fromkeys((*readings, *_nominatives(bare, country))))


def is_legal_form(key: str) -> bool:
    """Whether the normalised words are nothing but a municipality's legal form, as in a bracket: (Stadt), (Federal City of)."""
    before, after = _FORMS["GB"]
    led, followed = before.match(f"{key} x"), after.search(f"x {key}")
    return bool((led and led[1] == key) or (followed and followed[1] == key))


def _nominatives(key: str, country: str) -> Iterator[str]:
    """The forms of the dictionary that the genitive may come from; the ending is that of the first word that has one."""
    for ending, nominatives in _GENITIVES.get(country, ()):
        if key.endswith(ending) and len(key) > len(ending) + 2:
            yield from (key[: -len(ending)] + nominative for nominative in nominatives)
            return
