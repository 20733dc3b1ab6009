"""Families written by hand: old HTML with fonts and layout tables, two-line texts, paragraphs, definition lists, tables under letters."""

from html import escape

from reading_pages.dev.layout import page
from reading_pages.dev.markup import each, el, link
from reading_pages.dev.subject import Member, Subject, by_country, by_letter
from reading_pages.dev.themes import Theme, hashed, plain, prefixed

OLD = Theme("plain_old", plain, items="table", heading="h3", head='<META NAME="keywords" CONTENT="cities, network">')
BREAKS = Theme("breaks", plain, items="br", heading="h3")
HANDMADE = Theme("handmade", prefixed("site", "__"), items="ul", section="section")
BOOTSTRAP = Theme("bootstrap", prefixed("col-md"), items="div", wraps=2, heading="h4")
BUILT = Theme("built", hashed("css"), items="div", wraps=3, section="section")


def plain_old(s: Subject) -> bytes:
    """Capital tags, fonts, layout tables, bullets as letters, hard spaces."""
    made = s.chance.choice((_font_bullets, _layout_table, _old_list, _names_in_cells))
    table = el("TABLE", el("TR", el("TD", "&nbsp;", width="20"), el("TD", made(s), valign="top")), width="760", border="0", cellspacing="0")
    return page(s, OLD, table)


def _font_bullets(s: Subject) -> str:
    bullet = s.chance.choice(("•&nbsp;", "- ", "&middot; ", "» ", "&#9632;&nbsp;&nbsp;"))
    form = s.chance.choice(("{}", "{} ({})"))
    lines = (bullet + escape(form.format(m.name, m.country) if m.country else m.name) for m in s.members)
    return el("FONT", "<BR>\n".join(lines), face="Verdana", size="2")


def _layout_table(s: Subject) -> str:
    rows = (
        el("TD", el("FONT", el("B", escape(m.name)), face="Arial", size="2"))
        + el("TD", el("FONT", escape(m.country), face="Arial", size="1"))
        for m in s.members
    )
    return el("TABLE", each("TR", rows, bgcolor="#EEEEEE"), border="1", cellpadding="2")


def _old_list(s: Subject) -> str:
    """List items that nobody closed."""
    form = s.chance.choice(("{}", "{}, {}"))
    lines = (f"<LI>{escape(form.format(m.name, m.country) if m.country else m.name)}\n" for m in s.members)
    return el("UL", *lines)


def _names_in_cells(s: Subject) -> str:
    cells = [el("TD", el("FONT", "&nbsp;" + escape(m.name), size="2"), width="33%") for m in s.members]
    return el("TABLE", each("TR", ("".join(cells[at : at + 3]) for at in range(0, len(cells), 3))), width="100%")


def two_lines(s: Subject) -> bytes:
    """A line with the name, a line with the country; in blocks of their own, or broken, or as preformatted text."""
    made = s.chance.choice((_two_paragraphs, _two_broken, _two_spans, _two_preformatted))
    return page(s, s.chance.choice((HANDMADE, BUILT, BREAKS)), made(s))


def _two_paragraphs(s: Subject) -> str:
    inside = (el("p", escape(m.name)) + el("p", escape(m.country.lower())) for m in s.members)
    return el("div", each("div", inside, class_="entry"), class_="entries")


def _two_broken(s: Subject) -> str:
    return el("div", el("p", "<br>\n".join(f"{escape(m.name)}<br>\n{escape(m.country)}" for m in s.members)))


def _two_spans(s: Subject) -> str:
    inside = (el("a", el("span", escape(m.name)) + el("span", escape(m.country)), href=f"/c/{m.slug}") for m in s.members)
    return el("div", *inside, class_="css-1x8sm2d")


def _two_preformatted(s: Subject) -> str:
    return el("pre", "\n".join(f"{escape(m.name)}\n  {escape(m.country)}" for m in s.members))


def paragraphs(s: Subject) -> bytes:
    """All names in one text, parted by commas, semicolons, bars or bullets; the last perhaps after "and"."""
    mark = s.chance.choice((", ", ", ", "; ", " | ", " • ", " · ", " – "))
    names = [escape(m.name) for m in s.members]
    if mark in ("; ", " | "):
        names = [escape(f"{m.name} ({m.country})" if m.country else m.name) for m in s.members]
    if mark == ", " and s.chance.random() < 0.6:
        names[-2:] = [f" {s.say('and')} ".join(names[-2:])]
    opening = s.chance.choice(("", el("strong", escape(s.say("our_members"))) + ": "))
    return page(
        s,
        s.chance.choice((HANDMADE, BREAKS, BUILT)),
        el("div", el("p", opening + mark.join(names) + s.chance.choice(("", "."))), class_="text"),
    )


def country_paragraphs(s: Subject) -> bytes:
    """Under each country, or after it, its members parted by commas."""
    made = s.chance.choice((_headed, _headed, _bold, _listed))
    return page(s, s.chance.choice((HANDMADE, BREAKS, BOOTSTRAP)), el("div", *(made(s, head, members) for head, members in by_country(s))))


