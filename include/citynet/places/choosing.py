"""Which of several bearers of a name is meant, if that is certain; size alone never decides."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from citynet.model import Named, Place


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer, or None. rule: what made it certain, "" for the only bearer; runner_up: the next bearer, or None."""

    answer: Named | None
    rule: str = ""
    runner_up: Place | None = None


def choose(found: Sequence[Named], *, in_one_country: bool) -> Choice:
    """The bearer that is meant; found: largest first.

    The only bearer. Else, within one country, one that no other exceeds in residents and that alone has a further sign:
    the only municipality among villages and sections of cities (without any, the only settlement among sections); or
    the only one whose own name it is, among municipalities if it is one's (so that Halle is not the village whose official
    name is just that, and London not the City of London). Networks list municipalities.
    """
    if len(found) == 1:
        return Choice(found[0])
    runner_up = found[1].place if found else None
    if in_one_country:
        for rule, kept in _signs(found):
            if len(kept) == 1 and residents(kept[0].place) >= residents(found[0].place):
                return Choice(kept[0], rule, next(named.place for named in found if named != kept[0]))
    return Choice(None, runner_up=runner_up)


def _signs(found: Sequence[Named]) -> Iterator[tuple[str, Sequence[Named]]]:
    """Rule -> the bearers that have its sign."""
    municipalities = [named for named in found if named.place.place_kind == "municipality"]
    yield "only_municipality", municipalities
    if not municipalities:
        yield "only_settlement", [named for named in found if named.place.place_kind == "settlement"]
    yield "only_own_name", [named for named in municipalities if named.own] or [named for named in found if named.own]


def residents(place: Place) -> int:
    """The gazetteer's figure, 0 where it has none."""
    return place.population or 0


def ratio(answer: Place, runner_up: Place | None) -> float | None:
    """Residents of the answer over those of the runner-up, None where one is not known."""
    if runner_up is None or not answer.population or not runner_up.population:
        return None
    return round(answer.population / runner_up.population, 2)
