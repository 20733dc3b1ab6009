"""A network that nobody has described yet: its page looked at once, and a draft of its file made of what was seen.

The draft is tried out before it is given: its rules read the same members as were found without rules, and its file loads.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from citynet.errors import ConfigError, SourceChanged
from citynet.http import Fetcher
from citynet.model import Fetched, ListingRow, Network, Page
from citynet.networks.candidates import FILE, load_candidates
from citynet.networks.drafts import Draft, draft_text
from citynet.pipelines.draft_rules import Rules, followed, loaded, read_first, rules_for
from citynet.pipelines.fetching import fetcher, require_contact
from citynet.pipelines.gates import require_no_wall
from citynet.pipelines.looking import (
    Look,
    Meanings,
    Printed,
    auto_line,
    bounds,
    counted,
    listed,
    look_at,
    look_lines,
    meaning_lines,
    meanings,
    rules_said,
)
from citynet.pipelines.names import Names, open_names
from citynet.pipelines.outside import Outside
from citynet.pipelines.registry import Networks, open_registry
from citynet.reading.page_to_keep import page_to_keep
from citynet.reading.printed import shown_text
from citynet.store import write_whole

COLUMNS = ("name_as_published", "country_as_published", "kind_as_published")
"""Of the CSV that a person compares with the page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a person wants described. name: "" takes what the page is called; saved: the page as a file, None asks the address."""

    id: str
    url: str
    name: str = ""
    saved: Fetched | None = None
    keep_page: bool = True


@dataclass(frozen=True, slots=True)
class Drafted:
    """files: what is to be written, the network file last; {} where no list was found, and then refused says why."""

    files: Mapping[Path, bytes]
    lines: tuple[str, ...]
    refused: str = ""


def draft_network(outside: Outside, asked: Asked, at: datetime) -> Drafted:
    """The draft of a new network; ConfigError where it can't be one, SourceError where its page is not to be had."""
    registry = open_registry(outside)
    require_new(outside, registry, asked)
    first = Draft(asked.id, asked.name or asked.id, _homepage(asked.url), f"{at:%Y-%m-%d}", Page(asked.url, "auto"), robots="not_yet_read")
    network = loaded(first)
    way = None if asked.saved else _way(outside, asked, at)
    answer = asked.saved or _answer(way, asked.url, at)
    require_no_wall(network, {answer.url: answer})
    names = open_names(outside)
    look = look_at(answer, names)
    reached = [f"reached: {answer.final_url}" if way else f"read from a file, as if it were {asked.url}", _robots_line(way)]
    lines = [*reached, *look_lines(look), auto_line(look.auto)]
    if look.auto.refused:
        return Drafted({}, tuple(lines), look.auto.refused)
    draft = replace(first, name=asked.name or _name(look, asked.id), robots=_robots(way, first.on))
    rules = followed(draft, rules_for(draft, answer, look, names), look, way, at, names, answer)
    found = meanings(network, [_printed(row) for row in rules.rows], names)
    draft = _described(draft, rules, found, (*_unsaid(asked, answer, look), *_beside_rules(rules, look)), look.around.terms)
    files = _files(outside, asked, draft, answer, rules, names)
    lines += _lines_of_rules(draft, rules, found, look)
    return Drafted(files, (*lines, *_lines_of_draft(outside, registry, draft, files)))


def require_new(outside: Outside, registry: Networks, asked: Asked) -> None:
    """ConfigError where the id is or was a network's, or a file of the draft is there already."""
    former = {old: network.id for network in registry.networks.values() for old in _texts(network.facts.get("former_ids"))}
    if asked.id in registry.networks or asked.id in registry.broken:
        raise ConfigError(f"{asked.id}: expected the id of a new network, the registry has {asked.id}.yml")
    if asked.id in former:
        raise ConfigError(f"{asked.id}: expected the id of a new network, it was once that of {former[asked.id]}")
    there = [path for path in (outside.registry / f"{asked.id}.yml", *_page_files(outside, asked.id, "*", "*")) if path.exists()]
    if there:
        raise ConfigError(f"{there[0]}: expected no such file yet, found one; nothing is overwritten")


