"""What the monitor takes from statistical sources: one YAML file a data set, read strictly into a value."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from citynet.errors import ConfigError
from citynet.statistics.eurostat import API, data_url

SCHEMA = Path(__file__).with_name("dataset_schema.json")
"""What a file of a data set must be like; an editor completes and checks it by this."""
ENDING = ".yaml"
CENSUSES = {2019: {"GR": 2011, "IE": 2016, "PT": 2011}}
"""Edition -> country -> year of the census whose total its populations add up to, to the person."""

Read = Callable[[str, bytes], Mapping[str, Any]]
"""File name and bytes -> the document, held against SCHEMA; ConfigError with file and line."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator: unit persons | percent; no figure lies below least or above most (of a country or union: most_of_a_country)."""

    code: str
    name: str
    unit: str
    least: float
    most: float
    most_of_a_country: float
    jump_percent_a_year: float


@dataclass(frozen=True, slots=True)
class Identity:
    """What must agree between figures of one territory and year: share None: the sum of `parts` is the sum of `whole`; else share, in
    percent, is that of `parts` in `whole`."""

    parts: tuple[str, ...]
    whole: tuple[str, ...]
    share: str | None = None

    @property
    def said(self) -> str:
        """The identity in words of codes."""
        parts, whole = " + ".join(self.parts), " + ".join(self.whole)
        return f"{parts} = {whole}" if self.share is None else f"{self.share} = 100 x {parts} / ({whole})"


@dataclass(frozen=True, slots=True)
class Dataset:
    """One data set. kind: jsonstat | lau | universes | table1 | wikidata, which says what reads it. url: what is asked.

    code, filters (dimension -> codes, the indicators first), dimensions (all but time, in the order of the data structure; () where
    not known), indicator_dimension, territory_dimension: of a cube of Eurostat's. live: is asked of the source by live runs.
    needs_permission: the owner's robots.txt refuses the address to robots, so that it is asked live only where the operator has
    named it as permitted. seen_on: date on which an answer of the service was seen, "" where the file is built to the documented
    shape. by_label: territories are labels, so that their countries are not known. looked_at: vintages (`updated`) that a person has
    accepted against the vintage before, with why. first_year: no figure of a cube is older. edition: of a list of local units.
    source_type, source_class and note: what table sources says of it. sha256: of the file.
    """

    id: str
    title: str
    kind: str
    url: str
    live: bool
    territory_kind: str
    citation: str
    source_class: str
    source_type: str = "statistics"
    note: str = ""
    code: str = ""
    api: str = API
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    dimensions: tuple[str, ...] = ()
    indicator_dimension: str = ""
    territory_dimension: str = ""
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    identities: tuple[Identity, ...] = ()
    jump_percent_a_year: float = 8.0
    first_year: int = 1989
    looked_at: Mapping[str, str] = field(default_factory=dict)
    by_label: bool = False
    needs_permission: bool = False
    seen_on: str = ""
    edition: int = 0
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Datasets:
    """known: all that can be read, by id; broken: file stem -> what is wrong with it."""

    known: Mapping[str, Dataset]
    broken: Mapping[str, ConfigError]

    def get(self, dataset: str) -> Dataset:
        """The data set by its file of today; its ConfigError where that is broken, another where there is none."""
        if dataset in self.broken:
            raise self.broken[dataset]
        if dataset not in self.known:
            raise ConfigError(f"{dataset}: expected a file {dataset}{ENDING} among the data sets, found none")
        return self.known[dataset]

    @property
    def editions(self) -> list[str]:
        """The lists of local units, the newest first: it is used where it is at hand."""
        return [d.id for d in sorted(self.known.values(), key=lambda d: d.edition, reverse=True) if d.kind == "lau"]


