"""From a printed name to a place: precision first, and what is not certain goes to a person."""

from collections.abc import Collection
from dataclasses import dataclass, replace

from citynet.model import MAX_CANDIDATES, Judgement, Named, Place, Resolution
from citynet.places.choosing import choose, ratio
from citynet.places.countries import code_in_name, country_in_name, gazetteer_countries, iso_country
from citynet.places.country_names import country_named
from citynet.places.doubts import doubt
from citynet.places.gazetteer import Gazetteer
from citynet.places.judgements import Judgements, place_ids_of
from citynet.places.legal_forms import rural_in, without_legal_form
from citynet.places.lookup import Found, Lookup, find_place, lookup_in, search
from citynet.places.non_city import marker, may_be_in_a_city_s_name
from citynet.places.normalise import normalise
from citynet.places.similar import similar
from citynet.places.spelling import head, several

_SCOPES = {"country": "ambiguous_in_country", "network_countries": "ambiguous_in_network_countries", "": "ambiguous_without_country"}
"""Where a name was looked for, and the route if several places there bear it."""
_PREFIXES = {"country": "", "network_countries": "network_countries:", "": "without_country:"}


@dataclass(frozen=True, slots=True)
class _Question:
    """A printed name and where to look for it. name: without a country printed behind it; key: as printed, normalised;
    country: as far as known; understood: whether a country, if printed, was recognised; scope: one of _SCOPES."""

    name: str
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
    """What a printed name means: a judgement, else the place that bears the name in the country if that is certain (choosing),
    else another kind of body (non_city), else review with candidates or suggestions, else unknown.

    The name is read in the ways of `spelling`, most literal first; the route tells the rule and the reading. A country
    printed with the name (Valencia, Spain) counts as its country. Without a printed country the name must belong to one
    place of the whole gazetteer, or of network_countries (ISO codes) where the network admits members of these only.
    """
    asked, lines = _asked(name, country_as_published, gazetteer, judgements, network_id, network_countries)
    decided = next((line for line in lines if line.values["verdict"] != "is_not"), None)
    rejected = frozenset(line.values["place_id"] for line in lines if line.values["verdict"] == "is_not")
    lookup = lookup_in(gazetteer, judgements, asked.within, rejected)
    found = search(asked.name, asked.country, lookup)
    if decided is not None:
        return _judged(decided, found, asked.country, lookup)
    return _by_rules(asked, found, lookup)


def judgements_on(
    name: str,
    country_as_published: str,
    *,
    gazetteer: Gazetteer,
    judgements: Judgements,
    network_id: str = "",
    network_countries: Collection[str] = (),
) -> tuple[Judgement, ...]:
    """The lines of places.csv that apply to a printed name, in the order in which they are asked; the first that is no is_not decides."""
    return _asked(name, country_as_published, gazetteer, judgements, network_id, network_countries)[1]


def _asked(
    name: str,
    country_as_published: str,
    gazetteer: Gazetteer,
    judgements: Judgements,
    network_id: str,
    network_countries: Collection[str],
) -> tuple[_Question, tuple[Judgement, ...]]:
    """What is asked, and the judgements on it: those of the network before those of all networks, the name as printed before its parts."""
    bare, printed = without_country(name, country_as_published, gazetteer)
    code = iso_country(printed, network_id=network_id, judged=judgements.countries)
    asked = _question(bare, normalise(name), printed, code, network_countries)
    countries = (code,) if code and printed == country_as_published else ("", asked.country)
    keys = (asked.key, normalise(bare))
    scopes = dict.fromkeys((key, country, network) for network in (network_id, "") for key in keys for country in countries)
    return asked, tuple(line for scope in scopes for line in judgements.names.get(scope, ()))


