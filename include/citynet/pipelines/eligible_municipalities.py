"""Which of the known municipalities may join each network by its rules of a day: among these the chance models draw members."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.analysis.incidence import Eligible
from citynet.analysis.lists import MemberList
from citynet.model import Network
from citynet.pipelines.eligibility import admitted_sizes, in_force, in_words, must_belong, parts_admitted
from citynet.pipelines.known_municipalities import Known
from citynet.places.gazetteer import Gazetteer
from citynet.places.normalise import normalise
from citynet.statistics.size_ranges import ANY_SIZE

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Admitted:
    """Who may join a network on the day of its list. rule: the rules in words; note: what else was applied or could not be.

    may_join: how many of the known municipalities; outside_rules: members that are none of those, and were let in all the same.
    """

    may_join: int
    outside_rules: int
    rule: str
    note: str


@dataclass(frozen=True, slots=True, eq=False)
class _Towns:
    """The known municipalities, column by column. residents: NaN where nobody knows them."""

    known: Sequence[Known]
    ids: "NDArray[np.str_]"
    countries: "NDArray[np.str_]"
    residents: "NDArray[np.float64]"


def eligible(
    lists: Sequence[MemberList], networks: Mapping[str, Network], known: Sequence[Known], gazetteer: Gazetteer
) -> tuple[Eligible, dict[str, Admitted]]:
    """Who may join each network of the lists (one a network) by its rules on the day of its list, and network_id -> how that was found.

    A network without a rule in force is taken as open to all municipalities of the countries that it lists: an assumption, told as
    such. Where members must belong to another network whose list is here, those who may join are the ones on that list, which a
    chance model may draw anew; may_join counts them as the list stands. Unknown residents are within no limit.
    """
    import numpy as np

    residents = np.array([np.nan if one.residents is None else one.residents for one in known], dtype=float)
    towns = _Towns(known, np.array([one.place_id for one in known]), np.array([one.country for one in known]), residents)
    of = {members.network_id: members for members in lists}
    marks, told, belongs, assumed = {}, {}, {}, set()
    for network_id, members in sorted(of.items()):
        network, day = networks[network_id], members.list_date
        if in_force(network, day):
            marks[network_id], notes = _admits(network, networks, day, towns, gazetteer)
        else:
            marks[network_id], notes = _as_listed(members, towns), ["taken as open to the countries that its list names"]
            assumed.add(network_id)
        belongs[network_id] = tuple(sorted(must_belong(network, day) & of.keys()))
        mark, further = _belonging(marks[network_id], network, of, towns)
        beyond = len(members.municipality_ids) - int(np.isin(towns.ids[mark], sorted(members.municipality_ids)).sum())
        told[network_id] = Admitted(int(mark.sum()), beyond, in_words(network, day), "; ".join([*notes, *further]))
    who = Eligible([one.place_id for one in known], [one.country for one in known], marks, belongs, frozenset(assumed))
    return who, told


def _as_listed(members: MemberList, towns: _Towns) -> "NDArray[np.bool_]":
    """By the countries of the list, where no rule is known."""
    import numpy as np

    listed = sorted({members.countries.get(place_id, "") for place_id in members.municipality_ids})
    return np.isin(towns.countries, listed)


def _admits(
    network: Network, networks: Mapping[str, Network], day: str, towns: _Towns, gazetteer: Gazetteer
) -> tuple["NDArray[np.bool_]", list[str]]:
    """By countries and residents, and by the part of a country that a rule names, which binds that rule alone."""
    import numpy as np

    mark, notes = np.zeros(len(towns.known), bool), []
    for part in parts_admitted(network, day):
        inside, told = _within(part, towns, gazetteer)
        notes += told
        for country in np.unique(towns.countries).tolist():
            here = inside & (towns.countries == country)
            ranges = admitted_sizes(network, networks, day, country, part=part)
            for low, high in ranges:
                mark |= here & ((towns.residents >= low) & (towns.residents < high) if ranges != ANY_SIZE else True)
    return mark, notes


def _within(part: str, towns: _Towns, gazetteer: Gazetteer) -> tuple["NDArray[np.bool_]", list[str]]:
    """The municipalities of a part of a country ("" for all), where the gazetteer has exactly one region of that name."""
    import numpy as np

    regions = gazetteer.regions(normalise(part)) if part else ()
    if len(regions) != 1:
        told = [f"{part} is not known to the gazetteer as one region: not applied"] if part else []
        return np.ones(len(towns.known), bool), told
    inside = np.array([regions[0].region_id in one.regions for one in towns.known])
    return inside, [f"in {part} as far as the gazetteer knows"]


def _belonging(
    mark: "NDArray[np.bool_]", network: Network, of: Mapping[str, MemberList], towns: _Towns
) -> tuple["NDArray[np.bool_]", list[str]]:
    """Those of the marked who are on the lists of the networks to which every member must belong, as these lists stand."""
    import numpy as np

    told = []
    for parent in sorted(must_belong(network, of[network.id].list_date)):
        if parent in of:
            mark = mark & np.isin(towns.ids, sorted(of[parent].municipality_ids))
            told.append(f"members of {parent} by its list of {of[parent].list_date}")
        else:
            told.append(f"members of {parent}, of which no list is here: only its rules are applied")
    return mark, told
