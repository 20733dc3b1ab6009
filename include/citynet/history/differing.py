"""What one listing lacks of another and adds to it: by place or printed name, through mergers and splits."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from citynet.history.municipal import MunicipalChange, heirs_on
from citynet.model import ListingRow, Resolution, ResolvedListing


@dataclass(frozen=True, slots=True)
class Difference:
    """What a listing lacks of another and adds to it, as printed, each body once; same: bodies that both name."""

    gone: tuple[str, ...]
    come: tuple[str, ...]
    same: int


def plain(name: str) -> str:
    """A printed name without differences of case and white space: the key of a row that no place answers to."""
    return " ".join(name.split()).casefold()


def difference(
    last: ResolvedListing, new: ResolvedListing, name_key: Callable[[str], str] = plain, changes: Sequence[MunicipalChange] = ()
) -> Difference:
    """The bodies that only one of two listings names, under the name that it prints first for each, sorted."""
    if _alike(last, new):
        same = {found.place_id or "name " + name_key(row.name_as_published) for row, found in _pairs(new)}
        return Difference((), (), len(same))
    heirs = heirs_on(changes, f"{new.listing.captured_at:%Y-%m-%d}")
    before, after = _bodies(last, name_key, heirs), _bodies(new, name_key, heirs)
    keys_before = frozenset[str]().union(*(keys for _, keys in before))
    keys_after = frozenset[str]().union(*(keys for _, keys in after))
    gone = sorted(name for name, keys in before if not keys & keys_after)
    come = sorted(name for name, keys in after if not keys & keys_before)
    return Difference(tuple(gone), tuple(come), len(before) - len(gone))


def _bodies(
    resolved: ResolvedListing, name_key: Callable[[str], str], heirs: Mapping[str, frozenset[str]] = MappingProxyType({})
) -> list[tuple[str, frozenset[str]]]:
    """Each body under its first printed name, with its keys: its place_id and heirs, every name it is printed under, and for an
    open row the places it can be. A candidate that the listing names in another row is that row, so it is no key of the open one.
    """
    resolved_ids = {resolution.place_id for resolution in resolved.resolutions}
    keys: dict[str, set[str]] = {}
    printed: dict[str, str] = {}
    for row, resolution in _pairs(resolved):
        name = "name " + name_key(row.name_as_published)
        found = (
            {resolution.place_id, *heirs.get(resolution.place_id, ())}
            if resolution.place_id
            else {name, *resolution.candidates} - resolved_ids
        )
        keys.setdefault(resolution.place_id or name, set()).update({name}, found)
        printed.setdefault(resolution.place_id or name, row.name_as_published)
    return [(printed[body], frozenset(found)) for body, found in sorted(keys.items())]


def _alike(last: ResolvedListing, new: ResolvedListing) -> bool:
    """Whether both print the same names, matched alike, in one order, as most lists of two weeks do: then nothing need be compared."""
    names = ([row.name_as_published for row in resolved.listing.rows] for resolved in (last, new))
    return last.resolutions == new.resolutions and next(names) == next(names)


def _pairs(resolved: ResolvedListing) -> Iterable[tuple[ListingRow, Resolution]]:
    return zip(resolved.listing.rows, resolved.resolutions, strict=True)
