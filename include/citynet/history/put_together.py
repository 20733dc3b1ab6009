"""Rows that put several bodies of the other list together: Metz / Nancy, Antwerpen + Brugge, Pratovecchio Stia."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from citynet.history.counterparts import Body, Counterparts
from citynet.history.printed import Printed


@dataclass(frozen=True, slots=True)
class Together:
    """A body of one list that is left over, and the row of the other that prints it with others. is_old: the body is on the old list."""

    part: Body
    row: Body
    is_old: bool


def put_together(found: Counterparts) -> tuple[Together, ...]:
    """Each body left over whose row the other list puts together with another's, and prints neither by itself."""
    old = (found.gone, [pair[0] for pair in found.pairs])
    new = (found.come, [pair[1] for pair in found.pairs])
    return (*_of_list(old, new, is_old=True), *_of_list(new, old, is_old=False))


def _of_list(
    parts: tuple[Mapping[int, Body], Iterable[Body]], rows: tuple[Mapping[int, Body], Iterable[Body]], *, is_old: bool
) -> Iterator[Together]:
    alone, there = parts
    by_name = _by_name((*alone.values(), *there))
    own = _by_name((*rows[0].values(), *rows[1]))
    for body in (*rows[0].values(), *rows[1]):
        for names in _partings(body.first):
            named = [[one for one in by_name.get(name, ()) if _countries_agree(one, body)] for name in names]
            bodies = {several[0].number: several[0] for several in named if len(several) == 1}
            if len(bodies) == len(names) and not any(other is not body for name in names for other in own.get(name, ())):
                yield from (Together(one, body, is_old) for number, one in sorted(bodies.items()) if number in alone)
                break


def _by_name(bodies: Iterable[Body]) -> Mapping[str, Sequence[Body]]:
    found: dict[str, list[Body]] = defaultdict(list)
    for body in bodies:
        for name in {name for row in body.rows for name in (row.key, *row.forms)}:
            found[name].append(body)
    return found


def _countries_agree(one: Body, other: Body) -> bool:
    """Whether no two countries are printed: a row that puts bodies together often prints none."""
    return not (one.first.country and other.first.country) or one.first.country == other.first.country


def _partings(row: Printed) -> Iterator[tuple[str, ...]]:
    """The names of which a row may be made: by the signs between them, or two that stand side by side."""
    if len(row.combined) > 1:
        yield row.combined
    words = row.key.split()
    yield from ((" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words)))
