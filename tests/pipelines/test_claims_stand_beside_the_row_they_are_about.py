"""Claims: read strictly, cases of review_cases, a public log, and open_claims and replies beside the row."""

import pytest

from citynet.errors import ConfigError
from citynet.model import Judgement
from citynet.pipelines.claims import by_row, case_rows, correction_rows, due, with_claims
from citynet.pipelines.judgement_tables import judgement_rows
from citynet.places.claims import CLAIM_COLUMNS
from citynet.places.judgement_files import read_lines
from citynet.places.judgements import Judgements

CHANGE = "0123456789abcdef"
OPEN = {
    **{"case_id": "correction-1", "what": "correction", "row_id": CHANGE, "network_id": "net", "place_id": "gn1"},
    **{"claim": "We are still a member", "evidence_url": "https://city.example/member", "received": "2026-11-02"},
    **{"outcome": "", "answered_on": "", "reviewer": "", "reason": ""},
}
SIGNED = {"outcome": "noted", "answered_on": "2026-11-06", "reviewer": "editor-first-pass", "reason": "the city speaks for itself"}
REPLY = {**OPEN, **SIGNED, "case_id": "reply-1", "what": "reply", "row_id": "net/gn1/full", "claim": "The council decided in May"}
MEMBERSHIP = {"network_id": "net", "place_id": "gn1", "tie": "full"}
MADE = {**MEMBERSHIP, "change_id": CHANGE}


def lines(*values) -> list[Judgement]:
    return [Judgement(f"claims.csv:{n}", v) for n, v in enumerate(values, 2)]


def read(folder, *values):
    text = "\n".join([",".join(CLAIM_COLUMNS), *(",".join(v[c] for c in CLAIM_COLUMNS) for v in values)])
    (folder / "claims.csv").write_text(text + "\n")
    return read_lines(folder)["claims.csv"]


def test_an_open_and_an_answered_claim_are_read(tmp_path):
    assert [line.values["outcome"] for line in read(tmp_path, OPEN, REPLY)] == ["", "noted"]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"what": "complaint"}, "what to be one of correction, reply"),
        ({"row_id": "net/gn2/full"}, "row_id as a change_id or net/gn1/<tie>"),
        ({"row_id": ""}, "row_id"),
        ({"case_id": "name-000000000001"}, "case_id"),
        ({"case_id": "Correction 1"}, "case_id"),
        ({"claim": " "}, "claim in 1 to 500 characters"),
        ({"claim": "x" * 501}, "found 501"),
        ({"claim": "Ask mayor@city.example"}, "no e-mail address or telephone number"),
        ({"claim": "Call +49 123 4567890"}, "no e-mail address or telephone number"),
        ({"received": "2.11.2026"}, "received as YYYY-MM-DD"),
        ({"evidence_url": "city.example"}, "evidence_url to be a web address"),
        ({"network_id": ""}, "network_id and place_id to be filled"),
        ({"reviewer": "editor"}, "reviewer to be empty while outcome is"),
        ({**SIGNED, "outcome": "maybe"}, "outcome to be one of upheld, rejected, noted"),
        ({**SIGNED, "reason": ""}, "reason to be filled"),
        ({**SIGNED, "answered_on": ""}, "answered_on as YYYY-MM-DD"),
        ({**SIGNED, "answered_on": "2026-11-01"}, "answered_on not before received"),
    ],
)
def test_a_claim_that_is_not_whole_is_told_with_its_line(wrong, told, tmp_path):
    with pytest.raises(ConfigError, match=rf"claims\.csv:2: .*{told}"):
        read(tmp_path, {**OPEN, **wrong})