def write_all(files: Mapping[Path, bytes]) -> None:
    """Write every file or none; ConfigError where one is there already."""
    there = [path for path in files if path.exists()]
    if there:
        raise ConfigError(f"{there[0]}: expected no such file yet, found one; nothing is overwritten")
    done: list[Path] = []
    try:
        for path, data in files.items():
            write_whole(path, data)
            done.append(path)
    except OSError:
        for path in done:
            path.unlink()
        raise


# --- the page -------------------------------------------------------------------------------------------------------


def _way(outside: Outside, asked: Asked, at: datetime) -> Fetcher:
    require_contact(outside)
    return fetcher(outside, asked.id, at)


def _answer(way: Fetcher | None, url: str, at: datetime) -> Fetched:
    assert way is not None
    return way.fetch(url, at=at)


def _robots(way: Fetcher | None, on: str) -> str:
    return f"lets us read this page, read {on}" if way is not None and way.origin == "live" else "not_yet_read"


def _robots_line(way: Fetcher | None) -> str:
    return "robots.txt: lets us read this page" if way is not None and way.origin == "live" else "robots.txt: not asked"


def _homepage(url: str) -> str:
    try:
        parts = urlsplit(url)
        fits = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc
    except ValueError:
        fits = False
    if not fits:
        raise ConfigError(f"{url}: expected an address beginning with http:// or https://, without a password")
    return f"{parts.scheme}://{parts.netloc}/"


def _name(look: Look, network_id: str) -> str:
    found = next((name for name in look.around.names if name.isprintable() and len(name) <= 120), "")
    return found or network_id.replace("_", " ").title()


# --- the draft ------------------------------------------------------------------------------------------------------


def _unsaid(asked: Asked, answer: Fetched, look: Look) -> Iterator[str]:
    """That the page does not say the name that a person gave."""
    said = " ".join([shown_text(answer.body, answer.content_type), *look.around.names]).casefold()
    if asked.name and " ".join(asked.name.split()).casefold() not in said:
        yield f"the page does not say “{asked.name}”: see how the network writes its name, and whether this page is its own"


def _beside_rules(rules: Rules, look: Look) -> Iterator[str]:
    """What the page shows beside what the rules read, a sentence each for a person to look into."""
    around, options = look.around, rules.page.options
    if rules.aside:
        yield " ".join(rules.aside.split())[:400]
    if rules.page.reader == "auto":
        yield "reader auto reads what it can; rules of a plain reader are stricter"
    if any(member.country for member in look.auto.members) and not any(row.country_as_published for row in rules.first):
        yield "the page seems to print countries, which these rules do not read"
    if around.counts and "Count" not in options.get("heading_pattern", ""):
        yield "headings of the page print numbers, which these rules do not hold against the members: options.heading_pattern"
    if around.former:
        yield f"the page has a part headed “{around.former[:80]}”: see that nobody in it is read, and say in notes that it is not"
    if "must_contain" not in options:
        yield "options.must_contain, words that no other page shows"
    if around.more:
        yield f"the page has a control “{around.more}”: the list may go on behind it"


def _described(draft: Draft, rules: Rules, found: Meanings, asides: tuple[str, ...], terms: tuple[str, ...]) -> Draft:
    least, most = bounds(len(rules.rows))
    countries = tuple(country for country in found.countries if country)
    return replace(
        draft,
        page=rules.page,
        scope="national" if len(countries) == 1 and "" not in found.countries else "transnational",
        countries=countries,
        terms_url=terms[0] if terms else "",
        kinds=tuple(sorted({row.kind_as_published for row in rules.rows if row.kind_as_published})),
        least=least,
        most=most if rules.whole else 0,
        asides=tuple("".join(c if c.isprintable() else " " for c in aside) for aside in asides),
    )


