"""The draft of a network file: what a machine can find on a page is filled in, what only a person can say is marked TODO.

A draft is a file of the registry that passes its check, and counts for nothing: undecided, comparison only, partial, with
unknown ties, its figures not its names, and a page that nobody has verified.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from citynet.model import Page

MOST_KINDS = 12
"""More printed kinds than this are no vocabulary of ties."""
_LEFT = re.compile(r"#\s*TODO\b[:\s]*(.*)")
_WORD = re.compile(r"[A-Za-z][A-Za-z0-9_ ./()-]*[A-Za-z0-9)]|[A-Za-z]")
_RESERVED = frozenset({"true", "false", "null", "yes", "no", "on", "off"})


@dataclass(frozen=True, slots=True)
class Draft:
    """What is known of a network that nobody has described yet. on: date of the look (ISO); robots: what was found, and when.

    scope: transnational or national; kinds: as printed; least, most: bounds on the number of members, most 0 where more of the
    list may follow; asides: what a person should look into beside the page, a sentence each.
    """

    id: str
    name: str
    homepage: str
    on: str
    page: Page
    robots: str
    scope: str = "transnational"
    countries: tuple[str, ...] = ()
    terms_url: str = ""
    kinds: tuple[str, ...] = ()
    least: int = 1
    most: int = 0
    asides: tuple[str, ...] = field(default=())


def draft_text(draft: Draft) -> str:
    """The file of the draft, as docs/adding-a-network.md goes on with it."""
    return "\n".join([*_network(draft), *_rights(draft), *_membership(draft), ""])


def left_to_do(folder: str) -> list[str]:
    """ "<file>:<line>: <what>" of every line of a network file that is marked TODO, in the order of files and lines."""
    found = []
    for file in sorted(Path(folder).glob("*.yml")):
        for number, line in enumerate(file.read_text(encoding="utf-8", errors="replace").splitlines(), start=1):
            marked = _LEFT.search(line)
            if marked:
                found.append(f"{file.name}:{number}: TODO: {marked[1].strip() or line.split('#')[0].strip()}")
    return found


def _network(draft: Draft) -> list[str]:
    only = f" (the names that were found lie in {draft.countries[0]} alone)" if len(draft.countries) == 1 else ""
    return [
        "# yaml-language-server: $schema=../citynet/networks/schema.json",
        f"# A draft, made from its page on {draft.on}. Lines marked TODO wait for a person: docs/adding-a-network.md.",
        f"id: {draft.id}",
        f"name: {_scalar(draft.name)}  # TODO: as the network writes it",
        f"homepage: {_scalar(draft.homepage)}",
        "status: active  # TODO: is it? with status_source; founded and initiated_by with their sources, where they are stated",
        f"scope: {draft.scope}  # TODO: transnational, national, world_event, programme or not_a_network?",
        "relevance: comparison  # TODO: migration_core, migration_component or comparison?",
        "inclusion:",
        "  decision: undecided  # TODO: included or excluded, with reason and date",
        "  reason: seen and not decided yet",
        f"  date: {draft.on}",
        "who_joins: body  # TODO: body, office_holder or council_decision?",
        f"# TODO: themes, eligibility with dates{only}, functions, bodies, funders, relations, each with its source; protects_persons",
        *(f"# TODO: {aside}" for aside in draft.asides),
    ]


def _rights(draft: Draft) -> list[str]:
    return [
        "rights:",
        f"  terms_url: {_scalar(draft.terms_url or 'unknown')}  # TODO: read them, then terms_read_on; a refusal ends it here",
        f"  robots: {_scalar(draft.robots)}",
        "  permission: none_needed  # TODO: none_needed, asked, granted or refused? by the terms",
        "  republish: counts_only  # TODO: names, places_only or counts_only? by the terms",
    ]


def _membership(draft: Draft) -> list[str]:
    ties = f"  ties: {_flow(dict.fromkeys(draft.kinds, 'unknown'))}  # TODO: the tie of each printed kind"
    bounds = {"min": draft.least} | ({"max": draft.most} if draft.most else {})
    rest = "" if draft.most else "max, when all of the list is read; "
    return [
        "membership:",
        "  publishes: list  # TODO: list, signatories or projects?",
        "  coverage: partial  # TODO: complete only where the page says that it lists all members",
        "  default_tie: unknown  # TODO: full, associate, partner, signatory ...: the tie where the page prints no kind",
        *([ties] if 0 < len(draft.kinds) <= MOST_KINDS else []),
        "  pages:",
        *_page(draft.page),
        f"  expect: {_flow(bounds)}  # TODO: {rest}must_include, the place ids that must be there",
    ]


def _page(page: Page) -> list[str]:
    written = [f"    - url: {_scalar(page.url)}", f"      reader: {page.reader}"]
    written += [f"      select: {_scalar(page.select)}"] if page.select else []
    written += [f"      options: {_flow(page.options)}"] if page.options else []
    written += [f"      follow: {_flow(page.follow)}"] if page.follow else []
    return [*written, "      # TODO: verified_on, the date on which somebody compared the page with what is read from it"]


def _flow(values: Mapping[str, object]) -> str:
    return "{" + ", ".join(f"{_scalar(key)}: {_scalar(value)}" for key, value in values.items()) + "}"


def _scalar(value: object) -> str:
    """A number as it is, a plain word as it is, any other text in double quotes, which YAML reads as JSON does."""
    if isinstance(value, int):
        return str(value)
    text = str(value)
    plain = _WORD.fullmatch(text) and text.lower() not in _RESERVED
    quoted = json.dumps(text, ensure_ascii=False)
    # Not by json's own escapes, which write letters beyond 16 bits as two halves: YAML knows no halves.
    return text if plain else "".join(c if c.isprintable() else f"\\U{ord(c):08x}" for c in quoted)
