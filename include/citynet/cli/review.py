"""citynet review [--network ID] [--anew] [--csv FILE | --answers FILE.csv --reviewer HANDLE]"""

import argparse
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from citynet.errors import ConfigError

if TYPE_CHECKING:
    from citynet.pipelines.cases import Case
    from citynet.pipelines.names import Names
    from citynet.pipelines.outside import Outside

COLUMNS = (
    *("case_id", "what", "network_id", "name", "country", "opened", "candidates", "decided"),
    *("verdict", "place_id", "date", "scope", "reason", "evidence_url"),
)
"""Of the CSV of open questions; the last six are for the answer."""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Add which questions, where to write them, and where the answers are."""
    parser.add_argument("--network", default="", metavar="ID", help="only the questions of this network")
    way = parser.add_mutually_exclusive_group()
    way.add_argument("--csv", default="", metavar="FILE", help="write the open questions as a CSV to be filled in")
    way.add_argument("--answers", default="", metavar="FILE.csv", help="keep the filled-in rows of such a CSV as judgements in the store")
    parser.add_argument("--anew", action="store_true", help="also the lists that are decided, to decide them otherwise from a later day on")
    parser.add_argument("--reviewer", default="", metavar="HANDLE", help="with --answers: who decides, a role or handle")
    parser.add_argument("--date", default="", metavar="YYYY-MM-DD", help="with --answers: date of the decisions (default: today, UTC)")


def call(options: argparse.Namespace) -> int:
    """Print the open questions, write them as CSV, or keep answers; 2 for an answer that can't hold, and then none is kept."""
    from citynet.cli.printing import print_lines
    from citynet.cli.tables import write_table
    from citynet.pipelines.locking import alone
    from citynet.pipelines.outside import open_outside

    outside, at = open_outside(os.environ), _moment(options.date)
    if options.answers:
        if not options.reviewer:
            raise ConfigError("--answers: expected --reviewer with a role or handle that signs the judgements, got none")
        with alone(outside.store, "judgements", lambda line: print(line, file=sys.stderr, flush=True)):
            print_lines(_answered(outside, options, at))
        return 0
    if not _collected(outside):
        print_lines(["nothing has been collected yet, so nothing is asked: run `citynet run`, or name another --store"])
        return 0
    names, cases = _cases(outside, options)
    still_open = [case for case in cases if not case.outcome]
    decided = [case for case in cases if options.anew and case.what == "capture" and case.outcome]
    if options.csv:
        write_table(options.csv, COLUMNS, _rows([*still_open, *decided], names))
        print(f"{len(still_open)} open questions" + (f", {len(decided)} decided lists" if options.anew else ""), file=sys.stderr)
    else:
        print_lines([*_counted(cases), *_printed([*still_open, *decided], names, f"{at:%Y-%m-%d}")])
    return 0


def _moment(day: str) -> datetime:
    if not day:
        return datetime.now(UTC)
    try:
        return datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    except ValueError as problem:
        raise ConfigError(f"--date: expected a date YYYY-MM-DD, got {day!r}") from problem


def _collected(outside: "Outside") -> bool:
    return bool(outside.store.folders("captures"))


def _cases(outside: "Outside", options: argparse.Namespace) -> "tuple[Names, list[Case]]":
    from citynet.pipelines.names import open_names
    from citynet.pipelines.registry import open_registry
    from citynet.pipelines.review import all_cases

    names, known, network_id = open_names(outside), open_registry(outside).networks, options.network
    if network_id and network_id not in known:
        raise ConfigError(f"--network: expected an id of the registry, got {network_id!r}")
    return names, [case for case in all_cases(outside, names, every_list=options.anew) if network_id in ("", case.network.id)]


def _counted(cases: "Sequence[Case]") -> Iterator[str]:
    """How many questions wait for a first answer, and how many a person looked at and left open."""
    from citynet.pipelines.review import by_question, left_open

    waiting = len(by_question(case for case in cases if not case.outcome))
    left = len(by_question(case for case in cases if left_open(case)))
    yield f"{waiting} open {'question' if waiting == 1 else 'questions'}" if waiting else "no question waits for a first answer"
    if left:
        yield f"{left} left open by a person"


def _printed(cases: "Sequence[Case]", names: "Names", today: str) -> Iterator[str]:
    """The questions as a person reads them; cases that one answer settles stand together."""
    from citynet.pipelines.review import by_question

    for group in by_question(cases):
        yield ""
        if group[0].what == "name":
            yield from _name(group, names, today)
        else:
            yield from _capture(group[0], today) if group[0].what == "capture" else _not_answered_here(group[0])


