"""Pages that their rules can't read any more, as questions to a person: what failed, and how the page may be read instead."""

from collections import defaultdict
from collections.abc import Sequence

from citynet.history.differing import Difference
from citynet.model import Network
from citynet.pipelines.cases import Case, case_hash
from citynet.pipelines.listings import Decided
from citynet.pipelines.names import Names
from citynet.pipelines.second_opinion import Proposal, compared
from citynet.pipelines.terms import told_reason

MOST_NAMES = 20
"""So many names gone or new a case of a reader tells."""
_TO_MEND = "set reader, select and options of this page, and the kept captures are read again; the file is include/networks/"


def reader_cases(network: Network, decided: Sequence[Decided], names: Names) -> list[Case]:
    """One case for each unbroken run of captures on which a page was laid out otherwise than its rules say.

    Nobody answers it: it closes when a later capture is read, and is none any more once mended rules read its captures. A wall or
    a page that was not reached says nothing of the rules.
    """
    running: dict[str, list[Decided]] = defaultdict(list)
    cases = []
    for one in decided:
        if one.reading.listing is not None:
            read_on = f"{one.reading.capture.captured_at:%Y-%m-%d}"
            cases += [_reader_case(network, url, run, names, f"read again on {read_on}") for url, run in sorted(running.items())]
            running.clear()
        for proposal in one.reading.proposals:
            running[proposal.page_url].append(one)
    return cases + [_reader_case(network, url, run, names) for url, run in sorted(running.items())]


def _reader_case(network: Network, url: str, run: Sequence[Decided], names: Names, outcome: str = "") -> Case:
    first, newest = run[0].reading.capture, run[-1]
    proposal = next(one for one in newest.reading.proposals if one.page_url == url)
    found = compared(network, newest.last, proposal, names) if newest.last is not None and proposal.members and not outcome else None
    return Case(
        case_id="reader-" + case_hash(network.id, url, first.capture_id),
        what="reader",
        network=network,
        name=url,
        country="",
        printed_country="",
        opened=f"{first.captured_at:%Y-%m-%d}",
        capture_id=newest.reading.capture.capture_id,
        rows=(),
        seen=len(proposal.members),
        why=told_reason(network, newest),
        outcome=outcome,
        proposal=proposal,
        beside_last=found,
    )


def reader_lines(case: Case) -> list[str]:
    """What a person needs to decide on a case of a reader, a line each: failure, proposal, difference, what to do.

    Printed names are left out where the terms of the network forbid to print them.
    """
    proposal = case.proposal
    lines = [f"failure: {case.why}"]
    if proposal is None or proposal.refused:
        return [
            *lines,
            f"no proposal{_refused(proposal, names_shown=case.network.republish == 'names')}",
            f"to do: look at the page, {_TO_MEND}{case.network.id}.yml",
        ]
    if proposal.reader:
        options = ", ".join(f"{name}: {value}" for name, value in sorted(proposal.options.items()))
        lines.append(f"proposal: reader: {proposal.reader}, select: {proposal.select or '(none)'}, options: {{{options}}}")
    else:
        lines.append("proposal: reader: auto, since no other reader can read the members that it finds")
    lines.append(f"it reads: {len(proposal.members)} members, confidence {proposal.confidence:.2f}")
    if case.beside_last is not None:
        lines += _beside_last(case.beside_last, names_shown=case.network.republish == "names")
    return [*lines, f"to accept: {_TO_MEND}{case.network.id}.yml"]


def _refused(proposal: Proposal | None, *, names_shown: bool) -> str:
    """Why there is none; what the page shows instead may be a name."""
    return f": {proposal.refused}" if proposal and names_shown else ""


def _beside_last(found: Difference, *, names_shown: bool) -> list[str]:
    counts = f"beside the last accepted list: {found.same} the same, {len(found.gone)} gone, {len(found.come)} new"
    listed = [(word, printed) for word, printed in (("gone", found.gone), ("new", found.come)) if printed and names_shown]
    return [counts, *(f"{word}: {', '.join(printed[:MOST_NAMES])}{_and_more(printed)}" for word, printed in listed)]


def _and_more(printed: Sequence[str]) -> str:
    return f" and {len(printed) - MOST_NAMES} more" if len(printed) > MOST_NAMES else ""
