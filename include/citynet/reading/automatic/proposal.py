"""Rules for a network file with which a plain reader reads what the auto reader found.

They are tried out on the page, and the first that agree are given.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from citynet.errors import ConfigError, SourceChanged
from citynet.model import Page
from citynet.reading.automatic.entries import Entry
from citynet.reading.readers import Member

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

MAX_TRIED = 24
"""Rules tried, since each reads the whole page once more."""
PATTERNS = (
    "Name (Country)",
    "Name, Country",
    "Name – Country",
    "Name - Country",
    "Name [Country]",
    "Name / Country",
    "Name | Country",
    "Country – Name",
)
_WHERE = "proposal"


@dataclass(frozen=True, slots=True)
class Proposal:
    """Fields of a page in a network file; reader "" where no plain reader reads the same."""

    reader: str = ""
    select: str = ""
    options: tuple[tuple[str, str], ...] = ()


def proposed(
    body: bytes, content_type: str, members: Sequence[Member], names: Sequence[Entry], beside: Mapping[tuple[int, ...], Entry]
) -> Proposal:
    """The first rules with which a plain reader reads the same names in the same order, with their countries if any rules do.

    names: the entries behind the members; beside: steps of a name -> the entry that holds its country.
    """
    from citynet.reading.by_name import READERS

    wanted = [(member.name, member.country) for member in members]
    second = Proposal()
    for number, tried in enumerate(_candidates(body, content_type, names, beside)):
        if number == MAX_TRIED:
            break
        page = Page(url=_WHERE, reader=tried.reader, select=tried.select, options=dict(tried.options))
        try:
            read = [(member.name, member.country) for member in READERS[tried.reader](body, content_type, page, _WHERE).members]
        except (SourceChanged, ConfigError):
            continue
        if read == wanted:
            return tried
        if not second.reader and _agrees(read, wanted):
            second = tried
    return second


def _agrees(read: Sequence[tuple[str, str]], wanted: Sequence[tuple[str, str]]) -> bool:
    """Whether the names are the same in the same order, and no country is read where none or another is wanted."""
    same = [name for name, _ in read] == [name for name, _ in wanted]
    return same and all(country in ("", other) for (_, country), (_, other) in zip(read, wanted, strict=True))


def _candidates(body: bytes, content_type: str, names: Sequence[Entry], beside: Mapping[tuple[int, ...], Entry]) -> Iterator[Proposal]:
    """Rules that may read the names, likeliest first, by the kind of the texts and of the element that they stand in."""
    if names[0].leaf.level == "data":
        yield from _of_data(names[0], next(iter(beside.values()), None), body[:1] in b"[{")
        return
    from citynet.reading.printed import parsed

    if b"<" not in body:
        return  # a plain text, which no plain reader reads
    tree = parsed(body, "text/html", _WHERE)
    parts = _common([re.sub(r"::\S*$", "", entry.leaf.signature).split(">") for entry in names])
    if not parts:
        return
    level, tag = names[0].leaf.level, parts[-1].split(".")[0].split("@")[0]
    if tag in ("td", "th") or any(part.startswith(("td", "th")) for part in parts):
        yield from _tables(tree, parts, names[0], next(iter(beside.values()), None))
    if tag == "option":
        yield from _options(tree, parts, names)
    if level in ("line", "segment"):
        yield from _paragraphs(tree, parts, names)
    if beside:
        yield from _cards(tree, parts, names, beside)
    for select in _selectors(tree, parts, len(names)):
        yield from (Proposal("list", select, options) for options in _ways(names, select))
    if level in ("block", "line"):
        yield from _paragraphs(tree, parts, names)


def _ways(names: Sequence[Entry], select: str) -> Iterator[tuple[tuple[str, str], ...]]:
    """Options of a list: as it is, by each pattern where countries are printed in it, without marks or what stands beside the text."""
    leaf = names[0].leaf
    if leaf.level == "own":
        yield (("drop", f"{select} > *"),)
    if leaf.signature.endswith("@alt"):
        yield (("name", "img@alt"),)
    if any(entry.said.form for entry in names):
        yield from ((("pattern", pattern),) for pattern in PATTERNS)
    yield ()
    yield (("drop", "sup"),)


def _common(signatures: list[list[str]]) -> list[str]:
    """The parts that all signatures share, tag by tag, classes only where all have them; [] for paths of different length or tags."""
    if len({len(parts) for parts in signatures}) != 1:
        return []
    found = []
    for column in zip(*signatures, strict=True):
        different = set(column)
        tags = {re.split(r"[.@]", part)[0] for part in different}
        if len(tags) != 1:
            return []
        classes = set.intersection(*({name for name in re.split(r"[.@]", part)[1:] if not name.isdigit()} for part in different))
        at = {part.partition("@")[2] for part in different}
        position = f"@{at.pop()}" if len(at) == 1 and "@" in column[0] else ""
        found.append(".".join([tags.pop(), *sorted(classes)]) + position)
    return found


def _css(part: str) -> str:
    from soupsieve import escape

    name, _, column = part.partition("@")
    tag, *classes = name.split(".")
    return "".join([tag, *(f".{escape(c)}" for c in classes)]) + (f":nth-child({int(column) + 1})" if column.isdigit() else "")


def _selectors(tree: "BeautifulSoup", parts: Sequence[str], times: int) -> Iterator[str]:
    """The shortest selectors of this path that match so many elements, first one that names a class.

    Tags alone are soon matched by more.
    """
    written = [" > ".join(_css(part) for part in parts[-length:]) for length in range(1, len(parts) + 1)]
    fitting = [select for select in written if len(tree.select(select)) == times]
    named = [select for select in fitting if "." in select]
    yield from dict.fromkeys([*named[:1], *fitting[:1]])


def _cards(
    tree: "BeautifulSoup", parts: Sequence[str], names: Sequence[Entry], beside: Mapping[tuple[int, ...], Entry]
) -> Iterator[Proposal]:
    """Cards: the element that holds a name and its country, found for the first name that has one."""
    entry = next(e for e in names if e.leaf.steps in beside)
    other = beside[entry.leaf.steps]
    depth = next((n for n, (a, b) in enumerate(zip(entry.leaf.steps, other.leaf.steps, strict=False)) if a != b), 0)
    country = re.sub(r"::\S*$", "", other.leaf.signature).split(">")
    if not 0 < depth < min(len(parts), len(country)):
        return
    for select in _selectors(tree, parts[:depth], len(names)):
        inner = " > ".join(_css(part) for part in parts[depth:])
        where = " > ".join(_css(part) for part in country[depth:])
        yield Proposal("cards", select, (("country", where), ("name", inner)))


def _tables(tree: "BeautifulSoup", parts: Sequence[str], entry: Entry, country: Entry | None) -> Iterator[Proposal]:
    """Tables: the table around the name, its columns by their headers."""
    if not entry.leaf.label:
        return
    end = max(n for n, part in enumerate(parts) if part.startswith("table")) + 1
    options = [("name", entry.leaf.label)]
    if country is not None and country.leaf.label:
        options.insert(0, ("country", country.leaf.label))
    for select in _selectors(tree, parts[:end], 1):
        yield Proposal("table", select, tuple(options))
        yield Proposal("table", select, (("drop", "sup"), *options))


def _options(tree: "BeautifulSoup", parts: Sequence[str], names: Sequence[Entry]) -> Iterator[Proposal]:
    """Select boxes: what they offer that is no member is skipped."""
    end = max((n for n, part in enumerate(parts) if part.startswith("select")), default=-1) + 1
    for select in _selectors(tree, parts[:end], 1) if end else ():
        members = {entry.leaf.text for entry in names}
        skip = [text for option in tree.select(f"{select} option") if (text := " ".join(option.get_text().split())) not in members]
        yield Proposal("select_options", select, (("skip", "|".join(dict.fromkeys(skip))),) if any(skip) else ())


def _paragraphs(tree: "BeautifulSoup", parts: Sequence[str], names: Sequence[Entry]) -> Iterator[Proposal]:
    """Paragraphs: the marks between the names, what stands before and after them, and the pattern of each."""
    leaf = names[0].leaf
    texts = len({entry.leaf.steps[: len(parts)] for entry in names})
    mark = leaf.signature.rpartition("::")[2] if leaf.level == "segment" else "line_break"
    for select in _selectors(tree, parts, texts):
        text = " ".join(tree.select(select)[0].get_text(" ").split())
        base: list[tuple[str, str]] = [("separator", f" {mark} " if mark in ("–", "-", "—", "/") else mark)]
        if mark == "line_break":
            yield Proposal("paragraph", select, (("lines", "Name|Country"),))
            yield Proposal("paragraph", select, tuple(base))
            yield from (Proposal("paragraph", select, (("pattern", pattern), *base)) for pattern in PATTERNS)
            continue
        before, _, _ = text.partition(names[0].leaf.text)
        base += [("after", before.strip())] if before.strip() else []
        base += [("end", ".")] if text.endswith(".") else []
        last = re.search(r"(?<=\S)\s+(\w{1,5}|&)\s+" + re.escape(names[-1].leaf.text), text)
        for more in ([("last_separator", f" {last[1]} ")],) if last else ([],):
            yield Proposal("paragraph", select, tuple(sorted([*base, *more])))
            yield from (Proposal("paragraph", select, tuple(sorted([*base, *more, ("pattern", p)]))) for p in PATTERNS[:3])


def _of_data(entry: Entry, country: Entry | None, is_json: bool) -> Iterator[Proposal]:
    """Data: the items are what the last list or table of objects in the path holds."""
    shape = re.sub(r"[\^].*$", "", entry.leaf.shape)
    root, _, path = shape.partition("[" if shape.split("[")[0].count(".") == 0 and "[" in shape else ".")
    path = shape[len(root) :]
    items = max(path.rfind("[]"), path.rfind(".*"))
    if items < 0 or "~" in path or ">" in path:
        return
    select = "$" + path[: items + 2].replace("[]", "[*]")
    inner = path[items + 2 :]
    options = [("name", f"${inner}")] if inner else []
    if country is not None and country.leaf.shape.startswith(root + path[: items + 2]) and ">" not in country.leaf.shape:
        options.insert(0, ("country", f"${country.leaf.shape[len(root) + items + 2 :]}"))
    if is_json:
        yield Proposal("json", select, tuple(options))
        return
    tag, at, attribute = root.partition("@")
    if at:
        yield Proposal("script", select, (("attribute", attribute), *options, ("script", f"{tag}[{attribute}]")))
    elif "#" in root:
        yield Proposal("script", select, (*options, ("script", root)))
    else:
        found = re.match(r"\$\.([\w$]+)(.*)$", select)
        yield Proposal("script", select, (*options, ("script", 'script[type*="json"]')))
        if found:
            yield from (Proposal("script", f"${found[2]}", (("marker", f"{found[1]} {sign}"), *options)) for sign in ("=", ":"))
