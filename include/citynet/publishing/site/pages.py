"""From the tables of a release to its pages: path below site/ -> bytes. Same tables and context, same bytes."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from citynet.errors import DataRefused
from citynet.model import Row
from citynet.publishing.contract import contract
from citynet.publishing.headlines import followed, headlines, is_demonstration
from citynet.publishing.site import (
    analysis_pages,
    connection_pages,
    governance,
    judged,
    network_pages,
    overlap_pages,
    place_pages,
    precision,
    review,
    statistics_pages,
    statistics_words,
    wording,
)
from citynet.publishing.site.charts import all_lists
from citynet.publishing.site.context import Data, SiteContext, accepted_lists, alphabetical, grouped_by, load, name_of, newest_first
from citynet.publishing.site.countries import country_name
from citynet.publishing.site.sentences import sentences

TEMPLATES = Path(__file__).with_name("templates")
FILE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
FILTERS = (
    "label",
    "number",
    "ratio",
    "share",
    "since",
    "state",
    "interval",
    "web_address",
    "figure",
    "size",
    "no_list",
    "uncounted",
    "ended",
    "reading",
    "dates_whole",
    "dated",
    "gates",
    "plain",
    "short_reading",
    "told",
    "share_of",
    "written",
)
STATISTICAL_FILTERS = ("flags", "territory", "age", "union", "beginning", "outcome", "counted", "territories", "reason", "signed")

Page = tuple[str, str, Mapping[str, Any]]
"""Path below site/, template, and what the template is filled with."""


def render(release_id: str, tables: Mapping[str, Sequence[Row]], context: SiteContext, sizes: Mapping[str, int]) -> dict[str, bytes]:
    """All pages and the style sheet. sizes: bytes of each file of the release that pages offer for download.

    DataRefused where an id can't be a file name.
    """
    data = load(tables, context.evidence)
    page = _page_writer(release_id, data, context)
    pages = {"style.css": (TEMPLATES / "style.css").read_bytes()}
    for path, template, values in _all_pages(data, context, sizes):
        pages[path] = page(path, template, values)
    return dict(sorted(pages.items()))


def _page_writer(release_id: str, data: Data, context: SiteContext) -> Callable[[str, str, Mapping[str, Any]], bytes]:
    """What fills a template: autoescape on and no undefined name, so that a typing error is seen and hostile text stays text."""
    import jinja2

    from citynet.publishing.site.compiled import COMPILED

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=COMPILED,
    )
    environment.filters.update(_filters(data))
    rebuilt = is_demonstration(data.tables["sources"])
    environment.globals.update(
        release_id=release_id, context=context, contract=contract(), demonstration=wording.DEMONSTRATION if rebuilt else ""
    )
    environment.globals.update(formal_tie=wording.FORMAL_TIE, networks=data.networks, places=data.places, captures=data.network_of_capture)
    known = judged.look_up(data)
    environment.globals.update(
        of_name=partial(judged.of_name, known),
        of_membership=partial(judged.of_membership, known),
        of_place=known.by_place,
        of_capture=known.captures,
    )
    environment.globals.update(classes=statistics_words.CLASSES, reached=statistics_words.REACHED)
    environment.globals.update(listed_rows=data.listed_rows, sourced=set(data.sources), accepted_lists=lambda i: accepted_lists(data, i))

    def write(path: str, template: str, values: Mapping[str, Any]) -> bytes:
        up = "../" * path.count("/")
        return environment.get_template(template).render(**values, path=path, up=up).encode()

    return write


def _filters(data: Data) -> dict[str, Callable[..., object]]:
    """What templates say of values, and of the ids of this release."""
    sets = {str(d["dataset_id"]): d for d in data.tables["datasets"]}
    return {
        **{name: getattr(wording, name) for name in FILTERS},
        **{name: getattr(statistics_words, name) for name in STATISTICAL_FILTERS},
        "dataset": lambda key: str(sets[str(key)]["title"]) if str(key) in sets else wording.label(key),
        "cited": lambda key: statistics_words.cited(sets[str(key)]["citation"]) if str(key) in sets else wording.label(key),
        "place": lambda place_id: name_of(data.places, place_id),
        "network": lambda network_id: name_of(data.networks, network_id),
        "country": country_name,
        "chance": overlap_pages.chance,
        "evidence_item": governance.evidence_item,
        "pair_file": lambda row: overlap_pages.pair_file(str(row["network_a"]), str(row["network_b"])),
        "printed": lambda place_id: place_pages.printed_names(data, str(place_id)),
    }


def _all_pages(data: Data, context: SiteContext, sizes: Mapping[str, int]) -> Iterator[Page]:
    yield from _top_pages(data, context, sizes)
    for network_id, network in data.networks.items():
        yield f"network/{_file_name(network_id)}.html", "network.html", network_pages.network_page(data, network_id, network)
    for place_id, place in data.places.items():
        yield f"city/{_file_name(place_id)}.html", "city.html", place_pages.city_page(data, place_id, place)
    for evidence in context.evidence:
        path = f"list/{_file_name(evidence.network_id)}/{_file_name(evidence.capture_id)}.html"
        yield path, "list.html", network_pages.evidence_page(data, evidence)


def _top_pages(data: Data, context: SiteContext, sizes: Mapping[str, int]) -> Iterator[Page]:
    tables = data.tables
    front = {
        "headlines": connection_pages.badges(tables, headlines(tables)),
        "sentences": sentences(data, context.as_of),
        "news": _newest(tables["membership_changes"], data),
    }
    listed = {str(n["network_id"]): accepted_lists(data, str(n["network_id"])) for n in followed(data.networks.values())}
    lists = all_lists(data.networks, {i: found for i, found in listed.items() if found})
    yield "index.html", "index.html", {**front, "all": followed(data.networks.values()), "lists": lists}
    yield "networks.html", "networks.html", network_pages.networks_page(data, context.candidates)
    yield "candidates.html", "candidates.html", network_pages.candidates_page(context.candidates)
    yield "cities.html", "cities.html", place_pages.cities_page(data)
    yield from _analysis_pages(data)
    yield "universe.html", "universe.html", analysis_pages.universe_page(data)
    yield "statistics.html", "statistics.html", statistics_pages.statistics_page(data)
    yield "table1.html", "table1.html", statistics_pages.table1_page(data)
    yield "changes.html", "changes.html", analysis_pages.changes_page(data)
    yield "quality.html", "quality.html", _quality(data)
    yield "judgements.html", "judgements.html", {"groups": judged.by_matter(data)}
    yield "review.html", "review.html", review.review_page(data)
    yield "corrections.html", "corrections.html", review.corrections_page(data)
    yield "methodology.html", "methodology.html", {}
    yield "replication.html", "replication.html", {"claims": tables["replication"]}
    yield "data.html", "data.html", {"rows": {name: len(rows) for name, rows in tables.items()}, "sizes": sizes}


def _analysis_pages(data: Data) -> Iterator[Page]:
    yield "overlap.html", "overlap.html", overlap_pages.overlap_page(data)
    yield "functions.html", "functions.html", overlap_pages.functions_page(data)
    for key, values in overlap_pages.pair_pages(data):
        yield f"pair/{overlap_pages.pair_file(*map(_file_name, key))}.html", "pair.html", values
    yield "connectivity.html", "connectivity.html", connection_pages.connectivity_page(data)
    yield "access.html", "access.html", connection_pages.access_page(data)
    yield "size.html", "size.html", connection_pages.size_page(data)
    yield "trends.html", "trends.html", connection_pages.trends_page(data)
    yield "sensitivity.html", "sensitivity.html", {"badges": connection_pages.badges(data.tables, headlines(data.tables))}
    groups = analysis_pages.representation_groups(data)
    yield "representation.html", "representation.html", analysis_pages.representation_page(data, groups)
    admits = {u["network_id"]: u for u in statistics_pages.network_universes(data)}
    may_join = {str(row["network_id"]): row for row in data.tables["access"] if row["dimension"] == "all"}
    for network_id, found in groups.items():
        values = {"network_id": network_id, "groups": found, "admits": admits.get(network_id), "access": may_join.get(network_id)}
        values["untold"] = analysis_pages.untold_groups(data, network_id)
        yield f"representation/{_file_name(network_id)}.html", "represented.html", values


def _quality(data: Data) -> dict[str, Any]:
    rows = data.tables["quality"]
    sources = grouped_by(data.tables["sources"], "source_type")
    every = sorted(followed(data.networks.values()), key=lambda n: (alphabetical(n["name"]), str(n["network_id"])))
    return {
        "failed": [r for r in rows if r["success"] is not True],
        "suites": sorted(grouped_by(rows, "suite").items()),
        "attention": [n for n in every if n["freshness"] == "stale" or n["last_attempt_outcome"] not in ("accepted", None)],
        "unread": sum(n["freshness"] == "never_read" and not n["last_attempt_on"] for n in every),
        "old": [n for n in every if n["freshness"] == "last_known"],
        "unresolved": data.tables["unresolved_names"],
        "alert_quality": data.tables["alert_quality"],
        "precision": precision.precision_costs(data),
        "sources": [(kind, sources[kind]) for kind in ("membership_list", "statistics", "literature") if kind in sources],
    }


def _newest(changes: Sequence[Row], data: Data) -> list[Row]:
    """The changes that we came to know on the last day that brought any."""
    day = max((str(c["known_at"])[:10] for c in changes), default="")
    return newest_first((c for c in changes if str(c["known_at"])[:10] == day), data)


def _file_name(key: str) -> str:
    if not FILE_NAME.fullmatch(key):
        raise DataRefused("site", (f"id {key!r} can't be a file name; expected letters, digits, dot, underscore and hyphen",))
    return key
