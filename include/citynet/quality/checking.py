"""Runs the suites on data frames and says in plain words which rows did not hold."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from citynet.errors import DataRefused
from citynet.model import MEMBER_TIES, Listing, Network, Row
from citynet.quality.asking import answers, broken_rows, exceptions
from citynet.quality.derived import with_derived
from citynet.quality.rule import CheckResult, Rule, TableShape
from citynet.quality.suites import floor_rules, listing_rules, observation_rules, place_rules, still_there_rules, vintage_rules, with_bounds
from citynet.quality.table_rules import table_rules
from citynet.quality.together import sound_rules

if TYPE_CHECKING:
    import pandas as pd

OTHER_TIES = frozenset({"project_partner", "board_seat", "awarded", "observer", "candidate", "honorary", "former", "unknown"})
EXAMPLES = 10


def check_listing(network: Network, listing: Listing, place_ids: Sequence[str], countries: Sequence[str] = ()) -> tuple[CheckResult, ...]:
    """Whether a listing is as its network's file expects.

    place_ids, countries: of each row after resolution, "" where it is not resolved; countries serve pages that print none.
    The subject is <network>/<capture>. Nothing is raised for bad data: see `refuse_if_critical`.
    """
    subject = f"{network.id}/{listing.capture_id}"
    rows: list[Row] = [
        {
            "name_as_published": row.name_as_published,
            "printed": "\u001f".join((row.name_as_published, row.country_as_published, row.kind_as_published)),
            "tie": row.tie,
        }
        for row in listing.rows
    ]
    labels = [f"row {row.number}: {row.name_as_published[:80]}" for row in listing.rows]
    ties = sorted(MEMBER_TIES | OTHER_TIES)
    columns = {"name_as_published": "string", "printed": "string", "tie": "string"}
    results = _validate("listing", subject, _frame(rows, columns), labels, listing_rules(network.expect, ties))
    floors = list(_floors(network, listing, place_ids, countries))
    if floors:
        told = [f"{f['what']}: {f['seen']} seen, at least {f['minimum']} expected" for f in floors]
        frame = _frame(floors, {"what": "string", "seen": "integer", "minimum": "integer"})
        results += _validate("listing", subject, frame, told, floor_rules())
    return tuple(results)


def check_vintage(subject: str, kind: str, rows: Sequence[Row], before: Mapping[str, int]) -> tuple[CheckResult, ...]:
    """Whether a decoded vintage of a list makes sense; subject is <data set>/<capture>, kind as in `suites.vintage_rules`.

    rows: one a unit (what, key, country, value, least, most, adds_up). before: how many rows each country had in the vintage
    accepted last; {} for none.
    """
    types = {**dict.fromkeys(("key", "country", "adds_up"), "string"), **dict.fromkeys(("value", "least", "most"), "number")}
    labels = [str(row["what"]) for row in rows]
    results = _validate("statistics", subject, _frame(rows, types), labels, vintage_rules(kind, sum(before.values())))
    if before:
        now = Counter(str(row["country"]) for row in rows)
        countries: list[Row] = [{"country": country, "seen": now[country]} for country in sorted(before)]
        frame = _frame(countries, {"country": "string", "seen": "integer"})
        results += _validate("statistics", subject, frame, sorted(before), still_there_rules())
    return tuple(results)


def check_observations(subject: str, frames: "Mapping[str, pd.DataFrame]", *, looked_at: bool) -> tuple[CheckResult, ...]:
    """Whether a vintage of a cube makes sense; subject is <data set>/<capture>, frames as `suites.observation_rules` names them.

    Columns and no rows: half a million observations take seconds. A frame without rows has nothing to check.
    """
    results: list[CheckResult] = []
    for name, rules in observation_rules(looked_at=looked_at).items():
        if name in frames and len(frames[name]):
            frame = with_bounds(name, frames[name])
            results += _validate("statistics", subject, frame, _Named(frame), rules)
    return tuple(results)


def check_tables(tables: Mapping[str, Sequence[Row]], shapes: Sequence[TableShape]) -> tuple[CheckResult, ...]:
    """Whether the release tables keep their contract (required, words, keys, foreign keys) and the domain's rules.

    The places have a suite of their own beside that of the tables. shapes: the contract's tables, whose columns each row
    has. A table without rows has nothing to check.
    """
    known = {s.name: [_known(row, s) for row in tables.get(s.name, ())] for s in shapes}
    keys = {s.name: frozenset(row[s.key[0]] for row in known[s.name]) for s in shapes}
    asked: list[_Asked] = []
    for shape in shapes:
        if not known[shape.name]:
            continue
        rows = with_derived(shape, known[shape.name], known.get("sources", []), keys)
        types = dict.fromkeys(rows[0], "string") | {c.name: c.type for c in shape.columns}
        labels = [" / ".join(str(row[k]) for k in shape.key) for row in rows]
        frame = _frame(rows, types)
        asked.append(_Asked("tables", shape.name, frame, labels, table_rules(shape)))
        if shape.name == "places":
            asked.append(_Asked("places", shape.name, frame, labels, place_rules()))
    sound = sound_rules([(a.frame, a.rules) for a in asked], broken_rows)
    results: list[CheckResult] = []
    for number, a in enumerate(asked):
        held = {at for table, at in sound if table == number}
        results += _validate(a.suite, a.subject, a.frame, a.labels, a.rules, held)
    return tuple(results)


@dataclass(frozen=True, slots=True)
class _Asked:
    """A table and what is asked of it."""

    suite: str
    subject: str
    frame: "pd.DataFrame"
    labels: Sequence[str]
    rules: Sequence[Rule]


@dataclass(frozen=True, slots=True)
class _Named(Sequence[str]):
    """The names of a frame's rows, made when one is asked for: a vintage has half a million and tells ten of them."""

    frame: "pd.DataFrame"

    def __len__(self) -> int:
        return len(self.frame)

    def __getitem__(self, at: Any) -> Any:
        row = self.frame.iloc[at]
        return str(row["what"]) if "what" in row else f"{row['indicator']} {row['territory']} {row['year']:g}"


