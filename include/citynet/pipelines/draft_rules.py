"""Rules for a page that nobody has described: tried out on the page itself before they are put into a draft."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from citynet.errors import ConfigError, SourceChanged, SourceError
from citynet.http import Fetcher
from citynet.model import Fetched, ListingRow, Network, Page
from citynet.networks.drafts import Draft, draft_text
from citynet.networks.registry import load_one
from citynet.pipelines.auto import known
from citynet.pipelines.looking import Look, members_of, read_whole
from citynet.pipelines.names import Names
from citynet.reading.listing import printed_on, printed_total, rows_of
from citynet.reading.mail_addresses import without_addresses
from citynet.reading.printed import shown_text
from citynet.reading.surroundings import known_by
from citynet.reading.way_on import Follow


@dataclass(frozen=True, slots=True)
class Rules:
    """Rules that read the page. first: the rows of the first part, rows: of all parts that were read; whole: all of the list was.

    aside: what a person has to look into, "" for nothing.
    """

    page: Page
    first: tuple[ListingRow, ...]
    rows: tuple[ListingRow, ...]
    whole: bool
    aside: str = ""


def rules_for(draft: Draft, answer: Fetched, look: Look, names: Names) -> Rules:
    """The strictest of the rules that read the members which were found without rules."""
    wanted = [without_addresses(name) for name, _, _ in members_of(look.auto)]
    trouble = ""
    for page in _pages(draft, answer, look):
        try:
            rows = read_first(loaded(replace(draft, page=page)), page, answer, names)
        except (ConfigError, SourceChanged) as problem:
            trouble = str(problem)
            continue
        if [row.name_as_published for row in rows] == wanted or page.reader == "auto":
            return Rules(page, rows, rows, whole=True)
    # Nothing but a row that no table can hold stops the auto reader itself.
    raise SourceChanged(trouble)


def _pages(draft: Draft, answer: Fetched, look: Look) -> Iterator[Page]:
    """Rules to try: those that were proposed before the auto reader, with what tells the page from others before without."""
    shown = shown_text(answer.body, answer.content_type)
    words = known_by(look.around, draft.name, shown)
    count = len(look.auto.members)
    total = next((total.pattern for total in look.around.totals if total.count == count and not look.ways_on), "")
    bases = [(look.auto.reader, look.auto.select, dict(look.auto.options))] if look.auto.reader else []
    for reader, select, options in (*bases, ("auto", "", {})):
        for marks in ({"must_contain": words, "total": total}, {"must_contain": words}, {"total": total}, {}):
            yield Page(draft.page.url, reader, select, {**{key: mark for key, mark in marks.items() if mark}, **options})


def read_first(network: Network, page: Page, answer: Fetched, names: Names) -> tuple[ListingRow, ...]:
    """The rows of one answer, its printed total kept."""
    printed = printed_on(network, page, answer.body, answer.content_type, known(names.gazetteer))
    total = printed_total(printed.shown, page, f"{network.id} {page.url}")
    if total is not None and total != len(printed.members):
        raise SourceChanged(f"{network.id} {page.url}: the page prints a total of {total}, read were {len(printed.members)}")
    return rows_of(network, page, printed.members)


def followed(draft: Draft, rules: Rules, look: Look, way: Fetcher | None, at: datetime, names: Names, answer: Fetched) -> Rules:
    """The rules with the way on, where the page has one that leads to all of the list."""
    trouble = ""
    for follow in look.ways_on:
        page = replace(rules.page, follow=follow)
        try:
            network = loaded(replace(draft, page=page))
            if way is None:
                aside = "the list goes on at further addresses; only its first part was read, so expect is a lower bound"
                return replace(rules, page=page, whole=False, aside=aside)
            listing, _ = read_whole(network, page, way, at, names, {answer.url: answer})
        except (ConfigError, SourceError) as problem:
            trouble = f"the list seems to go on ({_said(follow)}), and could not be followed: {problem}"
            continue
        return replace(rules, page=page, rows=listing.rows)
    return replace(rules, whole=not trouble, aside=trouble)


def _said(follow: Follow) -> str:
    return ", ".join(f"{key}: {value}" for key, value in follow.items())


def loaded(draft: Draft) -> Network:
    """The network of the draft as the registry would read it; ConfigError where it would not."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{draft.id}.yml"
        try:
            file.write_text(draft_text(draft), encoding="utf-8")
        except (OSError, ValueError) as problem:
            raise ConfigError(f"{draft.id!r}: expected an id of small letters, digits and _") from problem
        return load_one(str(file))
