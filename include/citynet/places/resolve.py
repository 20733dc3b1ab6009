"""From a printed name to a place: precision first, and what is not certain goes to a person."""

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from citynet.model import MAX_CANDIDATES, Judgement, Place, Resolution
from citynet.places.countries import country_in_name, gazetteer_countries, iso_country
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements, place_ids_of
from citynet.places.legal_forms import bracket_first, without_legal_form
from citynet.places.normalise import normalise

_NOT_A_CITY = re.compile(
    r"\b(metropolitan(?! municipality)|metropole|metropolregion|metropolia|region|regione|regional|regiune"
    r"|province|provincia|provinz|provincie|voivodeship|oblast|county|departement|departament|landkreis|kreis|canton|bundesland"
    r"|samtgemeinde|verbandsgemeinde|stadteregion|cabildo|diputacion|intercommunale"
    r"|greater|islands?|universit\w*|college|institut\w*|association|verband|federation|union of|league of|network"
    r"|european (?:commission|committee|council|parliament|investment bank)|council of europe\w*|development bank"
    r"|combined authority|communaute|comunita|mancomunidad|agglomeration|foundation|ministry|gmbh|ltd|london borough|borough of)\b"
)
"""Words that name another kind of body, in names of members as networks print them."""
"""Namesakes told to a reviewer; so many or more may be a cut list."""
_SCOPES = {"country": "ambiguous_in_country", "network_countries": "ambiguous_in_network_countries", "": "ambiguous_without_country"}
"""Where a name was looked for, and the route if several places there bear it."""


@dataclass(frozen=True, slots=True)
class _Question:
    """A printed name and where to look for it. key: as printed, normalised; scope: one of _SCOPES; country: as far as known;
    understood: whether a country, if printed, was recognised."""

    key: str
    country: str
    understood: bool
    scope: str
    within: tuple[str, ...]


def resolve(
    name: str,
    country_as_published: str,
    *,
    gazetteer: Gazetteer,
    judgements: Judgements,
    network_id: str = "",
    network_countries: Collection[str] = (),
) -> Resolution:
    """What a printed name means: a judgement, else the only place of that name in the country, else review or unknown.

    The name is looked up as printed, then with a bracket put first (Cuxhaven (Landkreis)), then without its legal form
    (City of, Comune di); a country printed with the name (Valencia, Spain) counts as its country.

    A name counts as primary or alternate alike, because a village may own as primary name what everybody calls a city by
    (Newcastle). Nothing is ever decided by size. Without a printed country the name must belong to one place of the whole
    gazetteer, or of network_countries (ISO codes) where the network admits members of these only.
    """
    bare, printed = _without_country(name, country_as_published, gazetteer)
    code = iso_country(printed, network_id=network_id, judged=judgements.countries)
    asked = _question(normalise(name), printed, code, network_countries)
    columns = (code,) if code and printed == country_as_published else ("", asked.country)
    lines = _lines((asked.key, normalise(bare)), columns, network_id, judgements)
    decided = next((line for line in lines if line.values["verdict"] != "is_not"), None)
    rejected = {line.values["place_id"] for line in lines if line.values["verdict"] == "is_not"}
    used, found = _search(bare, asked.within, rejected, gazetteer, judgements)
    if decided is not None:
        return _judged(decided, found, asked.country, gazetteer, judgements)
    return _by_name(asked, used, found)


