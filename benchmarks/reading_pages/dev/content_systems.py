"""Families in the style of content systems: WordPress blocks, Drupal views, Liferay, Webflow, Divi."""

from html import escape

from reading_pages.dev.layout import country_filter, page
from reading_pages.dev.markup import each, el, link
from reading_pages.dev.subject import Member, Subject, by_country, by_letter
from reading_pages.dev.themes import Theme, fixed

WORDPRESS = Theme(
    "wordpress",
    fixed(
        {"list": "wp-block-list", "heading": "wp-block-heading", "item": "", "link": "", "table": "", "extra": "has-small-font-size"},
        "wp-block-group {}",
    ),
    wraps=2,
    head='<link rel="https://api.w.org/" href="/wp-json/"><meta name="generator" content="WordPress 6.6">',
    body_class="page-template-default page page-id-15254 wp-embed-responsive",
)
DRUPAL = Theme(
    "drupal",
    fixed(
        {"list": "item-list", "item": "views-row", "heading": "block-title", "link": "", "extra": "date-display-single"},
        "block block-views block-{}",
    ),
    items="div",
    section="section",
    wraps=2,
    head='<meta name="Generator" content="Drupal 10 (https://www.drupal.org)">',
    body_class="path-node page-node-type-page",
)
LIFERAY = Theme(
    "liferay",
    fixed({"list": "list-unstyled", "heading": "portlet-title-text", "item": "", "link": "taglib-icon"}, "portlet-boundary portlet-{}"),
    section="section",
    wraps=4,
    body_class="controls-visible yui3-skin-sam guest-site signed-out public-page site",
)
WEBFLOW = Theme(
    "webflow",
    fixed(
        {"list": "w-dyn-items", "item": "w-dyn-item", "heading": "heading-2", "link": "link-block w-inline-block"}, "section-{} w-dyn-list"
    ),
    items="div",
    wraps=2,
    head='<meta content="Webflow" name="generator">',
    body_class="body",
)
DIVI = Theme(
    "divi",
    fixed({"list": "", "item": "", "heading": "et_pb_module_header", "link": ""}, "et_pb_section et_pb_{}"),
    wraps=3,
    body_class="et_divi_theme et_fullwidth_nav et_pb_pagebuilder_layout",
)


def wordpress(s: Subject) -> bytes:
    """Lists, columns of lists, cards, a table, a gallery, or lists under letters, as the block editor writes them."""
    made = s.chance.choice((_wp_list, _wp_columns, _wp_cards, _wp_table, _wp_gallery, _wp_letters))
    return page(s, WORDPRESS, made(s))


def _wp_name(s: Subject, member: Member, form: str) -> str:
    name = link(member.name, f"/city/{member.slug}/") if "link" in form else escape(member.name)
    if "country" in form and member.country:
        shapes = {"brackets": f" ({member.country})", "comma": f", {member.country}", "dash": f" – {member.country}"}
        name += escape(next(text for key, text in shapes.items() if key in form))
    return name


def _wp_form(s: Subject) -> str:
    return s.chance.choice(("", "link", "country brackets", "country comma", "country dash", "link country brackets"))


def _wp_list(s: Subject) -> str:
    form = _wp_form(s)
    return el("ul", each("li", (_wp_name(s, member, form) for member in s.members)), class_="wp-block-list")