def load(folder: Path, read: Read) -> Datasets:
    """Every *.yaml of the folder by id; a broken file is told under its stem and never stops the others."""
    known: dict[str, Dataset] = {}
    broken: dict[str, ConfigError] = {}
    for file in sorted(folder.glob(f"*{ENDING}")):
        try:
            known[file.stem] = load_one(file.name, file.read_bytes(), read)
        except (ConfigError, OSError) as problem:
            told = (
                problem if isinstance(problem, ConfigError) else ConfigError(f"{file.name}: expected a readable file: {problem.strerror}")
            )
            broken[file.stem] = told
    twice = _told_twice(known)
    return Datasets({name: one for name, one in known.items() if name not in twice}, broken | twice)


def _told_twice(known: Mapping[str, Dataset]) -> dict[str, ConfigError]:
    """Live data sets that tell of one figure of one kind of territory: which of them a release would take would hang on their names."""
    told: dict[tuple[str, str], list[str]] = {}
    for one in known.values():
        for what in sorted({about.name for about in one.indicators.values()}) if one.live else ():
            told.setdefault((what, one.territory_kind), []).append(one.id)
    return {
        name: ConfigError(f"{name}{ENDING}: expected one live data set with {what} of {kind}, got {' and '.join(names)}")
        for (what, kind), names in told.items()
        if len(names) > 1
        for name in names
    }


def load_one(name: str, data: bytes, read: Read) -> Dataset:
    """The data set of one file, `name` being <id>.yaml; ConfigError where it is not as the schema says."""
    import hashlib

    facts = read(name, data)
    if facts["id"] != name.removesuffix(ENDING):
        raise ConfigError(f"{name}: id: expected {name.removesuffix(ENDING)!r} as the file is named, got {facts['id']!r}")
    indicators = {code: _indicator(code, about, facts) for code, about in (facts.get("indicators") or {}).items()}
    made = Dataset(
        **{key: value for key, value in facts.items() if key in _AS_THEY_ARE and value is not None},
        url=facts.get("url") or "",
        filters=_filters(facts, tuple(indicators)),
        dimensions=tuple(facts.get("dimensions") or ()),
        indicators=indicators,
        identities=tuple(_identity(one, indicators, name) for one in facts.get("identities") or ()),
        sha256=hashlib.sha256(data).hexdigest(),
    )
    if made.url:
        return made
    return replace(made, url=data_url(made, api=made.api))


_AS_THEY_ARE = frozenset(
    ("id", "title", "kind", "live", "territory_kind", "citation", "source_class", "source_type", "note", "code", "api", "looked_at")
) | {
    "indicator_dimension",
    "territory_dimension",
    "jump_percent_a_year",
    "first_year",
    "by_label",
    "needs_permission",
    "seen_on",
    "edition",
}


def _filters(facts: Mapping[str, Any], indicators: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    asked = {facts["indicator_dimension"]: indicators} if indicators and facts.get("indicator_dimension") else {}
    return asked | {dimension: tuple(codes) for dimension, codes in (facts.get("filters") or {}).items()}


def _indicator(code: str, about: Mapping[str, Any], facts: Mapping[str, Any]) -> Indicator:
    return Indicator(
        code=code,
        name=about["name"],
        unit=about["unit"],
        least=float(about["least"]),
        most=float(about["most"]),
        most_of_a_country=float(about.get("most_of_a_country", about["most"])),
        jump_percent_a_year=float(about.get("jump_percent_a_year", facts.get("jump_percent_a_year", 8))),
    )


def _identity(about: Mapping[str, Any], indicators: Mapping[str, Indicator], name: str) -> Identity:
    made = Identity(tuple(about["parts"]), tuple(about["whole"]), about.get("share"))
    unknown = sorted({*made.parts, *made.whole, *filter(None, [made.share])} - set(indicators))
    if unknown:
        raise ConfigError(f"{name}: identities: expected codes of its indicators, got {', '.join(unknown)}")
    return made


def population_year(edition: int, country: str) -> int:
    """The reference year of a municipality's population in an edition (0 for none): the edition's own where it states no other."""
    return CENSUSES.get(edition, {}).get(country, edition)


def lau_source(year: int) -> str:
    """How a list of local units is to be cited."""
    return f"Source: Eurostat, local administrative units {year}"
