"""Members whose departure is held, since the municipality they are a part of today is on the list: was it a merger, or did they leave?"""

from collections.abc import Mapping, Sequence

from citynet.errors import ConfigError
from citynet.model import Network, ResolvedListing, Spell
from citynet.pipelines.answers import Given
from citynet.pipelines.cases import Case, HeldDeparture, case_hash
from citynet.pipelines.names import Names
from citynet.places.judgement_files import COLUMNS

PREFIX = "merger-"
MERGED, LEFT = "merged_into", "left"
FILES: Mapping[str, str] = {MERGED: "municipal_changes.csv", LEFT: "memberships.csv"}
"""Verdict -> the file of judgements in which it is recorded."""
_TOLD_BY = {"official": "read off", "places": "inferred from the places of", "names": "inferred from the names of"}
_TO_ANSWER = "to answer: find out at an official source whether and when it was merged: merged_into with that date and the address, or left"


def merger_cases(network: Network, lists: Sequence[ResolvedListing], spells: Sequence[Spell], names: Names) -> list[Case]:
    """One open case for each member that two complete lists or more lack while the municipality it is a part of today is on the list.

    It is none any more once a person records the merger or that it left, or once a list shows it. lists: the accepted ones that figures
    may use, in order; spells: what they were folded to.
    """
    ties = {spell.place_id: spell.tie for spell in spells}
    return [_case(network, spell, ties[spell.heir], lists, names) for spell in spells if spell.heir and spell.not_seen > 1]


def _case(network: Network, spell: Spell, heirs_tie: str, lists: Sequence[ResolvedListing], names: Names) -> Case:
    captures = [resolved.listing.capture_id for resolved in lists]
    after = lists[captures.index(spell.evidence_capture_id) + 1 :]
    lacking = [resolved.listing for resolved in after if resolved.listing.coverage == "complete"]
    place, heir, since = names.place(spell.place_id), names.place(spell.heir), f"{lacking[0].captured_at:%Y-%m-%d}"
    known = f"{place.name} is not on the list of {network.name} since {since}, {heir.name}, which it is a part of today, is"
    lines = (
        f"row {network.id}/{spell.place_id}/{spell.tie}, beside {network.id}/{spell.heir}/{heirs_tie}",
        f"last shown on {spell.last_confirmed_on}, capture {spell.evidence_capture_id}, row {spell.evidence_row}",
        f"{spell.place_id} is a part of {spell.heir}: {_told_by(spell.place_id, names)}",
        _TO_ANSWER,
    )
    return Case(
        case_id=PREFIX + case_hash(network.id, spell.place_id),
        what="merger",
        network=network,
        name=place.name,
        country=place.country,
        printed_country="",
        opened=since,
        capture_id=lacking[-1].capture_id,
        rows=(),
        seen=1,
        why=f"{known}: was it merged into that one, or has its membership ended?",
        candidates=(spell.heir,),
        lines=lines,
        held=HeldDeparture(spell.place_id, spell.heir, spell.last_confirmed_on, since),
    )


def merger_claim(case: Case) -> str:
    """The question as it is published: without the body where the network's terms forbid to print its names."""
    return (
        case.why
        if case.network.republish == "names"
        else f"Was a member of {case.network.name} merged into another, or has its membership ended?"
    )


def _told_by(place_id: str, names: Names) -> str:
    """Where the merger is known from, and between which years it was."""
    line = next((line for line in names.former_municipalities() if line.place_id == place_id), None)
    if line is None:
        return "by a change that was recorded since"
    years = (
        f"a municipality of its own still in {line.listed}" if line.listed else "",
        f"none any more in {line.gone}" if line.gone else "",
    )
    return ", ".join(filter(None, (f"{_TOLD_BY.get(line.basis, line.basis)} {line.source}", *years)))


def merger_given(
    where: str, row: Mapping[str, str], cases: Sequence[Case], past: Mapping[str, Mapping[str, str]], signed: tuple[str, str]
) -> Given:
    """The line that a row answers a case with; signed: reviewer and day. past: case -> the line by which it was answered.

    `merged_into` wants the date of the merger as an official source tells it, and place_id where it was merged into another body than
    the one on the list. `left` without a date is dated between the lists. ConfigError with file and line for a case nobody knows or
    another verdict.
    """
    case_id, verdict = row["case_id"].strip(), row["verdict"].strip()
    about = next((_asked(case) for case in cases if case.case_id == case_id), None) or past.get(case_id)
    if about is None:
        raise ConfigError(f"{where}: expected case_id of a question of `citynet review`; found {case_id!r}")
    if verdict not in FILES:
        raise ConfigError(f"{where}: expected verdict to be one of {', '.join(sorted(FILES))}; found {verdict!r}")
    printed = row.get("date", "").strip() or (about["date"] if verdict == LEFT else "")
    if not printed:
        raise ConfigError(f"{where}: expected date of the merger as YYYY-MM-DD, YYYY-MM or YYYY, found nothing")
    stated = {
        "network_id": about.get("network_id", "") or row.get("network_id", "").strip(),
        "place_id": about["place_id"],
        "verdict": verdict,
        "change": verdict,
        "successor_id": row["place_id"].strip() or about.get("successor_id", ""),
        "former_name": "",
        "date": printed,
        "reviewer": signed[0],
        "decided_on": signed[1],
        "reason": " ".join(row["reason"].split()),
        "evidence_url": row["evidence_url"].strip(),
    }
    file = FILES[verdict]
    return Given(where, case_id, file, {column: stated[column] for column in COLUMNS[file]})


def _asked(case: Case) -> Mapping[str, str]:
    held = case.held
    if held is None:
        raise TypeError(f"{case.case_id}: a case of a merger without the departure that is held")
    between = f"{held.shown}/{held.missed}"
    return {"network_id": case.network.id, "place_id": held.place_id, "successor_id": held.heir_id, "date": between}