def without_country(name: str, country_as_published: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """The name and its country, parted where both are printed as the name; not where the end is a place (Motril, Granada), or a part
    of the country printed beside it (Newport (Isle of Wight), which the library of country names takes for the United Kingdom).

    A code in capitals counts where a place of that country bears the name (London, UK), else it may be anything (Wilmington, DE).
    """
    bare, printed = country_in_name(name, country_as_published)
    end = name.strip()[len(bare) :].strip(" ,()")
    if country_as_published.strip():
        part = end and not country_named(end) and end.casefold() != country_as_published.strip().casefold()
        return (name, country_as_published) if part else (bare, printed)
    if end:
        is_place = any(named.place.name.casefold() == end.casefold() for named in gazetteer.bearers(normalise(end)))
        return (name, country_as_published) if is_place else (bare, printed)
    bare, code = code_in_name(name)
    known = code and gazetteer.bearers(normalise(bare), gazetteer_countries(iso_country(code)))
    return (bare, code) if known else (name, country_as_published)


def _question(name: str, key: str, printed: str, country: str, network_countries: Collection[str]) -> _Question:
    """Where to look: in the country, else in those that the network admits, else everywhere.

    Where a network admits one country only, that is the country of every name printed without one, matched or not.
    """
    if country:
        return _Question(name, key, country, True, "country", gazetteer_countries(country))
    admitted = tuple(sorted({code for one in network_countries for code in gazetteer_countries(one)}))
    only = next(iter(network_countries)) if len(network_countries) == 1 and not printed.strip() else ""
    return _Question(name, key, only, not printed.strip(), "network_countries" if admitted else "", admitted)


def _by_rules(asked: _Question, found: Found, lookup: Lookup) -> Resolution:
    """The rules, after judgements had no say."""
    ids = tuple(named.place.place_id for named in found.named[:MAX_CANDIDATES])
    choice = choose(found.named, key=found.variant.key, in_one_country=asked.scope == "country" or len(asked.within) == 1)
    answer = choice.answer
    if word := _marks_another_body(asked, found, answer, lookup):
        if word == asked.key and asked.scope == "country" and found.named:
            return Resolution(verdict="review", country=asked.country, route=f"marker_alone:{word}", candidates=ids)
        return Resolution(verdict="not_a_city", country=asked.country, route=f"marker:{word}", suggestions=ids)
    if not found.named:
        return _not_found(asked, found, lookup)
    if not asked.understood:
        return Resolution(verdict="review", route="country_not_recognised", candidates=ids)
    runner_up = choice.runner_up.place_id if choice.runner_up else ""
    if answer is None:
        route = _SCOPES[asked.scope] + _reading(asked, found)
        between = ratio(found.named[0].place, choice.runner_up)
        return Resolution("review", country=asked.country, route=route, runner_up=runner_up, ratio=between, candidates=ids)
    if against := doubt(answer, found, asked.name, lookup):
        return Resolution(against.verdict, country=asked.country, route=against.route, suggestions=(answer.place.place_id,))
    rule = choice.rule or ("primary_name" if answer.own else "alternate_name")
    made = _resolved(answer.place, _PREFIXES[asked.scope] + rule + _reading(asked, found), ids)
    return replace(made, runner_up=runner_up, ratio=ratio(answer.place, choice.runner_up))


def _marks_another_body(asked: _Question, found: Found, answer: Named | None, lookup: Lookup) -> str:
    """The word that makes the name that of another kind of body; "" where there is none or the word is of the answer's own name.

    A place may be called so (Greater Sudbury, Leamington Spa, Police; in full Jonavos rajono savivaldybė), but an alternate name may be
    that of the region around it.
    """
    key = normalise(head(asked.name))
    word = marker(next(iter(without_legal_form(key, asked.country)), key))
    if not word or answer is None or not answer.own or word not in found.variant.key:
        return word
    judged = answer.place.place_id in lookup.judgements.bodies
    official = found.variant.key == asked.key and answer.place.place_kind == "municipality" and bool(answer.place.lau_code)
    return "" if judged or official or may_be_in_a_city_s_name(word) else word


def _not_found(asked: _Question, found: Found, lookup: Lookup) -> Resolution:
    """No place bears the name: a region does, or the row prints several names, or a name is spelt alike."""
    if not asked.key:
        return Resolution(verdict="unknown", country=asked.country, route="no_name")
    regions = () if lookup.rejected else lookup.gazetteer.regions(normalise(asked.name), asked.within)
    if regions:
        return Resolution(verdict="not_a_city", country=asked.country, route=f"region:{regions[0].region_id}")
    if beside := _rural(asked, lookup):
        return beside
    if found.unfit:
        ids = tuple(named.place.place_id for named in found.unfit[:MAX_CANDIDATES])
        route = f"not_understood:{found.variant.hint}"
        return Resolution(verdict="review", country=asked.country, route=route, suggestions=ids)
    each = [lookup.bearers(part) for part in several(asked.name)]
    if len(each) > 1 and all(each):
        ids = tuple(dict.fromkeys(named.place.place_id for part in each for named in part))[:MAX_CANDIDATES]
        return Resolution(verdict="review", country=asked.country, route="several_names", suggestions=ids)
    return _suggested(asked, lookup)


def _rural(asked: _Question, lookup: Lookup) -> Resolution | None:
    """A rural municipality that the gazetteer does not have by that form: it may be the place of its name or lie around it."""
    key = normalise(asked.name)
    if (form := rural_in(key, asked.country)) is None:
        return None
    ids = dict.fromkeys(named.place.place_id for one in (*form.wordings, form.name) for named in lookup.bearers(one))
    if not ids:
        return None
    return Resolution("review", country=asked.country, route=f"rural_form:{form.name}", suggestions=tuple(ids)[:MAX_CANDIDATES])


def _suggested(asked: _Question, lookup: Lookup) -> Resolution:
    """Names spelt alike, for a reviewer; never an answer."""
    key = next(iter(without_legal_form(normalise(head(asked.name)), asked.country)), normalise(head(asked.name)))
    alike = similar(key, lookup.keys_like(key))
    if not alike:
        return Resolution(verdict="unknown", country=asked.country, route="no_such_name")
    ids = dict.fromkeys(named.place.place_id for name, _ in alike for named in lookup.bearers(name))
    route = f"similar:{alike[0][0]}:{alike[0][1]}"
    return Resolution(verdict="review", country=asked.country, route=route, suggestions=tuple(ids)[:MAX_CANDIDATES])


def _judged(line: Judgement, found: Found, country: str, lookup: Lookup) -> Resolution:
    """The resolution a person decided on."""
    values = line.values
    route = f"judgement:{values['verdict']}" + (f":{values['network_id']}" if values["network_id"] else "")
    ids = tuple(named.place.place_id for named in found.named[:MAX_CANDIDATES])
    if values["verdict"] == "is":
        place = find_place(values["place_id"], gazetteer=lookup.gazetteer, judgements=lookup.judgements)
        if place is None:
            raise KeyError(f"{line.where}: {values['place_id']} passed load_judgements but is not known")
        others = [named.place for named in found.named if named.place.place_id != place.place_id]
        made = replace(_resolved(place, route, ids), runner_up=others[0].place_id if others else "")
        return replace(made, ratio=ratio(place, others[0] if others else None))
    verdict = "not_a_city" if values["verdict"] == "not_a_city" else "review"
    return Resolution(verdict=verdict, country=country, route=route, candidates=place_ids_of(line) or ids)


def _reading(asked: _Question, found: Found) -> str:
    """The way in which the name was read and the form that was found, where that is not the name as printed."""
    how, key = found.variant.how, found.variant.key
    return (f":{how}" if how else "") + (f":{key}" if key != asked.key else "")


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
