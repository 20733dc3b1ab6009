"""A printed row with all ways to read and compare it: what comparing two lists needs, made of the name and what it was matched to."""

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TypedDict

from citynet.history.printed import COMPANY, REGION_BY_NAME, Printed
from citynet.model import Resolution
from citynet.pipelines.print_marks import as_written, letters_were_lost, may_stand_for, without_loss, without_marks
from citynet.pipelines.printed_kinds import areas_of, could_be, kind_said, sections_of
from citynet.places.associations import members_said
from citynet.places.body_kinds import KindOfBody, is_company, kind_of_body, numbered, own_words
from citynet.places.choosing import NEARLY
from citynet.places.countries import iso_country, may_be_printed_under
from citynet.places.gazetteer import Gazetteer
from citynet.places.legal_forms import nominatives, without_legal_form
from citynet.places.non_city import marker, without_marker
from citynet.places.normalise import normalise
from citynet.places.number_words import in_figures
from citynet.places.region_codes import states_called
from citynet.places.resolve import without_country
from citynet.places.spelling import Variant, enumerated, head, in_brackets, several, variants
from citynet.reading.twice_encoded import repaired

_SAME_TIE = {
    **dict.fromkeys(
        ("members", "full member", "full members", "full", "mitglied", "vollmitglied", "membre", "miembro", "membro"), "member"
    ),
    **dict.fromkeys(("associate", "associated", "associated member", "associate members", "associate city"), "associate member"),
    **dict.fromkeys(("partners", "partner city", "associated partner"), "partner"),
    **dict.fromkeys(("unknown",), ""),
}
"""Kinds that say the same in other words."""
_SPANISH = (("tx", "ch"), ("tz", "z"), ("ge", "gue"), ("gi", "gui"), ("ke", "que"), ("ki", "qui"), ("k", "c"), ("ñ", "n"), ("ny", "n"))
"""Basque and Catalan ways to write a sound, and the Castilian ones."""
_SOUNDS = str.maketrans({"ç": "ch", "Ç": "Ch", "ş": "sh", "Ş": "Sh", "č": "ch", "Č": "Ch", "š": "sh", "Š": "Sh", "ž": "zh", "Ž": "Zh"})
"""Letters as other languages write their sound."""


def printed(name: str, country_as_published: str, kind_as_published: str, found: Resolution, gazetteer: Gazetteer) -> Printed:
    """A row with all that can be said of its name: the place that it was matched to, and ways to read and compare it."""
    country = iso_country(country_as_published) or found.country
    text = without_marks(repaired(name))
    bare = _without_country(without_loss(text) if letters_were_lost(text) else text, country_as_published, country, gazetteer)
    readings = list(dict.fromkeys(variants(bare, country)))
    forms = frozenset(v.key for v in readings if not v.hint and not v.parts)
    key, sort = normalise(bare), _sort(bare, country, found, readings)
    said = kind_said(bare, country, found, sort, gazetteer)
    words = frozenset(numbered(said.words)) if said.kinds else _words(bare, country, sort)
    meant = could_be(found, readings, country, said.kinds, gazetteer)
    row = Printed(
        name=name,
        country_as_published=country_as_published,
        country=country,
        tie=_tie(kind_as_published),
        **_places(found),
        written=as_written(text),
        key=key,
        forms=forms,
        hinted=_hinted(readings, text, bare),
        parts=frozenset(part for v in readings for part in v.parts),
        sort=sort,
        words=words,
        spellings=_spellings(forms, bare, country),
        regions=_regions(found.place_id, gazetteer),
        lost=may_stand_for(text),
        listed=frozenset(enumerated(bare)),
        lands=may_be_printed_under(country) or _lands(meant, gazetteer),
        combined=several(bare),
        bracketed=frozenset((in_brackets(bare if found.place_id else text),)) - {"", key},
        members=members_said(text),
        regions_within=_regions_within(key, country, sort, gazetteer)
        if not (found.place_id or said.kinds)
        else _in_brackets(bare, country, gazetteer),
        states=_states(found.place_id, bare, readings, country, gazetteer),
        kinds=said.kinds,
        could_be=meant,
        sections=sections_of(bare, country, found, said, gazetteer),
        cores=frozenset((said.name, *nominatives(said.name, country))) if said.kinds else frozenset(),
        beside=frozenset() if said.kinds else frozenset(own_words(key)) - words,
    )
    return _as_of_its_kind(row, bare, said, found, gazetteer) if said.kinds else row


class _Places(TypedDict):
    place_id: str
    place_kind: str
    municipality_id: str
    may_be: frozenset[str]
    alike: frozenset[str]
    foremost: str


def _places(found: Resolution) -> _Places:
    """What a row was matched to, or may be."""
    return _Places(
        place_id=found.place_id,
        place_kind=found.place_kind,
        municipality_id=found.municipality_id,
        may_be=frozenset(found.candidates if not found.place_id else ()),
        alike=frozenset(found.suggestions) if found.route.startswith("similar:") else frozenset(),
        foremost=found.candidates[0] if found.candidates and not found.place_id and (found.ratio or 0) >= NEARLY else "",
    )


def _as_of_its_kind(row: Printed, bare: str, said: KindOfBody, found: Resolution, gazetteer: Gazetteer) -> Printed:
    """A row that says it is no municipality, with the word for what it is and the areas of that kind; bare: without its country."""
    by_name = found.route.startswith("region:") and not kind_of_body(bare, row.country).kinds
    sort = _sort_of_kind(row.sort, said, by_name=by_name)
    return replace(row, sort=sort, areas=areas_of(said, found, row.key, row.country, gazetteer))


