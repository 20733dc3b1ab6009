"""What the quality page says on matching names: how many are matched, where they are not, and whom that may hide."""

from collections.abc import Callable, Sequence
from typing import Any

from citynet.model import Row
from citynet.publishing.headlines import grouped
from citynet.publishing.site.context import Data, alphabetical, name_of
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.wording import label, share

SMALL, LARGE = ("<5k", "5-10k"), ("250-500k", "0.5-1M", "1-5M", ">5M")
SIZES = (*SMALL, "10-20k", "20-50k", "50-100k", "100-250k", *LARGE)
LEAST = 10
"""Names of a class below which its rate is compared with none, as with members in representation."""
NOT_KNOWN = "not_known"


def precision_costs(data: Data) -> dict[str, Any]:
    """The rates by dimension, each with the name of its class, and the sentences beside them; nothing where no name was read."""
    rows = data.tables["resolution_rates"]
    whole = next((row for row in rows if row["dimension"] == "all" and row["class"] == "all"), None)
    if whole is None:
        return {"whole": None}
    by = {
        name: [row for row in rows if row["dimension"] == name] for name in ("network", "country", "place_kind", "municipality_size_class")
    }
    sizes = by["municipality_size_class"]
    return {
        "whole": whole,
        "networks": _named(by["network"], lambda row: name_of(data.networks, row["class"])),
        "sizes": [(_size_name(row), row) for row in sorted(sizes, key=_size_order)],
        "countries": _named(by["country"], lambda row: "no country known" if row["class"] == NOT_KNOWN else country_name(row["class"])),
        "kinds": _named(by["place_kind"], lambda row: "no place known" if row["class"] == NOT_KNOWN else label(row["class"])),
        "sentences": [without_country(whole, by["country"]), by_size(sizes)],
    }


def without_country(whole: Row, countries: Sequence[Row]) -> str:
    """Of how many open names not even the country is known."""
    still_open = _count(whole, "review") + _count(whole, "unknown")
    nowhere = sum(_count(row, "review") + _count(row, "unknown") for row in countries if row["class"] == NOT_KNOWN)
    if not still_open:
        return "No printed name is open."
    if not nowhere:
        return f"The country of each of the {grouped(still_open)} open names is known."
    return f"Of {grouped(still_open)} open names, {grouped(nowhere)} {'is' if nowhere == 1 else 'are'} of no known country."


def by_size(sizes: Sequence[Row]) -> str:
    """Whether names of small towns stay open more often than those of large cities, as far as the open names allow to tell."""
    unknown_size = sum(_count(row, "review") + _count(row, "unknown") for row in sizes if row["class"] == NOT_KNOWN)
    small, large = (_bounds([row for row in sizes if row["class"] in classes], unknown_size) for classes in (SMALL, LARGE))
    asked = "names of municipalities under 10,000 residents stay open more often than those of cities over 250,000"
    if small is None or large is None:
        held = " and ".join(grouped(sum(_count(r, "names") for r in sizes if r["class"] in classes)) for classes in (SMALL, LARGE))
        return f"Whether {asked} can't be told: the lists hold {held} names of them, and fewer than {LEAST} of either are no ground."
    told = f"{_span(small)} of the small ones are matched, {_span(large)} of the large ones"
    if small[1] < large[0]:
        return f"By these lists, {asked}: {told}, a difference of at least {100 * (large[0] - small[1]):.0f} points."
    if large[1] < small[0]:
        return f"By these lists, {asked.replace('more often', 'less often')}: {told}."
    if unknown_size:
        return f"Whether {asked} can't be told: {told}, since {grouped(unknown_size)} open names may be of any size."
    return f"No difference by size: {told}."


def _bounds(rows: Sequence[Row], unknown_size: int) -> tuple[float, float] | None:
    """The lowest and the highest rate of the classes together; None below LEAST names."""
    names, resolved = (sum(_count(row, column) for row in rows) for column in ("names", "resolved"))
    return (resolved / (names + unknown_size), resolved / names) if names >= LEAST else None


def _span(bounds: tuple[float, float]) -> str:
    low, high = share(bounds[0]), share(bounds[1])
    return high if low == high else f"{low} to {high}"


def _named(rows: Sequence[Row], name: Callable[[Row], str]) -> list[tuple[str, Row]]:
    """The rows by the name of their class, those without a class last."""
    return sorted(((name(row), row) for row in rows), key=lambda item: (item[1]["class"] == NOT_KNOWN, alphabetical(item[0])))


def _size_name(row: Row) -> str:
    return "size not known" if row["class"] == NOT_KNOWN else str(row["class"])


def _size_order(row: Row) -> int:
    return SIZES.index(str(row["class"])) if row["class"] in SIZES else len(SIZES)


def _count(row: Row, column: str) -> int:
    return int(str(row[column] or 0))