def _run_on(s: Subject, members: tuple[Member, ...]) -> str:
    names = [escape(member.name) for member in members]
    if len(names) > 1 and s.language != "pl":
        names[-2:] = [f" {s.say('and')} ".join(names[-2:])]
    return ", ".join(names)


def _headed(s: Subject, head: str, members: tuple[Member, ...]) -> str:
    return el("h3", escape(head)) + el("p", _run_on(s, members)) + "\n"


def _bold(s: Subject, head: str, members: tuple[Member, ...]) -> str:
    return el("p", el("strong", escape(head) + ":"), " ", ", ".join(escape(m.name) for m in members)) + "\n"


def _listed(s: Subject, head: str, members: tuple[Member, ...]) -> str:
    return el("ul", el("li", escape(f"{head} ({len(members)}): "), "; ".join(escape(m.name) for m in members))) + "\n"


def country_lists(s: Subject) -> bytes:
    """A heading a country, a list below it; or lists of lists."""
    groups = by_country(s)
    if s.chance.random() < 0.6:
        level = s.chance.choice(("h2", "h3", "h4", "strong"))
        inside = "".join(el(level, escape(head)) + el("ul", each("li", (escape(m.name) for m in members))) for head, members in groups)
    else:
        inside = el(
            "ul", each("li", (escape(head) + el("ul", each("li", (link(m.name, m.slug) for m in members))) for head, members in groups))
        )
    return page(s, s.chance.choice((HANDMADE, BOOTSTRAP, BUILT)), el("div", inside, class_="content-block"))


def definitions(s: Subject) -> bytes:
    """Definition lists: countries with their members, or members with their country and year."""
    if s.chance.random() < 0.5:
        inside = "".join(el("dt", escape(head)) + each("dd", (escape(m.name) for m in members)) for head, members in by_country(s))
    else:
        inside = "".join(
            el("dt", escape(m.name)) + el("dd", escape(m.country or s.say("since"))) + el("dd", escape(f"{s.say('since')} {m.year}"))
            for m in s.members
        )
    return page(s, s.chance.choice((HANDMADE, BUILT)), el("dl", inside))


def accordion(s: Subject) -> bytes:
    """Folded parts a country, with the number of members in their titles."""
    counts = s.chance.random() < 0.6
    native = s.chance.random() < 0.5
    parts = []
    for number, (head, members) in enumerate(by_country(s)):
        title = escape(f"{head} ({len(members)})" if counts else head)
        names = el("ul", each("li", (escape(m.name) for m in members)), class_="list-unstyled")
        if native:
            parts.append(el("details", el("summary", title), names))
        else:
            button = el("h4", el("button", title, data_toggle="collapse", data_target=f"#c{number}"), class_="panel-title")
            parts.append(
                el("div", button, el("div", names, id=f"c{number}", class_="panel-collapse collapse"), class_="panel panel-default")
            )
    return page(s, s.chance.choice((BOOTSTRAP, HANDMADE)), el("div", *parts, class_="accordion", id="accordion"))


def letter_tables(s: Subject) -> bytes:
    """A table for each letter, with a row of headings, some columns, sometimes footnote marks."""
    columns = s.chance.choice(
        (("city", "country"), ("city", "country", "year"), ("city", "population", "website"), ("city", "country", "kind", "year"))
    )
    index = " ".join(link(letter, f"#{letter}") for letter, _ in by_letter(s))
    tables = (
        el("h2", letter, id=letter)
        + el("table", el("tr", each("th", (escape(s.say(c)) for c in columns))), _rows(s, members, columns), class_="members")
        for letter, members in by_letter(s)
    )
    return page(s, s.chance.choice((HANDMADE, BOOTSTRAP, BREAKS)), el("p", index) + "\n".join(tables))


def _rows(s: Subject, members: tuple[Member, ...], columns: tuple[str, ...]) -> str:
    return each("tr", (each("td", (_cell(s, member, column) for column in columns)) for member in members))


def _cell(s: Subject, member: Member, column: str) -> str:
    mark = el("sup", s.chance.choice(("1", "2", "*"))) if s.chance.random() < 0.08 else ""
    cells = {
        "city": escape(member.name) + mark,
        "country": escape(member.country),
        "year": member.year,
        "kind": escape(member.kind),
        "population": member.population,
        "website": link(f"www.{member.slug}.example", f"https://www.{member.slug}.example"),
    }
    return cells[column]


def register_table(s: Subject) -> bytes:
    """Thousands of rows in one table."""
    columns = ("city", "country", "population", "kind", "year")
    head = el("thead", el("tr", each("th", (escape(s.say(column)) for column in columns))))
    return page(s, HANDMADE, el("table", head, el("tbody", _rows(s, s.members, columns)), class_="register sortable"))
