"""The gates of a capture in the order of suspicion (docs/methodology.md, Gates): reached, layout, bounds, collapse, identities.

Reading asks the first three of the capture itself, the fold over the network's listings asks the last four against the listing
accepted before; here they are put together, one a name, and the first failed one is named.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from urllib.parse import urlsplit

from citynet.errors import SourceChanged
from citynet.model import Capture, Expect, Fetched, Gate, Listing, Network, Resolution, is_page
from citynet.networks.registry import pages_at
from citynet.reading.fingerprint import layout_sha256
from citynet.reading.mail_addresses import told_without_addresses
from citynet.reading.suspect import injected_spam, no_name, wall

NAMES = ("reached", "layout", "bounds", "collapse", "identities")
REACHED = "an answer with status 200 from {pages}, the page itself and no login, consent, bot or maintenance page"
SHOWN_ROWS = 5
LOGIN_ADDRESS = re.compile(r"/(?:wp-login\.php|log-?in|sign-?in|sso|saml|oauth2?|authorize|auth|account/login)(?:[/.?]|$)", re.IGNORECASE)


def in_order(gates: Sequence[Gate]) -> tuple[Gate, ...]:
    """One gate a name, in their order: what was asked of a gate in two steps is put together, what was not asked is not passed."""
    return tuple(_together(name, [gate for gate in gates if gate.name == name]) for name in NAMES)


def failed_gate(gates: Sequence[Gate]) -> str:
    """The name of the first gate that was not passed, "" where all were."""
    return next((gate.name for gate in gates if not gate.passed), "")


def as_rows(gates: Sequence[Gate]) -> list[dict[str, object]]:
    """The gates for a document of JSON."""
    return [asdict(gate) for gate in gates]


def require_reached(network: Network, answers: Mapping[str, Fetched]) -> None:
    """SourceChanged where an answer was sent on to an address to log in.

    Walls that stand at the page's own address are asked for where its reader fails (reading.listing): a banner or a form for
    members beside a list that is read is none.
    """
    for url, answer in sorted(answers.items()):
        where, sent_on = f"{network.id} {url}", urlsplit(answer.final_url).path
        if LOGIN_ADDRESS.search(sent_on) and not LOGIN_ADDRESS.search(urlsplit(url).path):
            raise SourceChanged(f"{where}: expected the page, was sent on to log in at {answer.final_url}", gate="reached")


def require_no_wall(network: Network, answers: Mapping[str, Fetched]) -> None:
    """SourceChanged where an answer was sent on to log in or is a wall: asked first of pages that nobody has written rules for."""
    require_reached(network, answers)
    for url, answer in sorted(answers.items()):
        found = wall(answer.body, answer.content_type, answer.final_url)
        if found is not None:
            raise SourceChanged(f"{network.id} {url}: expected the page, got a {found.what}: {found.seen}", gate="reached")


def of_problem(network: Network, capture: Capture, problem: Exception) -> tuple[Gate, ...]:
    """The gates of a capture that could not be read: the failed one with what was seen, and the one before it."""
    said = told_without_addresses(str(problem))
    if getattr(problem, "gate", "layout") == "reached":
        return (_reached(network, capture, passed=False, seen=said),)
    return (_reached(network, capture), Gate("layout", True, False, "the list as the network file describes the page", said))


def of_reading(network: Network, capture: Capture, listing: Listing, refused: Sequence[str]) -> tuple[Gate, ...]:
    """The gates of a capture that was read; refused: the bounds that its listing does not keep."""
    total = "" if listing.printed_count is None else f", the page prints a total of {listing.printed_count}"
    rows = f"{len(listing.rows)} rows"
    expected = "the list as the network file describes the page"
    return (
        _reached(network, capture),
        Gate("layout", True, True, expected, rows + total),
        Gate("bounds", True, not refused, _bounds(network.expect), "; ".join(refused) or rows),
    )


def no_names(listing: Listing) -> str:
    """Which rows are no names of bodies ("row 3 is an e-mail address"), "" for none: the listing waits for a person, whole as it is.

    What stands in them is not repeated, since it may be a text of any length.
    """
    odd = [f"row {row.number} is {why}" for row in listing.rows if (why := no_name(row.name_as_published))]
    if not odd:
        return ""
    more = f" and {len(odd) - SHOWN_ROWS} more" if len(odd) > SHOWN_ROWS else ""
    return f"no names: {', '.join(odd[:SHOWN_ROWS])}{more}"


def for_a_person(name: str, found: Resolution) -> Resolution:
    """What a name means, but for one that is doubtful as a name: unless a person has judged it, no rule settles what it is."""
    if found.route.startswith("judgement:") or not no_name(name):
        return found
    return Resolution("review", route=f"{no_name(name)} in the name", candidates=(found.place_id,) if found.place_id else found.candidates)


def spam_on(answers: Mapping[str, Fetched], listing: Listing) -> str:
    """Injected spam on any of the answers, in words; "" for none. Links that bear the names of the listing are none."""
    names = [row.name_as_published for row in listing.rows]
    found = ((url, injected_spam(answer.body, answer.content_type, answer.final_url, names)) for url, answer in sorted(answers.items()))
    return told_without_addresses("; ".join(f"{spam.what} on {url}: {spam.seen}" for url, spam in found if spam is not None))


def layouts(answers: Mapping[str, Fetched]) -> dict[str, str]:
    """Address -> fingerprint of its layout, for the answers that have one."""
    found = {url: layout_sha256(answer.body, answer.content_type) for url, answer in sorted(answers.items()) if is_page(answer.status)}
    return {url: sha256 for url, sha256 in found.items() if sha256}


def _together(name: str, asked: Sequence[Gate]) -> Gate:
    if not asked:
        return Gate(name, True, False, "not asked: an earlier gate failed", "")
    failed = [gate for gate in asked if not gate.passed]
    return Gate(
        name=name,
        required=all(gate.required for gate in failed or asked),
        passed=not failed,
        expected="; ".join(dict.fromkeys(gate.expected for gate in asked)),
        seen="; ".join(dict.fromkeys(gate.seen for gate in failed or asked)),
    )


def _reached(network: Network, capture: Capture, *, passed: bool = True, seen: str = "") -> Gate:
    asked = len(pages_at(network, f"{capture.captured_at:%Y-%m-%d}"))
    expected = REACHED.format(pages="each of its pages" if asked != 1 else "its page")
    answers = len(capture.pages)
    return Gate("reached", True, passed, expected, seen or f"{answers} {'answer' if answers == 1 else 'answers'}")


def _bounds(expect: Expect) -> str:
    minimums = sorted((*expect.per_country.items(), *expect.per_kind.items(), *expect.per_tie.items()))
    floors = [f"{name} at least {least}" for name, least in minimums]
    floors += [f"with {place}" for place in sorted(expect.must_include)]
    return ", ".join([f"{expect.min} to {expect.max} rows", *floors])