@pytest.mark.parametrize(
    ("file", "line", "told"),
    [
        ("harm_flags.csv", "gn1,agreed,,editor-first-pass,2026-11-22,looked at", "expected a change_id with agreed"),
        ("harm_flags.csv", f"gn1,flagged,{CHANGE},editor-first-pass,2026-11-22,threats", "expected a change_id with agreed"),
        ("harm_flags.csv", "gn1,flagged,,editor-first-pass,2026-11-22,", "reason to be filled"),
        ("harm_flags.csv", "gn1,doubted,,editor-first-pass,2026-11-22,threats", "verdict to be one of agreed, flagged, lifted"),
        ("withdrawals.csv", "place,gn1,net,safety,2026-11-22,editor-first-pass", "no network_id with place"),
        ("withdrawals.csv", "membership,gn1,net,whim,2026-11-22,editor-first-pass", "reason_class to be one of"),
        ("withdrawals.csv", "membership,,net,safety,2026-11-22,editor-first-pass", "place_id to be filled"),
        ("withdrawals.csv", "row,gn1,net,safety,2026-11-22,editor-first-pass", "what to be one of membership, place"),
    ],
)
def test_flags_and_withdrawals_are_read_as_strictly(file, line, told, tmp_path):
    from citynet.places.judgement_files import COLUMNS

    (tmp_path / file).write_text(",".join(COLUMNS[file]) + "\n" + line + "\n")
    with pytest.raises(ConfigError, match=rf"{file}:2: .*{told}"):
        read_lines(tmp_path)


def test_a_claim_is_a_case_that_is_due_in_fourteen_days():
    asked, answered = case_rows(lines(OPEN, REPLY), {"net"})
    assert (asked["opened"], asked["due"], asked["outcome"]) == ("2026-11-02", "2026-11-16", None)
    assert asked["evidence"] == f"row {CHANGE} | https://city.example/member"
    assert answered["outcome"] == "noted, by editor-first-pass on 2026-11-06"
    assert due("2026-12-25") == "2027-01-08"


def test_the_log_says_how_long_an_answer_took():
    asked, answered = correction_rows(lines(OPEN, REPLY), {"net"})
    assert (asked["days_to_answer"], asked["outcome"], asked["reviewer"]) == (None, None, None)
    assert (answered["days_to_answer"], answered["reason"]) == (4, "the city speaks for itself")


def test_a_claim_on_a_network_that_nobody_follows_is_told_with_its_line():
    with pytest.raises(ConfigError, match=r"claims\.csv:2: expected network_id to be in the registry, found 'net'"):
        correction_rows(lines(OPEN), {"other"})


def test_an_open_claim_on_a_change_stands_beside_the_change_and_its_membership():
    other = {**MEMBERSHIP, "place_id": "gn2"}
    (membership, untouched), (change,) = with_claims([MEMBERSHIP, other], [MADE], by_row(lines(OPEN)))
    assert (membership["open_claims"], change["open_claims"], untouched["open_claims"]) == (1, 1, 0)
    assert membership["replies"] is None


def test_a_reply_is_shown_once_it_was_noted_and_not_when_it_was_rejected():
    rejected = {**REPLY, "case_id": "reply-2", "outcome": "rejected", "claim": "names a person"}
    second = {**REPLY, "case_id": "reply-3", "claim": "And again in June"}
    (membership,), (change,) = with_claims([MEMBERSHIP], [MADE], by_row(lines(REPLY, rejected, second)))
    assert membership["replies"] == change["replies"] == "The council decided in May | And again in June"
    assert membership["open_claims"] == 0


def test_an_answer_is_a_judgement_and_a_claim_that_waits_is_none():
    flags = lines({"place_id": "gn1", "verdict": "flagged", "change_id": "", "reviewer": "r", "date": "2026-11-22", "reason": "threats"})
    rows = judgement_rows(Judgements(lines={"claims.csv": tuple(lines(OPEN, REPLY)), "harm_flags.csv": tuple(flags)}), "")
    assert [(r["about"], r["subject"], r["verdict"], r["decided_on"]) for r in rows] == [("claim", "net/gn1/full", "noted", "2026-11-06")]
