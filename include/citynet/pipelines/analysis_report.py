"""The short report of `citynet analyse`: what the tables beside it say, with universe and coverage, and what they do not say."""

from collections.abc import Iterator, Mapping, Sequence

from citynet.analysis.lists import newest_lists
from citynet.model import FALSE_DISCOVERIES, Row
from citynet.pipelines.given_tables import Given
from citynet.publishing.site.wording import FORMAL_TIE

MOST_LINES = 40
"""A section tells so many lines; the table has all."""
_MODELS = (("fixed_margins_country", "within countries"), ("fixed_margins", "over all countries"))
_NOT_SAID = (
    "Shared members are no judgement: replication is not necessarily a problem. What is beyond chance is beyond the chance model that is "
    "named, among the places that are known here; rules of who may join are not applied."
)
_WITHOUT_COUNTRY = (
    "these are in no figure by country, in no comparison within countries and in no pair of a capital; members among them count there as "
    "missing, and the chance model within countries holds what two lists share of them as it is."
)


def report(given: Given, tables: Mapping[str, Sequence[Row]], name: str) -> str:
    """The report in Markdown; name: of the file that was given."""
    parts = [f"# Analysis of {name}", f"> {FORMAL_TIE}", *_given(given), *_overlap(tables), *_connectivity(tables)]
    for table, title in (("representation", "Representation"), ("size_and_membership", "Size and membership")):
        parts += _sentences(tables, table, title)
    return "\n\n".join([*parts, *_tables(given, tables)]) + "\n"


def _given(given: Given) -> Iterator[str]:
    newest = newest_lists(given.lists)
    partial = sorted(m.network_id for m in newest if not m.complete)
    yield "## What was given"
    told = [f"{counted(given)}."]
    dates = sorted(m.list_date for m in given.lists)
    told += [f"Lists of {dates[0]} to {dates[-1]}." if given.dated else "No dates of lists are given: all count as of one time."]
    told += [f"Partial lists, which give no ratio: {', '.join(partial)}." if partial else "All lists count as complete."]
    told += [f"Partial because some of their rows are: {', '.join(given.mixed)} ({len(given.mixed)})."] * bool(given.mixed)
    told += [f"Rows left out: {'; '.join(f'{count} whose {why}' for why, count in given.left_out.items())}."] * bool(given.left_out)
    told += [f"{given.unplaced} rows are about bodies of no municipality and are not counted."] * bool(given.unplaced)
    yield " ".join(told)
    yield " ".join(_places(given, frozenset[str]().union(*(m.municipality_ids for m in newest))))


def counted(given: Given) -> str:
    """How much is counted, by the newest list of each network: rows that say the same twice, or do not count, are no membership."""
    newest = newest_lists(given.lists)
    places = len(frozenset[str]().union(*(m.municipality_ids for m in newest)))
    memberships = sum(len(m.municipality_ids) for m in newest)
    return ", ".join((_number(len(newest), "network"), f"{_number(memberships, 'membership')} of {_number(places, 'place')}"))


def _number(count: int, what: str) -> str:
    return f"{count} {what}{'' if count == 1 else 's'}"


def _places(given: Given, listed: frozenset[str]) -> Iterator[str]:
    """What the table of places does not tell, and which figures lack those places."""
    if given.places is None:
        yield "No table of places is given: nothing is said of countries, size or degree of urbanisation."
        return
    units = {p: place for p, place in given.places.items() if place.municipality_id == p}
    yield (
        f"{_number(len(given.places), 'place')} are given, {len(units)} of them municipalities, which are the universe; "
        f"{len(listed - given.municipalities.keys())} of those listed are not among them."
    )
    open_places = {p for p in (*given.municipalities, *listed) if not given.municipalities.get(p)}
    if open_places:
        yield f"No country is known of {len(open_places)}, {len(open_places & listed)} of them listed: {_WITHOUT_COUNTRY}"
    for what, without in (
        ("residents", [p for p, place in units.items() if place.residents is None]),
        ("degree of urbanisation", [p for p, place in units.items() if not place.degurba]),
    ):
        if without:
            yield f"No {what} known of {len(without)}, {len(listed.intersection(without))} of them listed: these are in no figure by it."


def _overlap(tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    rows = tables["network_overlap"]
    compared = [row for row in rows if row["shared"] is not None]
    yield "## Shared members"
    sharing = sum(bool(row["shared"]) for row in compared)
    yield f"{sharing} of {len(compared)} compared pairs share members; {len(rows) - len(compared)} other pairs are not compared."
    for model, words in _MODELS:
        tested = [row for row in compared if row[f"q_{model}"] is not None]
        beyond = [row for row in tested if float(str(row[f"q_{model}"])) <= FALSE_DISCOVERIES]
        if tested:
            yield (
                f"More shared members than chance gives where members' general joining is kept, {words} "
                f"({model}, false discovery rate of 5 %): "
                f"{len(beyond)} of {len(tested)} tested pairs."
            )
            yield from _listed([_pair(row, model) for row in beyond])
    yield _NOT_SAID


def _pair(row: Row, model: str) -> str:
    return f"{row['network_a']} and {row['network_b']}: {row['shared']} shared, {row[f'expected_{model}']} expected"


def _connectivity(tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    rows = tables["place_connectivity"]
    yield "## Connectivity"
    if not rows:
        yield "No figure: no list is complete."
        return
    total = sum(int(str(row["networks"])) for row in rows)
    several = [row for row in rows if int(str(row["families"])) >= 3]
    held = sum(int(str(row["networks"])) for row in several)
    told = f"{len(several)} of {len(rows)} places are in three or more families of networks and hold {held} of {total} memberships."
    top = next((row for row in tables["connectivity_concentration"] if row["measure"] == "share_of_top_decile"), None)
    yield told + (f" The tenth of places with the most memberships holds {100 * float(str(top['value'])):.0f} % of them." if top else "")


def _sentences(tables: Mapping[str, Sequence[Row]], table: str, title: str) -> Iterator[str]:
    if table not in tables:
        return
    rows = tables[table]
    if not rows:
        yield f"## {title}"
        yield "No row: no list is complete, or the places given are all of one class or of none."
        return
    told = [str(row["sentence"]) for row in rows if row["reading"] not in (None, "cannot_tell")]
    yield f"## {title}"
    yield f"Of {len(rows)} rows {len(told)} have a reading; of the others we cannot tell, or the table says why there is no figure."
    yield from _listed(told)


def _listed(lines: Sequence[str]) -> Iterator[str]:
    if lines:
        more = [f"- and {len(lines) - MOST_LINES} more in the table"] if len(lines) > MOST_LINES else []
        yield "\n".join([*(f"- {line}" for line in lines[:MOST_LINES]), *more])


def _tables(given: Given, tables: Mapping[str, Sequence[Row]]) -> Iterator[str]:
    yield "## Tables"
    yield "\n".join(f"- {name}.csv: {len(rows)} rows" for name, rows in sorted({**tables, "memberships": given.rows}.items()))
    yield "Columns are those of the published tables (docs/tables.md); behind those of memberships stand the further columns given."
