"""The short report of `citynet analyse`: what the tables beside it say, with universe and coverage, and what they do not say."""

from collections.abc import Iterator, Mapping, Sequence

from citynet.analysis.lists import newest_lists
from citynet.model import Row
from citynet.pipelines.given_tables import Given
from citynet.publishing.site.wording import FORMAL_TIE

FALSE_DISCOVERIES = 0.05
MOST_LINES = 40
"""A section tells so many lines; the table has all."""
_MODELS = (("fixed_margins_country", "within countries"), ("fixed_margins", "over all countries"))
_NOT_SAID = (
    "Shared members are no judgement: replication is not necessarily a problem. What is beyond chance is beyond the chance model that is "
    "named, among the places that are known here; rules of who may join are not applied."
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
    municipalities = len(frozenset[str]().union(*(m.municipality_ids for m in newest)))
    yield "## What was given"
    told = [f"{len(newest)} networks, {sum(len(m.municipality_ids) for m in newest)} memberships of {municipalities} places."]
    dates = sorted(m.list_date for m in given.lists)
    told += [f"Lists of {dates[0]} to {dates[-1]}." if given.dated else "No dates of lists are given: all count as of one time."]
    told += [f"Partial lists, which give no ratio: {', '.join(partial)}." if partial else "All lists count as complete."]
    told += [f"Partial because some of their rows are: {', '.join(given.mixed)} ({len(given.mixed)})."] * bool(given.mixed)
    told += [f"Rows left out: {'; '.join(f'{count} whose {why}' for why, count in given.left_out.items())}."] * bool(given.left_out)
    told += [f"{given.unplaced} rows are about bodies of no municipality and are not counted."] * bool(given.unplaced)
    listed = {p for m in newest for p in m.municipality_ids}
    if given.places is None:
        told.append("No table of places is given: nothing is said of countries, size or degree of urbanisation.")
    else:
        missing = len(listed - given.places.keys())
        told.append(f"{len(given.places)} places are given, {missing} of those listed are not among them; they are the universe.")
    yield " ".join(told)


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
    yield told + (f" The tenth of places with the most memberships holds {float(str(top['value'])):.0%} of them." if top else "")


def _sentences(tables: Mapping[str, Sequence[Row]], table: str, title: str) -> Iterator[str]:
    rows = tables.get(table, ())
    if not rows:
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
