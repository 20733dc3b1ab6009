"""The lists as the chance models take them: names without a place have their part, places without a country have none within countries."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from citynet.analysis.incidence import Eligible
from citynet.analysis.lists import MemberList


def with_open_names(lists: Sequence[MemberList], eligible: Eligible | None) -> tuple[Sequence[MemberList], Eligible | None]:
    """The lists and who may join, each name without a place taken as a municipality of its own that is on that list alone.

    So each list has its whole length, and no two share more than is known. The open names of a list have the countries of its
    municipalities, in the same proportions, and may join every network.
    """
    if not any(members.unresolved for members in lists):
        return lists, eligible
    countries, widened = countries_of(lists, eligible), []
    added: dict[str, str] = {}
    for members in lists:
        mine = _open_names(members, countries)
        added |= mine
        widened.append(
            replace(members, municipality_ids=members.municipality_ids | mine.keys(), countries={**members.countries, **mine}, unresolved=0)
        )
    return widened, eligible and _open_to(eligible, added)


def of_known_country(lists: Sequence[MemberList], eligible: Eligible | None) -> tuple[Sequence[MemberList], Eligible | None]:
    """The lists and who may join, as far as the country of a municipality is known; as they are where all are."""
    import numpy as np

    countries = countries_of(lists, eligible)
    known = frozenset(place for place, country in countries.items() if country)
    if all(members.municipality_ids <= known for members in lists):
        return lists, eligible
    cut = [replace(members, municipality_ids=members.municipality_ids & known) for members in lists]
    if eligible is None:
        return cut, None
    kept = np.array([bool(country) for country in eligible.countries], dtype=bool)
    places = [place for place, is_kept in zip(eligible.place_ids, kept, strict=True) if is_kept]
    marks = {name: mark[kept] for name, mark in eligible.may_join.items()}
    return cut, replace(eligible, place_ids=places, countries=[countries[place] for place in places], may_join=marks)


def countries_of(lists: Sequence[MemberList], eligible: Eligible | None) -> dict[str, str]:
    """Municipality -> its ISO code or ""; a list's own word counts only where it is none of the known."""
    said = {place: members.countries.get(place, "") for members in reversed(lists) for place in members.municipality_ids}
    return {**said, **dict(zip(eligible.place_ids, eligible.countries, strict=True))} if eligible else said


def _open_names(members: MemberList, countries: Mapping[str, str]) -> dict[str, str]:
    """Id made for each open name -> its country."""
    at = sorted(countries[place] for place in members.municipality_ids) or [""]
    return {
        f"{members.network_id}: open name {n + 1}": at[(2 * n + 1) * len(at) // (2 * members.unresolved)] for n in range(members.unresolved)
    }


def _open_to(eligible: Eligible, added: Mapping[str, str]) -> Eligible:
    import numpy as np

    marks = {name: np.concatenate([mark, np.ones(len(added), bool)]) for name, mark in eligible.may_join.items()}
    return replace(eligible, place_ids=[*eligible.place_ids, *added], countries=[*eligible.countries, *added.values()], may_join=marks)