def _name(group: "Sequence[Case]", names: "Names", today: str) -> Iterator[str]:
    from citynet.pipelines.review import places_asked, told

    first = group[0]
    yield f"“{first.name}” {first.country or first.printed_country or 'without a country'}"
    for case in group:
        yield f"  {case.case_id}  {case.network.id}  since {case.opened}, {case.seen} {'row' if case.seen == 1 else 'rows'}; {case.why}"
    missing = {place_id: case.network.id for case in group for place_id in case.missing}
    candidates = dict.fromkeys(place_id for case in group for place_id in places_asked(case))
    for number, place_id in enumerate(candidates, 1):
        waits = f"; missing from the list of {missing[place_id]}" if place_id in missing else ""
        yield f"  {number:>3}  {place_id}  {told(place_id, names)}{waits}"
    only = next(iter(candidates)) if len(candidates) == 1 else "PLACE_ID"
    for network_id in [""] if first.country else dict.fromkeys(case.network.id for case in group):
        yield f"  places.csv: {_csv_line(first.name, first.country, network_id, 'is', only, 'REVIEWER', today, 'REASON', '')}"


def _capture(case: "Case", today: str) -> Iterator[str]:
    from citynet.pipelines.held_lists import looks_said

    yield f"list of {case.network.id} of {case.opened}: is it to be believed?"
    yield f"  {case.case_id}  {case.seen} rows read; {case.why or f'decided: {case.outcome}'}"
    if looks := looks_said(case):
        yield f"  {looks}; a line on the first is enough"
    yield f"  captures.csv: {_csv_line(case.network.id, case.captures[0], 'accept or reject', 'REVIEWER', today, 'REASON', '')}"


def _not_answered_here(case: "Case") -> Iterator[str]:
    """A page is answered by its rules, and the case closes when they read it; a membership by a line of memberships.csv, a merger in
    the CSV of questions."""
    from citynet.pipelines.reader_cases import reader_lines

    if case.what in ("membership", "merger"):
        yield f"membership in {case.network.id}: {case.why}"
        yield from (f"  {line}" for line in (f"{case.case_id}  since {case.opened}", *case.lines))
        return
    yield f"page of {case.network.id}: how is it to be read?"
    yield f"  {case.case_id}  since {case.opened}  {case.name}"
    yield from (f"  {line}" for line in reader_lines(case))


def _csv_line(*cells: str) -> str:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out, lineterminator="").writerow(cells)
    return out.getvalue()


def _rows(cases: "Sequence[Case]", names: "Names") -> Iterator[dict[str, str]]:
    """One row a case; text from the web is defused, since the file will be opened in a spreadsheet."""
    from citynet.pipelines.review import by_question, places_asked, told
    from citynet.publishing.csvfile import defuse

    for case in (case for group in by_question(cases) for case in group):
        row = {
            "case_id": case.case_id,
            "what": case.what,
            "network_id": case.network.id,
            "name": defuse(case.name),
            "country": case.country,
            "opened": case.opened,
            "candidates": defuse("; ".join(f"{place_id} {told(place_id, names)}" for place_id in places_asked(case))),
            "decided": defuse(case.outcome),
            # What a name without a country means is the list's matter: another network's Valencia may be another.
            "scope": "network" if case.what == "name" and not case.country else "",
        }
        yield {column: row.get(column, "") for column in COLUMNS}


def _answered(outside: "Outside", options: argparse.Namespace, at: datetime) -> list[str]:
    """Keep the rows that have a verdict, all or none; what came of it in words."""
    from citynet.cli.tables import read_lines
    from citynet.pipelines.answering import given, past_cases, take
    from citynet.pipelines.held_lists import of_each_list

    _, rows = read_lines(options.answers, ["case_id", "verdict", "place_id", "reason", "evidence_url"])
    filled = [(f"{options.answers}:{line}", row) for line, row in rows if row["verdict"].strip()]
    names, cases = _cases(outside, options)
    filled = [(where, row) for where, row in filled if not _postponed(where, row, cases)]
    past = past_cases(outside.store)
    signed = (options.reviewer.strip(), f"{at:%Y-%m-%d}")
    answers = [line for where, row in filled for line in of_each_list(given(where, row, cases, past, signed), cases)]
    taken = take(outside, names, answers, at, anew=options.anew)
    told = [f"{len(taken.keys)} new {'answer' if len(taken.keys) == 1 else 'answers'} kept, {taken.known} known before"]
    told += taken.anew
    told += [f"{count} said already by {reviewer}" for reviewer, count in taken.repeated.items()]
    return told + (["the next run of publish_monitor takes them into account"] if taken.keys else [])


def _postponed(where: str, row: Mapping[str, str], cases: "Sequence[Case]") -> bool:
    """Whether the row leaves the case of a page or membership open (`postpone`); ConfigError for any other verdict on one: the rules of
    the page answer it, or a line of memberships.csv."""
    case = next((c for c in cases if c.what in ("reader", "membership") and c.case_id == row["case_id"].strip()), None)
    if case is None:
        return False
    if row["verdict"].strip() != "postpone":
        closes = f"when include/networks/{case.network.id}.yml reads the page" if case.what == "reader" else "by a line of memberships.csv"
        raise ConfigError(f"{where}: expected postpone: {case.case_id} closes {closes}; found {row['verdict'].strip()!r}")
    return True
