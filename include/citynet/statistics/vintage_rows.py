"""What one vintage of a list says, as rows that its checks look at: a row's key, its figure and the bounds it must keep."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from citynet.model import Row
from citynet.statistics.joining import SIZE_CLASS_NAMES, SIZE_CLASSES
from citynet.statistics.printed_shares import PrintedShare
from citynet.statistics.universes import UniverseCell
from citynet.statistics.values import Municipality
from citynet.statistics.wikidata import NO_COUNTRY, Item

Items = Sequence[Municipality] | Sequence[UniverseCell] | Sequence[PrintedShare] | Sequence[Item]
"""What one data set holds; all items are of one kind."""

_MOST_OF_A_MUNICIPALITY = 20_000_000
"""Residents beyond which a figure is a mistake of unit or place: no municipality of the sources comes near."""


def rows_of(items: Items) -> list[Row]:
    """One row an item: what (its name), key, country, value, least, most, and yes or no for whether it adds up with the others."""
    cells = _short_countries([item for item in items if isinstance(item, UniverseCell)])
    rows = []
    for item in items:
        if isinstance(item, Municipality):
            rows.append(_unit(item))
        elif isinstance(item, UniverseCell):
            rows.append(_cell(item, item.country in cells))
        elif isinstance(item, Item):
            rows.append(_item(item))
        else:
            rows.append(_printed(item))
    return rows


def countries_of(rows: Iterable[Row]) -> dict[str, int]:
    """How many rows each country has, by code."""
    return dict(sorted(Counter(str(row["country"]) for row in rows).items()))


def _unit(unit: Municipality) -> Row:
    name = f"{unit.country} {unit.lau_code}"
    return _plain(f"{name} {unit.name}", name, unit.country, unit.population, 0, _MOST_OF_A_MUNICIPALITY)


def _printed(share: PrintedShare) -> Row:
    return _plain(share.city, share.city, share.country_as_published, share.percent, 0, 100)


def _item(item: Item) -> Row:
    name = f"GeoNames {item.geonames_id}: {item.item}"
    return _plain(name, name, item.countries[0] if item.countries else NO_COUNTRY, None, 0, 0)


def _cell(cell: UniverseCell, short: bool) -> Row:
    """Residents lie between the bounds of the class times its units."""
    name = f"{cell.country} / {cell.size_class or 'no class'} / {cell.degurba or 'no degree'}"
    least, most = _bounds().get(cell.size_class, (0, 0))
    row = _plain(name, name, cell.country, cell.residents, least * cell.municipalities, most * cell.municipalities)
    return row | {"adds_up": "no" if short else "yes"}


def _plain(what: str, key: str, country: str, value: float | None, least: int, most: int) -> Row:
    bounds: Row = {"what": what, "key": key, "country": country, "value": value, "least": least, "most": most}
    return bounds | {"adds_up": "yes"}


def _bounds() -> Mapping[str, tuple[int, int]]:
    """Size class -> its least and most residents."""
    uppers = [bound for bound, _ in SIZE_CLASSES]
    return {
        name: (least, most)
        for name, least, most in zip(SIZE_CLASS_NAMES, [0, *uppers], [*(u - 1 for u in uppers), _MOST_OF_A_MUNICIPALITY], strict=True)
    }


def _short_countries(cells: Sequence[UniverseCell]) -> set[str]:
    """The countries whose cells do not add up to the totals that stand beside them, or whose totals are not one."""
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    totals: dict[str, set[tuple[int, int]]] = defaultdict(set)
    for cell in cells:
        sums[cell.country][0] += cell.municipalities
        sums[cell.country][1] += cell.residents or 0
        totals[cell.country].add((cell.all_municipalities, cell.all_residents or 0))
    return {country for country, found in sums.items() if totals[country] != {(found[0], found[1])}}