def _lands(meant: frozenset[str], gazetteer: Gazetteer) -> frozenset[str]:
    """The countries of the regions that a row without a country may mean, else of the places."""
    regions = [gazetteer.region(one[1:]) for one in meant if one.startswith("r")]
    places = [gazetteer.get(one) for one in meant if not one.startswith(("r", "c"))]
    return frozenset(found.country for found in regions or places if found is not None)


def _states(place_id: str, bare: str, readings: Sequence[Variant], country: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The states, as "country/id", that a place lies in, or that stand behind a comma or in brackets beside the name."""
    place = gazetteer.get(place_id) if place_id else None
    if place is not None:
        around = [region for region_id in place.regions if (region := gazetteer.region(region_id)) and region.level == 1]
    else:
        hints = {v.hint for v in readings if v.hint and v.how.startswith(("bracket", "comma"))} | {normalise(bare.partition(",")[2])}
        within = (country,) if country else ()
        around = [
            state for hint in sorted(hints) if len(hint) < 4 or not iso_country(hint) for state in states_called(hint, within, gazetteer)
        ]
    return frozenset(f"{region.country}/{region.region_id}" for region in around)


def _regions_within(key: str, country: str, sort: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The regions whose names of two words or more stand in that of an organisation."""
    words = key.split()
    if sort in ("", "municipality") or not country:
        return frozenset()
    runs = {" ".join(words[at:end]) for at in range(len(words)) for end in range(at + 2, len(words) + 1)} - {key}
    return frozenset(region.region_id for run in sorted(runs) for region in gazetteer.regions(run, (country,)))


def _in_brackets(bare: str, country: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The regions that stand in brackets behind the name of a place: Paris (Isla de Francia)."""
    words = in_brackets(bare)
    return frozenset(region.region_id for region in gazetteer.regions(words, (country,))) if words and country else frozenset()


def _tie(kind_as_published: str) -> str:
    tie = normalise(kind_as_published)
    return _SAME_TIE.get(tie, tie)


def _spellings(forms: frozenset[str], bare: str, country: str) -> frozenset[str]:
    """The shortest form of the name, how it sounds, and with its numbers in figures."""
    shortest = min((*forms, normalise(bare)), key=lambda form: (len(form), form))
    return frozenset((shortest, _by_sound(bare, country) or shortest, in_figures(shortest)))


def _sort_of_kind(sort: str, said: KindOfBody, *, by_name: bool) -> str:
    """The word for its kind; a row that says none and is a region by its name has one of its own."""
    if by_name:
        return REGION_BY_NAME
    return sort if sort not in ("", "municipality") else " ".join(sorted(said.kinds))


def _by_sound(name: str, country: str) -> str:
    """The normalised name as another language writes its sounds; "" where it would be the same."""
    spelt = name.casefold().translate(_SOUNDS)
    for written, other in _SPANISH if country == "ES" else ():
        spelt = spelt.replace(written, other)
    return normalise(spelt) if spelt != name.casefold() else ""


def _hinted(readings: Sequence[Variant], name: str, bare: str) -> frozenset[str]:
    """The names without what is printed beside them, a country or state among it (Toledo of Toledo, Ohio)."""
    beside = {normalise(bare)} if normalise(bare) != normalise(name) and not letters_were_lost(name) else set()
    return frozenset(v.key for v in readings if v.hint) | beside


def _regions(place_id: str, gazetteer: Gazetteer) -> frozenset[str]:
    """The words, sorted, of the names of the regions that a place lies in, without the word for their kind."""
    place = gazetteer.get(place_id) if place_id else None
    return frozenset(_region_words(region_id, gazetteer) for region_id in (place.regions if place else ())) - {""}


@lru_cache(maxsize=4096)
def _region_words(region_id: str, gazetteer: Gazetteer) -> str:
    region = gazetteer.region(region_id)
    words = set(without_marker(normalise(region.name)).split()) if region else set()
    return " ".join(sorted(words & set(own_words(" ".join(sorted(words))))))


def _without_country(name: str, country_as_published: str, country: str, gazetteer: Gazetteer) -> str:
    """The name without the country printed behind it, where that is its country."""
    bare, behind = without_country(name, country_as_published, gazetteer)
    return bare if country and iso_country(behind) == country else name


def _sort(name: str, country: str, found: Resolution, readings: Sequence[Variant]) -> str:
    """What kind of body a row says that it is: "municipality" by a legal form, else a word for another kind, else ""."""
    if not found.place_id and is_company(name):
        return COMPANY
    key = normalise(head(name))
    own = found.place_kind in ("municipality", "settlement")
    if not own and (word := marker(key) or marker(normalise(name))):
        # Cantón may be Guangzhou: a word that is the whole name of a place says no kind.
        return "" if word == key and found.candidates else word
    if not own and country == "FR" and key.startswith("grand "):
        return "grand"
    has_form = without_legal_form(key, country) or any("legal_form" in v.how for v in readings if not v.hint and not v.parts)
    return "municipality" if has_form and (not own or "legal_form" in found.route) else ""


def _words(name: str, country: str, sort: str) -> frozenset[str]:
    """The words of the name itself, whatever their order."""
    key = normalise(head(name))
    bare = next(iter(without_legal_form(key, country)), key)
    if sort not in ("", "municipality"):
        bare = without_marker(bare) or bare
    return frozenset(own_words(bare))