def _page_files(outside: Outside, network_id: str, on: str, ending: str) -> list[Path]:
    """Where the page and its members are kept for tests: in a checkout with the others, elsewhere beside the network files."""
    registry = outside.registry.resolve()
    tests = registry.parents[1] / "tests" / "reading" if len(registry.parents) > 1 else registry
    folder = (tests if registry.parent.name == "include" and tests.is_dir() else registry) / "pages" / network_id
    if on == "*":
        return sorted(folder.glob("*")) if folder.is_dir() else []
    return [folder / f"{on}.{ending}", folder / f"{on}.proposed.csv"]


def _files(outside: Outside, asked: Asked, draft: Draft, answer: Fetched, rules: Rules, names: Names) -> dict[Path, bytes]:
    files: dict[Path, bytes] = {}
    network = loaded(draft)
    if asked.keep_page:
        kept = page_to_keep(answer.body, answer.content_type, lambda body: _same(network, rules, answer, body, names))
        ending = "html" if b"<" in answer.body.lstrip()[:1] else "json"
        page, proposed = _page_files(outside, asked.id, draft.on, ending)
        files |= {page: kept, proposed: _table(rules.first)} if kept is not None else {}
    files[outside.registry / f"{asked.id}.yml"] = draft_text(draft).encode()
    return files


def _same(network: Network, rules: Rules, answer: Fetched, body: bytes, names: Names) -> bool:
    content_type = answer.content_type.split(";")[0] + "; charset=utf-8"
    try:
        rows = read_first(network, rules.page, replace(answer, body=body, content_type=content_type), names)
    except SourceChanged:
        return False
    return [_printed(row) for row in rows] == [_printed(row) for row in rules.first]


def _table(rows: tuple[ListingRow, ...]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([COLUMNS, *(_printed(row) for row in rows)])
    return out.getvalue().encode()


def _printed(row: ListingRow) -> Printed:
    return row.name_as_published, row.country_as_published, row.kind_as_published


def _texts(value: object) -> list[str]:
    return [str(one) for one in value] if isinstance(value, list) else []


# --- the report -----------------------------------------------------------------------------------------------------


def _lines_of_rules(draft: Draft, rules: Rules, found: Meanings, look: Look) -> Iterator[str]:
    page, counts = rules.page, look.around.counts
    yield f"proposed: {rules_said(page.reader, page.select, page.options, page.follow)}"
    yield f"it reads: {counted(len(rules.rows))}; expect: min {draft.least}" + (f", max {draft.most}" if draft.most else "")
    if counts:
        told = listed([f"{words} {count}" for words, count in counts])
        yield f"headings print numbers: {told}; {sum(count for _, count in counts)} in all, {len(rules.rows)} were read"
    yield from meaning_lines(found)
    if not any(row.country_as_published for row in rules.rows):
        yield "the countries are a guess: they are those of the places that names were matched to, none is read from the page"


def _lines_of_draft(outside: Outside, registry: Networks, draft: Draft, files: Mapping[Path, bytes]) -> Iterator[str]:
    yield from (f"warning: {aside}" for aside in draft.asides)
    same = [network.id for network in registry.networks.values() if any(one.url == draft.page.url for one in network.pages)]
    if same:
        yield f"warning: this address is a page of {', '.join(same)} already"
    yield from (f"written: {path}" for path in files)
    yield from (f"next: {step}" for step in _steps(outside, draft, files))


def _steps(outside: Outside, draft: Draft, files: Mapping[Path, bytes]) -> Iterator[str]:
    yield f"read the terms ({draft.terms_url or 'look for them, none is linked on the page'}) and say in rights what they allow"
    proposed = next((path for path in files if path.name.endswith(".proposed.csv")), None)
    if proposed is not None:
        members = f"{draft.on}.members.csv"
        yield f"hold {proposed.name} against the page line by line, mend it, and rename it to {members}; take persons off the kept page"
    yield f"answer the lines marked TODO in {draft.id}.yml; `citynet networks --check` names those that are left"
    called, address = draft.name.casefold(), draft.page.url.rstrip("/")
    listed = load_candidates(str(outside.registry)).listed
    for name in [one.name for one in listed if one.name.casefold() == called or one.address.rstrip("/") == address]:
        yield f"take {name} out of {FILE}, where it waits to be decided"