def _wp_columns(s: Subject) -> str:
    form, third = _wp_form(s), -(-len(s.members) // 3)
    columns = [s.members[at : at + third] for at in range(0, len(s.members), third)]
    lists = (el("ul", each("li", (_wp_name(s, member, form) for member in column)), class_="wp-block-list") for column in columns)
    inner = each("div", lists, class_="wp-block-column is-layout-flow")
    return el("div", inner, class_="wp-block-columns is-layout-flex wp-container-core-columns-is-layout-1")


def _wp_cards(s: Subject) -> str:
    kinds = s.chance.random() < 0.5
    cards = (
        el("h3", link(m.name, f"/city/{m.slug}"), class_="wp-block-post-title")
        + (el("p", escape(m.country)) if m.country else "")
        + (el("p", escape(m.kind), class_="has-small-font-size") if kinds else "")
        for m in s.members
    )
    return el("ul", each("li", cards, class_="wp-block-post post type-city status-publish"), class_="wp-block-post-template")


def _wp_table(s: Subject) -> str:
    rows = each("tr", (each("td", map(escape, (m.name, m.country, m.year))) for m in s.members))
    head = el("thead", el("tr", each("th", (escape(s.say(key)) for key in ("city", "country", "since")))))
    return el("figure", el("table", head if s.chance.random() < 0.7 else "", el("tbody", rows)), class_="wp-block-table")


def _wp_gallery(s: Subject) -> str:
    figures = (
        f'<img src="/wp-content/uploads/2023/05/{m.slug}.png" alt="Logo {escape(m.name)}">'
        + el("figcaption", escape(m.name), class_="wp-element-caption")
        for m in s.members
    )
    return el("figure", each("figure", figures, class_="wp-block-image size-large"), class_="wp-block-gallery has-nested-images columns-4")


def _wp_letters(s: Subject) -> str:
    form = _wp_form(s)
    return "".join(
        el("h3", letter, class_="wp-block-heading")
        + el("ul", each("li", (_wp_name(s, member, form) for member in members)), class_="wp-block-list")
        for letter, members in by_letter(s)
    )


def drupal(s: Subject) -> bytes:
    """Rows of a view, plain or grouped under countries, or a view's table."""
    made = s.chance.choice((_views_rows, _views_rows, _views_groups, _views_table))
    view = el(
        "div",
        el("div", made(s), class_="view-content"),
        class_="view view-members view-id-members view-display-id-page_1 js-view-dom-id-9f3",
    )
    return page(s, DRUPAL, el("div", view, class_="views-element-container"))


def _views_row(s: Subject, member: Member, fields: str) -> str:
    title = el(
        "div",
        el("span", link(member.name, f"/node/{1000 + len(member.slug)}"), class_="field-content"),
        class_="views-field views-field-title",
    )
    country = el("span", escape(member.country), class_="field-content") if "country" in fields else ""
    kind = el("div", escape(member.kind), class_="field-content") if "kind" in fields else ""
    logo = f'<img loading="lazy" src="/sites/default/files/styles/logo/{member.slug}.png" alt="">' if "logo" in fields else ""
    return (
        (el("div", logo, class_="views-field views-field-field-logo") if logo else "")
        + title
        + (el("div", country, class_="views-field views-field-field-country") if country else "")
        + (el("div", kind, class_="views-field views-field-field-status") if kind else "")
    )


def _views_rows(s: Subject) -> str:
    fields = s.chance.choice(("", "country", "country kind", "logo", "logo country", "kind"))
    return each("div", (_views_row(s, member, fields) for member in s.members), class_="views-row")


def register_rows(s: Subject) -> bytes:
    """Thousands of rows of a view."""
    rows = each("div", (_views_row(s, member, "country") for member in s.members), class_="views-row")
    return page(s, DRUPAL, el("div", rows, class_="view-content"))


def _views_groups(s: Subject) -> str:
    fields = s.chance.choice(("", "kind", "logo"))
    rows = (
        (head, each("div", (_views_row(s, member, fields) for member in members), class_="views-row")) for head, members in by_country(s)
    )
    groups = (el("h3", escape(head)) + inside for head, inside in rows)
    return each("div", groups, class_="view-grouping")


def _views_table(s: Subject) -> str:
    cells = (
        el("td", link(m.name, f"/{s.language}/{m.slug}"), headers="view-title-table-column", class_="views-field views-field-title")
        + el("td", escape(m.country), class_="views-field views-field-field-country")
        + el("td", escape(m.population), class_="views-field views-field-field-population")
        for m in s.members
    )
    head = el("thead", el("tr", each("th", (link(s.say(key), "?order=" + key) for key in ("members", "country", "population")))))
    return el("table", head, el("tbody", each("tr", cells)), class_="table views-table cols-3")


def liferay(s: Subject) -> bytes:
    """A portlet with a search container's table, a journal article with a list or a table, or asset abstracts."""
    made = s.chance.choice((_search_container, _journal_list, _journal_table, _assets))
    body = el("div", el("div", made(s), class_="portlet-body"), class_="portlet-content")
    return page(s, LIFERAY, el("section", body, id="portlet_56_INSTANCE_aB3x", class_="portlet"))


def _search_container(s: Subject) -> str:
    cells = (
        el("td", link(m.name, f"/web/network/{m.slug}"), class_="table-cell first")
        + el("td", escape(m.country), class_="table-cell")
        + el("td", escape(m.kind), class_="table-cell last")
        for m in s.members
    )
    head = el("thead", el("tr", each("th", (escape(s.say(key)) for key in ("city", "country", "kind")))), class_="table-columns")
    return el(
        "div", el("table", head, el("tbody", each("tr", cells)), class_="table table-bordered table-hover"), class_="lfr-search-container"
    )


def _journal_list(s: Subject) -> str:
    form = s.chance.choice(("{}", "{} ({})", "{}, {}"))
    printed = (escape(form.format(m.name, m.country)) if m.country else escape(m.name) for m in s.members)
    items = (el("span", el("span", text, style="font-size:14px"), style="color:#333") for text in printed)
    return el("div", el("ul", each("li", items)), class_="journal-content-article", data_analytics_asset_id="4711")


def _journal_table(s: Subject) -> str:
    """Names only, four a row, as an editor fills a table to save space."""
    cells = [el("td", el("p", escape(m.name))) for m in s.members]
    rows = ("".join(cells[at : at + 4]) for at in range(0, len(cells), 4))
    return el("div", el("table", el("tbody", each("tr", rows)), style="width:100%"), class_="journal-content-article")


def _assets(s: Subject) -> str:
    parts = (
        el("h4", link(m.name, f"/-/{m.slug}"), class_="asset-title d-inline")
        + el("div", escape(m.country), class_="asset-summary")
        + el("div", link(s.say("read_more"), f"/-/{m.slug}"), class_="asset-more")
        for m in s.members
    )
    return each("div", parts, class_="asset-abstract mb-5 default-asset-publisher")


def webflow(s: Subject) -> bytes:
    """Collection lists; an empty country is hidden rather than left out."""
    form = s.chance.choice(("card", "row", "bare"))
    items = each("div", (_dyn_item(s, member, form) for member in s.members), role="listitem", class_="collection-item w-dyn-item")
    inside = el("div", items, role="list", class_="collection-list w-dyn-items")
    if s.chance.random() < 0.4:
        inside = el("form", country_filter(s), class_="filters w-form") + inside
    return page(s, WEBFLOW, el("div", inside, class_="collection-list-wrapper w-dyn-list"))


def _dyn_item(s: Subject, member: Member, form: str) -> str:
    name = el("div", escape(member.name), class_="text-block-12")
    hidden = "w-condition-invisible" if not member.country else ""
    country = el("div", escape(member.country), class_=f"country-tag {hidden}" + (" w-dyn-bind-empty" if hidden else ""))
    picture = f'<img src="https://uploads.example/{member.slug}.svg" loading="lazy" alt="{escape(member.name)}" class="logo-image">'
    parts = {"card": picture + name + country + el("div", escape(member.kind), class_="tag"), "row": name + country, "bare": name}
    return el("a", parts[form], href=f"/cities/{member.slug}", class_="city-link w-inline-block")


def divi(s: Subject) -> bytes:
    """Blurbs, one a member, or toggles under letters."""
    if s.chance.random() < 0.6:
        blurbs = (
            el("h4", el("span", escape(m.name)), class_="et_pb_module_header")
            + el("div", el("p", escape(m.country or m.year)), class_="et_pb_blurb_description")
            for m in s.members
        )
        inside = "".join(
            el("div", el("div", blurb, class_="et_pb_blurb_content"), class_=f"et_pb_module et_pb_blurb et_pb_blurb_{i} et_clickable")
            for i, blurb in enumerate(blurbs)
        )
    else:
        inside = "".join(
            el("h5", letter, class_="et_pb_toggle_title")
            + el("div", el("p", "<br>".join(escape(m.name) for m in members)), class_="et_pb_toggle_content")
            for letter, members in by_letter(s)
        )
    row = el("div", el("div", inside, class_="et_pb_column et_pb_column_4_4 et_pb_column_1"), class_="et_pb_row et_pb_row_2")
    return page(s, DIVI, el("div", row, class_="et_pb_section et_pb_section_3 et_section_regular"))
