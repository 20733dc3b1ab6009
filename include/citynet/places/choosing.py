"""Which of several bearers of a name is meant, if that is certain; size alone never decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citynet.model import Named, Place
from citynet.places.normalise import normalise

NEARLY = 10
"""A municipality that is printed alike, though its official name says more (Friedberg (Hessen)), is a rival down to a tenth."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer, or None. rule: what made it certain, "" for the only bearer; runner_up: the next bearer, or None."""

    answer: Named | None
    rule: str = ""
    runner_up: Place | None = None


def choose(found: Sequence[Named], *, key: str, in_one_country: bool) -> Choice:
    """The bearer of the normalised name (key) that is meant; found: largest first.

    The only bearer. Else, within one country, one that no other exceeds in residents (sections of cities aside) and that
    alone has a further sign: the only municipality among villages and sections (without any, the only settlement among
    sections); or the only one whose own name it is, among municipalities if it is one's, unless another that is printed
    alike is nearly as large (so that Halle is not the village whose official name is just that, London not the City of
    London, and Friedberg not one of two). Networks list municipalities.
    """
    if len(found) == 1:
        return Choice(found[0])
    runner_up = found[1].place if found else None
    if in_one_country:
        largest = max((residents(named.place) for named in found if named.place.place_kind != "district"), default=0)
        for rule, kept in _signs(found, key):
            if len(kept) == 1 and residents(kept[0].place) >= largest:
                return Choice(kept[0], rule, next(named.place for named in found if named != kept[0]))
    return Choice(None, runner_up=runner_up)


def _signs(found: Sequence[Named], key: str) -> Iterator[tuple[str, Sequence[Named]]]:
    """Rule -> the bearers that have its sign."""
    municipalities = [named for named in found if named.place.place_kind == "municipality"]
    yield "only_municipality", municipalities
    if not municipalities:
        yield "only_settlement", [named for named in found if named.place.place_kind == "settlement"]
    own = [named for named in municipalities if named.own] or [named for named in found if named.own]
    alike = [n for n in municipalities if n not in own and normalise(n.place.name) == key]
    if not any(residents(named.place) * NEARLY >= residents(other.place) for named in alike for other in own):
        yield "only_own_name", own


def residents(place: Place) -> int:
    """The gazetteer's figure, 0 where it has none."""
    return place.population or 0


def ratio(answer: Place, runner_up: Place | None) -> float | None:
    """Residents of the answer over those of the runner-up, None where one is not known."""
    if runner_up is None or not answer.population or not runner_up.population:
        return None
    return round(answer.population / runner_up.population, 2)
