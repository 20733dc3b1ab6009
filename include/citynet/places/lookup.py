"""Looking a name up in gazetteer and judgements: in the countries asked about, without what a person rejected."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from citynet.model import Named, Place
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements
from citynet.places.legal_forms_rural import rural
from citynet.places.non_city import without_marker
from citynet.places.normalise import normalise
from citynet.places.similar import folded
from citynet.places.spelling import Variant, variants

_ABBREVIATION = re.compile(r"\w\.(?!$)|\b\w\.|\bst[aeo]?\b", re.IGNORECASE)
_WORD_AND_STOP = re.compile(r"(\w+|\w\b)(\.?)")
_SAINTS = {"st": "saint|sankt|sint|szent|sveti", "ste": "sainte", "sta": "santa", "sto": "santo"}


@dataclass(frozen=True, slots=True)
class Lookup:
    """Where one name is looked for. within: gazetteer countries, none for all; rejected: place_ids that it is not; stands_for:
    gazetteer row -> the body that a person put in its place."""

    gazetteer: Gazetteer
    judgements: Judgements
    within: tuple[str, ...]
    rejected: frozenset[str]
    stands_for: Mapping[str, str]

    def bearers(self, key: str) -> tuple[Named, ...]:
        """Places of that name, a body in place of the gazetteer row it stands for, and bodies whose own name it is."""
        found: dict[str, Named] = {}
        for named in self.gazetteer.bearers(key, self.within):
            place_id = self.stands_for.get(named.place.place_id, named.place.place_id)
            found.setdefault(place_id, named if place_id == named.place.place_id else Named(self._body(place_id), named.own))
        for place_id in self.judgements.body_names.get(key, ()):
            if not self.within or self.judgements.bodies[place_id].country in self.within:
                found.setdefault(place_id, Named(self._body(place_id), own=True))
        return tuple(named for place_id, named in found.items() if place_id not in self.rejected)

    def keys(self) -> Sequence[str]:
        """Every normalised name in the countries asked about, sorted."""
        return _keys(self.gazetteer, self.within)

    def keys_like(self, key: str) -> Sequence[str]:
        """Those of them with the first letter of the key, shortest first."""
        return _block(self.gazetteer, self.within, key[:1])

    def keys_beginning(self, start: str) -> Sequence[str]:
        """Those of them that begin with the words."""
        keys = self.keys()
        return keys[bisect_left(keys, start) : bisect_left(keys, start[:-1] + chr(ord(start[-1]) + 1))]

    def _body(self, place_id: str) -> Place:
        place = find_place(place_id, gazetteer=self.gazetteer, judgements=self.judgements)
        if place is None:
            raise KeyError(place_id)
        return place


def lookup_in(gazetteer: Gazetteer, judgements: Judgements, within: tuple[str, ...], rejected: frozenset[str]) -> Lookup:
    """Gazetteer and judgements, ready to be asked for one name."""
    stands_for = {f"gn{body.geonames_id}": body.place_id for body in judgements.bodies.values() if body.geonames_id}
    return Lookup(gazetteer, judgements, within, rejected, stands_for)


@dataclass(frozen=True, slots=True)
class Found:
    """What a name led to. variant: the reading that did; named: the places, largest first; unfit: where nothing fitted, the
    bearers of the name that do not fit what is printed beside it."""

    variant: Variant
    named: tuple[Named, ...] = ()
    unfit: tuple[Named, ...] = ()


def find_place(place_id: str, *, gazetteer: Gazetteer, judgements: Judgements) -> Place | None:
    """The place with this id, from bodies.csv (which corrects the gazetteer) or the gazetteer; None where neither has it.

    A body takes coordinates, local unit and regions from the gazetteer row it stands for, but no population: that of
    Brussels is the conurbation's.
    """
    body = judgements.bodies.get(place_id)
    if body is None:
        return gazetteer.get(place_id)
    settlement = gazetteer.get(f"gn{body.geonames_id}")
    if settlement is None:
        return body
    found = replace(body, lau_code=settlement.lau_code, regions=settlement.regions)
    return found if body.latitude is not None else replace(found, latitude=settlement.latitude, longitude=settlement.longitude)


def search(name: str, country: str, lookup: Lookup) -> Found:
    """What the first reading of the name leads to that leads anywhere; of one country also in a coarse spelling."""
    readings: dict[Variant, None] = {}
    unfit: Found | None = None
    towns: set[str] = set()
    for variant in variants(name, country):
        if variant in readings or variant.key in towns:
            continue
        readings[variant] = None
        found = _meant(variant, country, lookup)
        if found.named:
            return found
        if found.unfit and (form := rural(variant.key)):
            towns.add(form.name)  # the rural municipality is known, so without its form the name is that of the town
        if found.unfit and unfit is None and variant.how != "region_behind":
            unfit = found
    if unfit is not None:
        return unfit
    as_printed = next(iter(readings))
    return _abbreviated(name, as_printed, country, lookup) or _coarse(readings, country, lookup) or Found(as_printed)


def _meant(variant: Variant, country: str, lookup: Lookup) -> Found:
    """The bearers of the name that fit what is printed beside it: another of their names, or the region they lie in."""
    if variant.parts:
        each = [lookup.bearers(part) for part in variant.parts]
        shared = set.intersection(*({named.place.place_id for named in part} for part in each))
        return Found(variant, tuple(named for named in each[0] if named.place.place_id in shared))
    named = lookup.bearers(variant.key)
    if not variant.hint or not named:
        return Found(variant, named)
    bare = without_marker(variant.hint)
    regions = {region.region_id for key in {variant.hint, bare} for region in lookup.gazetteer.regions(key, lookup.within)}
    namesakes = {other.place.place_id for other in (*lookup.bearers(variant.hint), *_transliterated(variant.hint, country, lookup))}
    fit = tuple(n for n in named if n.place.place_id in namesakes or regions.intersection(n.place.regions))
    return Found(variant, fit, () if fit else named)


def _abbreviated(name: str, as_printed: Variant, country: str, lookup: Lookup) -> Found | None:
    """What a name with abbreviated words leads to: a word before a full stop stands for any that begins so (a.d.R), St for its saint."""
    if not country or not _ABBREVIATION.search(name):
        return None
    pattern = re.compile(" ".join(_written_out(normalise(word), bool(stop)) for word, stop in _WORD_AND_STOP.findall(name)))
    keys, first = lookup.keys(), as_printed.key[:1]
    begin, end = bisect_left(keys, first), bisect_left(keys, chr(ord(first) + 1))
    names = [key for key in keys[begin:end] if pattern.fullmatch(key)]
    named = _sorted({n.place.place_id: n for key in names for n in lookup.bearers(key)})
    certain = any(n.place.place_kind == "municipality" for n in named)
    return Found(replace(as_printed, how="abbreviated"), named) if certain else None


def _written_out(word: str, stop: bool) -> str:
    """The pattern of the words that an abbreviation may stand for; others stand for themselves."""
    if word in _SAINTS:
        return f"(?:{word}|{_SAINTS[word]})"
    return word + (r"\w*" if stop or len(word) == 1 else "")


def _coarse(readings: Iterable[Variant], country: str, lookup: Lookup) -> Found | None:
    """What a reading leads to once transliterations of one name are written alike; only names of one country."""
    for variant in readings:
        if not variant.hint and not variant.parts and (named := _transliterated(variant.key, country, lookup)):
            return Found(replace(variant, how=f"{variant.how}+transliterated".lstrip("+")), named)
    return None


def _transliterated(key: str, country: str, lookup: Lookup) -> tuple[Named, ...]:
    """The bearers of a name that is the key in another transliteration; none outside the countries of `folded`."""
    coarse = folded(key, country)
    if len(coarse) < 4:
        return ()
    names = _folded_index(lookup.gazetteer, lookup.within, country).get(coarse, ())
    return _sorted({named.place.place_id: named for name in names for named in lookup.bearers(name)})


def _sorted(found: Mapping[str, Named]) -> tuple[Named, ...]:
    return tuple(sorted(found.values(), key=lambda named: (-(named.place.population or 0), named.place.place_id)))


@lru_cache(maxsize=64)
def _keys(gazetteer: Gazetteer, within: tuple[str, ...]) -> tuple[str, ...]:
    if len(within) < 2:  # sorted already
        return tuple(gazetteer.keys("".join(within)))
    return tuple(sorted({key for country in within for key in gazetteer.keys(country)}))


@lru_cache(maxsize=4096)
def _block(gazetteer: Gazetteer, within: tuple[str, ...], letter: str) -> tuple[str, ...]:
    keys = _keys(gazetteer, within)
    return tuple(sorted(keys[bisect_left(keys, letter) : bisect_left(keys, letter + "\x7f")], key=len))


@lru_cache(maxsize=16)
def _folded_index(gazetteer: Gazetteer, within: tuple[str, ...], country: str) -> Mapping[str, tuple[str, ...]]:
    index: dict[str, list[str]] = {}
    for key in _keys(gazetteer, within):
        index.setdefault(folded(key, country), []).append(key)
    return {key: tuple(names) for key, names in index.items()}