def refuse_if_critical(where: str, results: Sequence[CheckResult]) -> None:
    """DataRefused if a critical expectation failed; it names each one with its column and rows. Warnings pass."""
    failed = tuple(_told(r) for r in results if not r.success and r.severity == "critical")
    if failed:
        raise DataRefused(where, failed)


def rows_of(results: Sequence[CheckResult]) -> list[Row]:
    """The results as rows of the published table `quality`."""
    return [
        {
            **{"suite": r.suite, "subject": r.subject, "expectation": r.expectation, "column": r.column or None, "severity": r.severity},
            **{"success": r.success, "checked": r.checked, "unexpected": r.unexpected, "examples": "; ".join(r.examples) or None},
        }
        for r in results
    ]


def _told(result: CheckResult) -> str:
    column = f", column {result.column}" if result.column else ""
    more = f" and {result.unexpected - len(result.examples)} more" if result.unexpected > len(result.examples) else ""
    rows = f" ({'; '.join(result.examples)}{more})" if result.examples else ""
    return f"{result.subject}{column}: expected {result.expectation}, {result.unexpected} of {result.checked} rows did not hold{rows}"


def _floors(network: Network, listing: Listing, place_ids: Sequence[str], countries: Sequence[str]) -> Iterator[Row]:
    expect = network.expect
    seen = countries or [""] * len(listing.rows)
    for country, least in sorted(expect.per_country.items()):
        found = sum(1 for row, code in zip(listing.rows, seen, strict=True) if country in (row.country_as_published, code))
        yield {"what": f"country {country}", "seen": found, "minimum": least}
    for kind, least in sorted(expect.per_kind.items()):
        yield {"what": f"kind {kind}", "seen": sum(1 for row in listing.rows if row.kind_as_published == kind), "minimum": least}
    for tie, least in sorted(expect.per_tie.items()):
        yield {"what": f"tie {tie}", "seen": sum(1 for row in listing.rows if row.tie == tie), "minimum": least}
    for place in sorted(expect.must_include):
        yield {"what": f"place {place}", "seen": list(place_ids).count(place), "minimum": 1}


def _known(row: Row, shape: TableShape) -> Row:
    return {c.name: None if row[c.name] == "" or row[c.name] != row[c.name] else row[c.name] for c in shape.columns}


def _frame(rows: Sequence[Row], types: Mapping[str, str]) -> "pd.DataFrame":
    """Text as object and numbers as float64, the two that every expectation of GX 1.24 takes with missing values in them."""
    import pandas as pd

    dtypes = {name: "float64" if kind in ("integer", "number") else "object" for name, kind in types.items()}
    return pd.DataFrame({name: pd.Series([row[name] for row in rows], dtype=dtype) for name, dtype in dtypes.items()})


def _validate(
    suite: str,
    subject: str,
    frame: "pd.DataFrame",
    labels: Sequence[str],
    rules: Sequence[Rule],
    held: Collection[int] = frozenset(),
) -> list[CheckResult]:
    """Ask only whether each rule holds, then for the rows of those that don't: the rows cost GX three times as much to find.

    held: the numbers of rules that are known to hold, and are not asked again.
    """
    plain = {number: rule for number, rule in enumerate(rules) if not rule.stack}
    outcomes = answers(frame, suite, {number: rule for number, rule in plain.items() if number not in held})
    results = [
        _held(suite, subject, rule, len(labels)) if number in held else _result(suite, subject, rule, outcomes[number], labels)
        for number, rule in plain.items()
    ]
    for number, rule in enumerate(rules):
        if rule.stack and number in held:
            results.append(_held(suite, subject, rule, len(labels) * len(rule.stack)))
        elif rule.stack:
            told = [f"{label}, {column}" for column in rule.stack for label in labels]
            results += _validate(suite, subject, _stacked(frame, rule.stack), told, [replace(rule, stack=())])
    return results


def _stacked(frame: "pd.DataFrame", columns: Sequence[str]) -> "pd.DataFrame":
    import pandas as pd

    cells = [cell for column in columns for cell in frame[column].tolist()]
    numeric = all(frame[column].dtype == "float64" for column in columns)
    return pd.DataFrame({"value": pd.Series(cells, dtype="float64" if numeric else "object")})


def _held(suite: str, subject: str, rule: Rule, checked: int) -> CheckResult:
    return CheckResult(suite, subject, rule.said, rule.column, rule.severity, True, checked, 0, ())


def _result(suite: str, subject: str, rule: Rule, outcome: Any, labels: Sequence[str]) -> CheckResult:
    found = outcome.result or {}
    at = [int(i) for i in found.get("unexpected_index_list") or ()]
    raised = exceptions(outcome.exception_info)
    examples = raised or tuple(labels[i] for i in at[:EXAMPLES])
    success = bool(outcome.success) and not raised
    if not success and not examples and "observed_value" in found:
        examples = (f"observed {found['observed_value']}",)
    unexpected = int(found.get("unexpected_count", 0)) or len(at) or int(not success)
    return CheckResult(
        suite,
        subject,
        rule.said,
        rule.column,
        rule.severity,
        success,
        len(labels),
        0 if success else unexpected,
        () if success else examples,
    )
