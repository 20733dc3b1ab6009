"""From a printed name to a place: precision first, and what is not certain goes to a person."""

import re
from collections.abc import Collection
from dataclasses import replace

from citynet.model import Judgement, Place, Resolution
from citynet.places.countries import gazetteer_countries, iso_country
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements
from citynet.places.legal_forms import without_legal_form
from citynet.places.normalise import normalise

_NOT_A_CITY = re.compile(
    r"\b(metropolitan(?! municipality)|metropole|metropolregion|metropolia|region|regione|regional|regiune"
    r"|province|provincia|provinz|provincie|voivodeship|oblast|county|departement|departament|landkreis|canton|bundesland"
    r"|greater|islands?|universit\w*|college|institut\w*|association|verband|federation|union of|league of|network"
    r"|combined authority|communaute|comunita|mancomunidad|agglomeration|foundation|ministry|gmbh|ltd|london borough|borough of)\b"
)
"""Words that name another kind of body, in names of members as networks print them."""
MAX_CANDIDATES = 10


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

    The name is looked up as printed, then without its legal form (City of, Comune di).

    A name counts as primary or alternate alike, because a village may own as primary name what everybody calls a city by
    (Newcastle). Nothing is ever decided by size. Without a printed country the name must belong to one place of the whole
    gazetteer, or of network_countries (ISO codes) where the network admits members of these only.
    """
    key = normalise(name)
    country = iso_country(country_as_published, network_id=network_id, judged=judgements.countries)
    lines = _lines(key, country, network_id, judgements)
    decided = next((line for line in lines if line.values["verdict"] != "is_not"), None)
    rejected = {line.values["place_id"] for line in lines if line.values["verdict"] == "is_not"}
    within = gazetteer_countries(country) if country else tuple(network_countries)
    used, found = _search(name, within, rejected, gazetteer, judgements)
    if decided is not None:
        return _judged(decided, found, country, gazetteer, judgements)
    return _by_name(key, used, country_as_published, country, found)


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
    """The places a name may mean, and the key that led to them: as printed, else without legal form, else both halves of A/B.

    Halves count only where each of them is a name of the same place, as in Bruxelles/Brussel.
    """
    keys = [normalise(name), without_legal_form(normalise(name))]
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


def _by_name(key: str, used: str, printed: str, country: str, found: tuple[Place, ...]) -> Resolution:
    """The rules, after judgements had no say. used: the form of the name that led to the places found."""
    ids = tuple(p.place_id for p in found[:MAX_CANDIDATES])
    marker = _NOT_A_CITY.search(key)
    # A place may be called so (Greater Sudbury), but an alternate name may be that of the region around it.
    if marker and not (len(found) == 1 and normalise(found[0].name) == key):
        return Resolution(verdict="not_a_city", country=country, route=f"marker:{marker[0]}", candidates=ids)
    if not found:
        return Resolution(verdict="unknown", country=country, route="no_such_name" if key else "no_name")
    if printed.strip() and not country:
        return Resolution(verdict="review", route="country_not_recognised", candidates=ids)
    if len(found) > 1:
        first, second = found[0].population, found[1].population
        ratio = round(first / second, 2) if first and second else None
        route = "ambiguous_in_country" if country else "ambiguous_without_country"
        return Resolution(verdict="review", country=country, route=route, runner_up=ids[1], ratio=ratio, candidates=ids)
    route = "primary_name" if normalise(found[0].name) == used else "alternate_name"
    if used != key:
        route += f":{used}"
    return _resolved(found[0], route if country else f"without_country:{route}", ids)


def _lines(key: str, country: str, network_id: str, judgements: Judgements) -> tuple[Judgement, ...]:
    """The judgements that apply: those of the network before those of all networks."""
    scopes = dict.fromkeys([(key, country, network_id), (key, country, "")])
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
    return Resolution(verdict=verdict, country=country, route=route, candidates=ids)


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
