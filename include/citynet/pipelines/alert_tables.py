"""What is told of the changes in a release: whether, from when and in which words: one rule and one wording for alerts and feeds."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from citynet.alerts.correcting import is_decided_anew
from citynet.alerts.telling import PRINTED, Telling, first_live_captures, is_about, may_be_told
from citynet.model import Row
from citynet.pipelines.alert_quality import quality_rows
from citynet.pipelines.change_sentences import Tables, known, record_sentence, world_sentence
from citynet.pipelines.claims import by_row, case_rows, claim_lines, correction_rows, with_claims
from citynet.pipelines.released import numbers_in_year
from citynet.pipelines.taken_back import corrections_taken_back, records_taken_back
from citynet.pipelines.told_once import told_once
from citynet.pipelines.undone_changes import NOTHING, Past
from citynet.pipelines.withdrawing import withdrawals
from citynet.places.judgement_files import Lines
from citynet.publishing.withdrawn import tables_without

Values = Sequence[Mapping[str, str]]
Rule = Callable[[Values, Values], Telling]
"""What `may_be_told` answers of one change under these flags and claims."""
_FOR_A_PERSON = ("agreement", "claim")
"""What waits for a person waits in the same words: which places are under a harm flag is not published."""
_WAITS = "it waits for a person"
_IN_FEEDS = ("feed_published", "feed_updated")


def finished(tables: Tables, lines: Lines, as_of: str, past: Past = NOTHING) -> dict[str, list[Row]]:
    """All tables of a release with claims, what may be told, how good alerts were, and without what is withdrawn. past: what was known
    once and is in no table."""
    claims = claim_lines(lines)
    networks = {str(row["network_id"]) for row in tables["networks"]}
    memberships, changes = with_claims(tables["memberships"], tables["membership_changes"], by_row(claims))
    made = {name: list(rows) for name, rows in tables.items()}
    made |= {"memberships": memberships, "membership_changes": changes}
    made["review_cases"] += case_rows(claims, networks)
    made["membership_changes"] = world_rows(made, lines, as_of)
    made["record_changes"] = record_rows(made, lines, past)
    flags = _values(lines, "harm_flags.csv")
    quiet = frozenset(claim["case_id"] for claim in _values(lines, "claims.csv") if not _is_named(claim, claim["row_id"], flags))
    asked = correction_rows(claims, networks)
    made["corrections"] = corrections_taken_back(asked, made["membership_changes"], made["record_changes"], known(made, past.places), quiet)
    made = tables_without(made, withdrawals(lines))
    return made | {"alert_quality": quality_rows(made, as_of)}


def world_rows(tables: Tables, lines: Lines, as_of: str) -> list[Row]:
    """Table membership_changes with what may be told of each change at as_of, from when, and in which words.

    The days of the right of reply run from the day on which the departure was detected, whenever the contacts were asked:
    the ledger that knows when is no input of a release (docs/decisions/0011-what-is-told-and-withdrawn.md).
    """
    flags, claims = _values(lines, "harm_flags.csv"), _values(lines, "claims.csv")
    changes = tables["membership_changes"]
    first = first_live_captures(tables["sources"])
    detected = {str(row["change_id"]): str(row["known_at"])[:10] for row in changes}
    names, numbers, rows = known(tables), numbers_in_year(changes, first), []
    for row in changes:
        rule = partial(may_be_told, row, notices=detected, today=as_of, first_live=first)
        rows.append(
            {
                **row,
                "sentence": world_sentence(row, names),
                "number_in_year": numbers.get(str(row["change_id"])),
                **_telling(rule(flags, claims), rule((), ())),
                **_in_feeds(row, rule, flags, claims),
            }
        )
    return rows


def record_rows(tables: Tables, lines: Lines, past: Past = NOTHING) -> list[Row]:
    """Table record_changes with the sentence of each that the feeds tell, of live lists after the first, and of people, and with what
    it takes back.

    Those of a place under a harm flag are told only where a person agreed, as its changes of the world are.
    """
    flags, first, names = _values(lines, "harm_flags.csv"), first_live_captures(tables["sources"]), known(tables, past.places)
    rows: list[Row] = [
        {**row, "sentence": record_sentence(row, names) if _is_told(row, flags, first) else None} for row in tables["record_changes"]
    ]
    upheld = [c for c in _values(lines, "claims.csv") if (c["what"], c["outcome"]) == ("correction", "upheld")]
    days = (key.split("/") for key in first)
    live = {network_id: f"{capture_id[:4]}-{capture_id[4:6]}-{capture_id[6:8]}" for network_id, capture_id in days}
    once = told_once(past.undone, tables, flags, names)
    return records_taken_back(rows, tables["membership_changes"], tables["memberships"], names, live, upheld, once)


def _is_told(row: Row, flags: Values, first: frozenset[str]) -> bool:
    """Whether feeds tell a change of our records: of a live list or of a person, and none of its bodies is under a flag."""
    by_whom = is_decided_anew(row) or row["capture_origin"] in ("live", None, "")
    bodies = (row, {**row, "place_id": row["before"]}, {**row, "place_id": row["after"]})  # of another change these are names, not ids
    return by_whom and all(_is_named(one, row["change_id"], flags, first) for one in bodies)


def _is_named(row: Mapping[str, object], change_id: object, flags: Values, first: frozenset[str] = frozenset()) -> bool:
    """Asked of the rule for world changes as a change of a full membership that some source prints, so that only flags hold it back, and
    what was so before the first live list."""
    asked = {**row, "change_id": change_id, "tie": "full", "capture_origin": "live", "cause": sorted(PRINTED)[0]}
    return may_be_told(asked, flags, (), {}, "", first_live=first).outcome == "now"


def _telling(found: Telling, plain: Telling) -> Row:
    """What a reader is told of the rule's answer; a departure whose days still run says only that, whatever else it waits for."""
    if found.waits_for in _FOR_A_PERSON:
        found = plain if plain.outcome == "later" else Telling("later", "", _WAITS)
    return {"telling": found.outcome, "alert_from": found.alert_from or None, "not_told_because": found.why or None}


def _in_feeds(row: Row, rule: Rule, flags: Values, claims: Values) -> Row:
    """From when the change may be told, and when what feeds say of it changed last (instants); both empty where feeds do not name it.

    A change against which a claim was upheld was told where it could be told, under the flags of that day, on the day on which the
    claim came; it is not named while its place is under a flag. The days of flags themselves are in neither instant.
    """
    found, heard = rule(flags, claims), rule(flags, ())
    if found.outcome == "later" or heard.outcome != "now":
        return dict.fromkeys(_IN_FEEDS)
    published = _newest(str(row["known_at"]), heard.alert_from, str(row["matched_on"] or ""))
    about = [claim for claim in claims if is_about(claim, row)]
    if found.outcome == "never":
        came = min(claim["received"] for claim in about if claim["outcome"] == "upheld")
        then = rule([flag for flag in flags if flag["date"] <= came], ())
        if published[:10] > came or then.outcome != "now":
            return dict.fromkeys(_IN_FEEDS)
    return dict(zip(_IN_FEEDS, (published, _newest(published, *(claim["answered_on"] for claim in about))), strict=True))


def _newest(instant: str, *days: str) -> str:
    """The newest of an instant and the beginnings of days; a day may be "" for none."""
    return max([instant, *(f"{day}T00:00:00Z" for day in days if day)])


def _values(lines: Lines, file: str) -> Values:
    return [line.values for line in lines.get(file, ())]
