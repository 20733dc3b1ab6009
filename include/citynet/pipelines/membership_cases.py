"""What cannot both be true of a membership, as questions to a person: printed dates of joining, and words that lists go on contradicting.

Nothing is decided by a case: until a person decides, what was known first stands (docs/methodology, Contradictions).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from citynet.history.contradictions import DateInDoubt, DepartureInDoubt, Sight, dates_in_doubt, departures_in_doubt, enough_days
from citynet.history.folding import State, history_of
from citynet.history.sightings import FOREVER, role_of
from citynet.history.statements import Statement, read_statements
from citynet.history.withheld import Respelled, WordInDoubt, may_be_it, respelled, words_in_doubt
from citynet.model import Judgement, Network, ResolvedListing
from citynet.pipelines.cases import Case, case_hash
from citynet.pipelines.names import Names

MOST_NAMES = 20
"""So many open names a case tells."""
_SAID = {"joined": "is recorded as having joined", "not_left": "is recorded as a member of"}


@dataclass(frozen=True, slots=True)
class _Known:
    """What the cases of a network are told with. said: what people stated on its memberships, and the lines that state it."""

    network: Network
    names: Names
    said: Mapping[Statement, Judgement]


def membership_cases(network: Network, lists: Sequence[ResolvedListing], state: State, names: Names, known_by: str = "") -> list[Case]:
    """The contradictions on memberships of a network, open and answered.

    lists: the accepted ones that figures may use; state: what they were folded to; known_by (ISO date): without what people said later,
    "" for all. A case is answered when a person says more or the list prints otherwise, and none any more once a line is mended.
    """
    lines = (line for line in names.judgements.memberships if line.values["network_id"] == network.id)
    stated = [line for line in lines if line.values["decided_on"] <= (known_by or FOREVER)]
    known = _Known(network, names, {said: line for line in stated for said in read_statements(network.id, [line])})
    cases = [_date_case(known, doubt) for doubt in dates_in_doubt(history_of(state).spells, lists)]
    cases += [_departure_case(known, doubt) for doubt in departures_in_doubt(list(known.said), lists, network.departure)]
    cases += [_word_case(known, doubt, lists) for doubt in words_in_doubt(state) if doubt.said in known.said]
    return cases + [_respelled_case(known, held, lists) for held in respelled(state)]


def _date_case(known: _Known, doubt: DateInDoubt) -> Case:
    body, against = _body(known, doubt.place_id), doubt.seen or doubt.other
    if against is doubt.seen:
        why = f"prints {doubt.printed} as the date on which {body} joined, and its complete list of {_on(against)} shows it already"
    else:
        why = f"prints {doubt.printed} as the date on which {body} joined, and printed {_printed(against)} on its list of {_on(against)}"
    lines = (
        f"first printed on the list of {_on(doubt.first)}, capture {doubt.first.capture_id}",
        *([f"first shown by the complete list of {doubt.seen.day}, capture {doubt.seen.capture_id}"] if doubt.seen else []),
        *([f"{doubt.other.joined_on} was printed on {doubt.other.day}, capture {doubt.other.capture_id}"] if doubt.other else []),
        "to answer: a line of memberships.csv: joined with the date that holds (and left before it, where an earlier stay ended), or"
        f" not_left with a day before {doubt.begins} on which it was a member",
    )
    answer = _answered_date(known, doubt) or (f"the list of {doubt.ended} prints it no more" if doubt.ended else "")
    stands = (doubt.place_id, doubt.tie, doubt.newest, doubt.first.day)
    return _case(known, ("joined", doubt.printed), stands, f"{known.network.name} {why}", lines, answer)


def _departure_case(known: _Known, doubt: DepartureInDoubt) -> Case:
    said, line = doubt.said, known.said[doubt.said]
    why = (
        f"{_body(known, said.place_id)} is recorded as having left {known.network.name} ({line.values['date']}, {_by(line)}), and"
        f" {len(doubt.lists)} complete lists from {doubt.first.day} to {doubt.newest.day} show it"
    )
    lines = (
        f"first capture after that day {doubt.first.capture_id}",
        "to answer: mend that line of memberships.csv or take it out, or add one: joined if it is a member again, left with another date"
        " if the page was not updated",
    )
    of_body = [s for s in known.said if s.place_id == said.place_id and s.verdict in ("left", "joined")]
    later = [s for s in of_body if s.known_at > said.known_at and s.known_at[:10] >= doubt.opened]
    answer = _newest(known, later) or (f"the list of {doubt.ended} is without it" if doubt.ended else "")
    stands = (said.place_id, known.network.default_tie, doubt.newest, doubt.opened)
    return _case(known, ("left", line.values["date"], line.values["decided_on"]), stands, why, lines, answer)


def _word_case(known: _Known, doubt: WordInDoubt, lists: Sequence[ResolvedListing]) -> Case:
    said, line = doubt.said, known.said[doubt.said]
    without, days = _complete_since(lists, doubt.since)
    why = (
        f"{_body(known, said.place_id)} {_SAID[said.verdict]} {known.network.name} ({line.values['date']}, {_by(line)}), and"
        f" {len(without)} complete lists from {days[0]} to {days[-1]} are without it"
    )
    lines = (
        f"first capture without it {without[0].listing.capture_id}",
        "to answer: a line of memberships.csv: left, or not_left with a later day; or a line of places.csv if the lists print it otherwise",
    )
    newest = Sight(days[-1], without[-1].listing.capture_id, 0, "", True)
    stands = (said.place_id, doubt.tie, newest, enough_days(days, known.network.departure) or days[-1])
    return _case(known, (said.verdict, line.values["date"], line.values["decided_on"]), stands, why, lines, "")


def _respelled_case(known: _Known, held: Respelled, lists: Sequence[ResolvedListing]) -> Case:
    without, days = _complete_since(lists, held.since)
    printed = sorted({" ".join(row.name_as_published.split()) for page in without for row in may_be_it(held, page)})
    more = f" and {len(printed) - MOST_NAMES} more" if len(printed) > MOST_NAMES else ""
    why = (
        f"{_body(known, held.place_id)} is on none of {len(without)} complete lists of {known.network.name} from {days[0]} to {days[-1]}"
        " and not counted as missing, since they print open names that may be it, another one each time"
    )
    lines = (
        f"first capture without it {without[0].listing.capture_id}",
        f"open names that may be it: {', '.join(printed[:MOST_NAMES])}{more}",
        f"to answer: the names, with is and {held.place_id} where they mean it, or a line of memberships.csv: left or not_left",
    )
    newest = Sight(days[-1], without[-1].listing.capture_id, 0, "", True)
    stands = (held.place_id, held.tie, newest, enough_days(days, known.network.departure) or days[-1])
    return _case(known, ("respelled", held.since), stands, why, lines, "")


def _complete_since(lists: Sequence[ResolvedListing], day: str) -> tuple[list[ResolvedListing], list[str]]:
    """The complete lists from a day (ISO) on, and their days."""
    days = [(page, f"{page.listing.captured_at:%Y-%m-%d}") for page in lists if page.listing.coverage == "complete"]
    return [page for page, on in days if on >= day], [on for _, on in days if on >= day]


def _case(known: _Known, asked: tuple[str, ...], stands: tuple[str, str, Sight, str], why: str, lines: Sequence[str], outcome: str) -> Case:
    """asked: what tells this question from others on the body; stands: body, tie, the newest row, the day on which the case opened."""
    place_id, tie, newest, opened = stands
    network, shown = known.network, known.network.republish == "names"
    return Case(
        case_id="membership-" + case_hash(network.id, place_id, role_of(tie), *asked),
        what="membership",
        network=network,
        name=known.names.place(place_id).name if shown else "",
        country="",
        printed_country="",
        opened=opened,
        capture_id=newest.capture_id,
        rows=(newest.row,) if newest.row else (),
        seen=1,
        why=why if shown else f"A record of {network.name} contradicts its lists",
        lines=(f"row {network.id}/{place_id}/{tie}", *lines) if shown else (),
        outcome=outcome,
    )


def _answered_date(known: _Known, doubt: DateInDoubt) -> str:
    """What a person said of the joining: a date, or that the body was a member before the printed one."""
    mine = [said for said in known.said if said.place_id == doubt.place_id and said.latest > doubt.after]
    return _newest(known, [s for s in mine if s.verdict == "joined" or (s.verdict == "not_left" and s.latest < doubt.begins)])


def _newest(known: _Known, said: Sequence[Statement]) -> str:
    if not said:
        return ""
    line = known.said[max(said, key=lambda s: (s.known_at, s.order))]
    return f"{line.values['verdict']} {line.values['date']}, {_by(line)}"


def _by(line: Judgement) -> str:
    return f"by {line.values['reviewer']} on {line.values['decided_on']}"


def _body(known: _Known, place_id: str) -> str:
    place = known.names.place(place_id)
    return f"{place.name} ({place.country})" if place.country else place.name


def _on(sight: Sight | None) -> str:
    return sight.day if sight else ""


def _printed(sight: Sight | None) -> str:
    return sight.joined_on if sight else ""