def _without_country(name: str, country_as_published: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """The name and its country, parted where both are printed as the name; not where the end is a place (Motril, Granada)."""
    bare, printed = country_in_name(name, country_as_published)
    end = name.strip()[len(bare) :].strip(" ,()")
    is_place = any(place.name.casefold() == end.casefold() for place in gazetteer.candidates(normalise(end)))
    return (name, country_as_published) if is_place else (bare, printed)


def _question(key: str, printed: str, country: str, network_countries: Collection[str]) -> _Question:
    """Where to look: in the country, else in those that the network admits, else everywhere.

    Where a network admits one country only, that is the country of every name printed without one, matched or not.
    """
    if country:
        return _Question(key, country, True, "country", gazetteer_countries(country))
    admitted = tuple(sorted({code for one in network_countries for code in gazetteer_countries(one)}))
    only = next(iter(network_countries)) if len(network_countries) == 1 and not printed.strip() else ""
    return _Question(key, only, not printed.strip(), "network_countries" if admitted else "", admitted)


def find_place(place_id: str, *, gazetteer: Gazetteer, judgements: Judgements) -> Place | None:
    """The place with this id, from bodies.csv (which corrects the gazetteer) or the gazetteer; None where neither has it.

    A body takes coordinates from the gazetteer row it stands for, but no population: that of Brussels is the conurbation's.
    """
    body = judgements.bodies.get(place_id)
    if body is None:
        return gazetteer.get(place_id)
    settlement = gazetteer.get(f"gn{body.geonames_id}")
    if settlement is None or body.latitude is not None:
        return body
    return replace(body, latitude=settlement.latitude, longitude=settlement.longitude)


def _search(
    name: str, within: Collection[str], rejected: Collection[str], gazetteer: Gazetteer, judgements: Judgements
) -> tuple[str, tuple[Place, ...]]:
    """The places a name may mean, and the key that led to them: as printed, bracket first, without legal form, both halves of A/B.

    Halves count only where each of them is a name of the same place, as in Bruxelles/Brussel.
    """
    keys = [normalise(name), normalise(bracket_first(name))]
    keys += [without_legal_form(key) for key in keys]
    for key in dict.fromkeys(keys):
        found = tuple(p for p in _candidates(key, within, gazetteer, judgements) if p.place_id not in rejected)
        if found:
            return key, found
    halves = [normalise(half) for half in re.split(r"\s*[/–]\s*|\s+-\s+", name)]
    if len(halves) < 2:
        return keys[0], ()
    each = [_candidates(half, within, gazetteer, judgements) for half in halves]
    shared = set.intersection(*({p.place_id for p in places} for places in each)) - set(rejected)
    return halves[0], tuple(p for p in each[0] if p.place_id in shared)


def _by_name(asked: _Question, used: str, found: tuple[Place, ...]) -> Resolution:
    """The rules, after judgements had no say. used: the form of the name that led to the places found."""
    ids = tuple(p.place_id for p in found[:MAX_CANDIDATES])
    marker = _NOT_A_CITY.search(asked.key)
    itself = len(found) == 1 and normalise(found[0].name) == used
    # A place may be called so (Greater Sudbury), but an alternate name may be that of the region around it.
    if marker and not (itself and marker[0] in used):
        return Resolution(verdict="not_a_city", country=asked.country, route=f"marker:{marker[0]}", candidates=ids)
    if not found:
        return Resolution(verdict="unknown", country=asked.country, route="no_such_name" if asked.key else "no_name")
    if not asked.understood:
        return Resolution(verdict="review", route="country_not_recognised", candidates=ids)
    if len(found) > 1:
        first, second = found[0].population, found[1].population
        ratio = round(first / second, 2) if first and second else None
        route = _SCOPES[asked.scope]
        return Resolution(verdict="review", country=asked.country, route=route, runner_up=ids[1], ratio=ratio, candidates=ids)
    route = "primary_name" if itself else "alternate_name"
    if used != asked.key:
        route += f":{used}"
    prefix = {"country": "", "": "without_country:"}.get(asked.scope, f"{asked.scope}:")
    return _resolved(found[0], prefix + route, ids)


def _lines(keys: Collection[str], countries: Collection[str], network_id: str, judgements: Judgements) -> tuple[Judgement, ...]:
    """The judgements that apply: those of the network before those of all networks, the name as printed before its parts."""
    scopes = dict.fromkeys((key, country, network) for network in (network_id, "") for key in keys for country in countries)
    return tuple(line for scope in scopes for line in judgements.names.get(scope, ()))


def _judged(line: Judgement, found: tuple[Place, ...], country: str, gazetteer: Gazetteer, judgements: Judgements) -> Resolution:
    """The resolution a person decided on."""
    values = line.values
    route = f"judgement:{values['verdict']}" + (f":{values['network_id']}" if values["network_id"] else "")
    ids = tuple(p.place_id for p in found[:MAX_CANDIDATES])
    if values["verdict"] == "is":
        place = find_place(values["place_id"], gazetteer=gazetteer, judgements=judgements)
        if place is None:
            raise KeyError(f"{line.where}: {values['place_id']} passed load_judgements but is not known")
        others = [p.place_id for p in found if p.place_id != place.place_id]
        return replace(_resolved(place, route, ids), runner_up=others[0] if others else "")
    verdict = "not_a_city" if values["verdict"] == "not_a_city" else "review"
    return Resolution(verdict=verdict, country=country, route=route, candidates=place_ids_of(line) or ids)


def _candidates(key: str, within: Collection[str], gazetteer: Gazetteer, judgements: Judgements) -> tuple[Place, ...]:
    """Places of that name, a body in place of the gazetteer row it stands for, and bodies whose own name it is."""
    stands_for = {f"gn{body.geonames_id}": body.place_id for body in judgements.bodies.values() if body.geonames_id}
    ids = [stands_for.get(p.place_id, p.place_id) for p in gazetteer.candidates(key, within)]
    ids += [b for b in judgements.body_names.get(key, ()) if not within or judgements.bodies[b].country in within]
    places = (find_place(place_id, gazetteer=gazetteer, judgements=judgements) for place_id in dict.fromkeys(ids))
    return tuple(p for p in places if p is not None)


def _resolved(place: Place, route: str, candidates: tuple[str, ...]) -> Resolution:
    return Resolution(
        verdict="resolved",
        place_id=place.place_id,
        geonames_id=place.geonames_id,
        place_kind=place.place_kind,
        municipality_id=place.municipality_id,
        country=place.country,
        route=route,
        candidates=candidates,
    )
