"""The questions a monitoring body comes with, answered on the release of the bundled samples by links from the overview alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import sync_playwright

LOWER_SAXONY = "seebruecke_sichere_haefen_niedersachsen"
AT_MOST = 3
KINDS, LARGEST = ("city", "list", "network", "representation"), 3
"""Folders of pages made by one template each, and how many of each are looked at: the largest, which have the widest tables."""


class Reader:
    """A person with a browser on the overview who only follows links, and counts."""

    def __init__(self, page, release):
        self.page, self.clicks = page, 0
        page.goto((release / "site/index.html").as_uri())

    def click(self, name: str, within: str = "body", exact: bool = True) -> "Reader":
        self.page.locator(within).get_by_role("link", name=name, exact=exact).first.click()
        self.clicks += 1
        assert self.clicks <= AT_MOST, f"{self.clicks} clicks"
        return self

    def sees(self, selector: str = "main") -> str:
        return " ".join(self.page.locator(selector).first.inner_text().split())


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def reader(browser, sample_run) -> Iterator[Reader]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    yield Reader(page, sample_run[0].release)
    page.close()


@pytest.fixture(scope="module")
def names(sample_run) -> dict[str, str]:
    world = sample_run[0]
    return {r["network_id"]: r["name"] for r in world.table("networks")} | {r["place_id"]: r["name"] for r in world.table("places")}


def test_which_networks_ghent_belongs_to_and_listed_at_least_since_when(reader, sample_run, names):
    memberships = [m for m in sample_run[0].table("memberships") if m["place_id"] == "gn2797656"]
    assert len(memberships) >= 5
    reader.click("Cities").click("Gent", "tr:has-text('printed Gand, Ghent'), tr:has-text('Ghent')")
    rows = {row.split("\t")[0]: row for row in reader.page.locator("tbody tr").all_inner_texts()}
    for membership in memberships:
        row = rows[names[membership["network_id"]]]
        if membership["first_seen"] == "true":
            assert f"listed at least since {membership['from_latest']}" in row
    assert reader.clicks == 2


def test_which_two_networks_share_most_members(reader, sample_run, names):
    kinds = {n["network_id"]: (n["scope"], n["relevance"]) for n in sample_run[0].table("networks")}
    headline = {i for i, (scope, relevance) in kinds.items() if scope == "transnational" and relevance != "comparison"}
    pairs = [p for p in sample_run[0].table("network_overlap") if p["shared"] and p["nested_by_rule"] != "true"]
    pairs = [p for p in pairs if {p["network_a"], p["network_b"]} <= headline]
    most = max(int(p["shared"]) for p in pairs)
    assert most > 0
    told = reader.sees("dl.sentences dd")
    for pair in (p for p in pairs if int(p["shared"]) == most):
        for side in ("a", "b"):
            assert names[pair[f"network_{side}"]] in told
            assert pair[f"list_date_{side}"] in told
    assert f"{most} municipalit" in told
    reader.click("Overlap")
    assert told.removesuffix(" All pairs") in reader.sees()
    assert reader.page.locator("svg.heat[role=img]").is_visible()


def test_what_changed_in_lower_saxony_between_2019_and_2020(reader, sample_run, names):
    world = [c for c in sample_run[0].table("membership_changes") if c["network_id"] == LOWER_SAXONY]
    record = [c for c in sample_run[0].table("record_changes") if c["network_id"] == LOWER_SAXONY]
    # The page behind the first list is of July 2019, not before the 9th.
    assert {(c["change"], c["earliest"], c["latest"]) for c in world} == {("joined", "2019-07-09", "2020-06-15")}
    assert {c["change"] for c in record} == {"renamed"}
    reader.click("Changes").click(names[LOWER_SAXONY], "ul.index")
    assert reader.page.locator(f"#{LOWER_SAXONY}").evaluate("e => e.getBoundingClientRect().top < innerHeight / 2")
    tables = reader.page.locator(f"#{LOWER_SAXONY} table")
    assert tables.nth(0).locator("tbody tr").count() == len(world)
    assert tables.nth(1).locator("tbody tr").count() == len(record)
    shown = reader.sees(f"#{LOWER_SAXONY}")
    assert "joined" in shown
    assert "membership ended" not in shown
    for change in world:
        assert names[change["place_id"]] in shown


def test_who_decided_that_craiova_left_intercultural_cities_when_and_why(reader, sample_run, names):
    left = [c for c in sample_run[0].table("membership_changes") if c["cause"] == "judgement"]
    assert [(c["network_id"], c["place_id"], c["change"]) for c in left] == [("intercultural_cities", "gn680332", "left")]
    judgement = next(j for j in sample_run[0].table("judgements") if j["about"] == "membership" and j["place_id"] == "gn680332")
    reader.click("Changes").click(names["intercultural_cities"], "ul.index").click("judgement", "#intercultural_cities")
    told = reader.sees("tr:target")
    for column in ("reason", "evidence_url"):
        assert judgement[column] in told
    assert f"{judgement['reviewer']}, {judgement['decided_on']}" in told


def test_every_page_says_the_same_of_amsterdam(reader, sample_run):
    told = reader.sees("dl.sentences")
    assert "Amsterdam is in 3 families of networks, a member of 3 of the 4 observed networks" in told
    reader.click("Cities")
    assert "member of 3 of the 4 observed" in reader.sees("tr:has-text('Amsterdam')")
    reader.click("Amsterdam", "tr:has-text('Amsterdam')")
    lede = reader.sees("p.lede")
    assert "Member of 3 of the 4 observed transnational networks" in lede
    assert "Partnership on the Inclusion of Migrants and Refugees" in lede.split("programmes or networks for comparison:")[1]


def test_where_a_figure_comes_from_down_to_the_rebuilt_page_and_its_original_address(reader, sample_run):
    shown = sorted(
        (m for m in sample_run[0].table("memberships") if m["place_id"] == "gn2797656"), key=lambda m: (m["network_id"], m["tie"])
    )
    membership = next(m for m in shown if m["evidence_row"])
    source = next(s for s in sample_run[0].table("sources") if s["capture_id"] == membership["evidence_capture_id"])
    reader.click("Cities").click("Gent", "tr:has-text('Ghent')")
    evidence = reader.page.locator(f"a[href$='{membership['evidence_capture_id']}.html#row-{membership['evidence_row']}']").first
    evidence.click()
    reader.clicks += 1
    assert reader.clicks <= AT_MOST
    assert membership["name_as_published"] in reader.sees("tr:target")
    told = reader.sees()
    assert f"page rebuilt by this project from facts stated at {source['page_url']}; not an original" in told
    assert f"Hash of our file {source['page_sha256']}" in told
    assert reader.page.locator(f"main a[href='{source['page_url']}']").first.get_attribute("rel") == "noreferrer noopener"
    assert membership["name_as_published"] in reader.page.locator(".markup pre").first.inner_text()


def test_how_many_residents_the_report_gave_paris_and_which_three_territories_have_that_name(reader, sample_run):
    (row,) = [r for r in sample_run[0].table("table1_comparison") if r["city"] == "Paris"]
    reader.click("Statistics").click("2018 report beside Eurostat")
    told = reader.sees("tr:has-text('Paris')")
    for column in ("population_report", "population_greater_city"):
        assert f"{int(row[column]):,}".replace(",", "\u202f").replace("\u202f", " ") in told.replace("\u202f", " ")
    assert row["population_greater_city_year"] in told
    assert "greater city" in told


def test_which_state_of_the_population_of_cities_is_in_use_and_from_where(reader, sample_run):
    (row,) = [d for d in sample_run[0].table("datasets") if d["dataset_id"] == "urb_cpop1"]
    reader.click("Statistics")
    told = reader.sees("#dataset-urb_cpop1")
    assert f"updated by the source {row['in_use_updated'][:10]}" in told
    assert f"{row['first_year']} to {row['last_year']}" in told
    reader.click("source", "#dataset-urb_cpop1")
    assert "ec.europa.eu" in reader.sees("tr:target")


def test_the_pages_of_the_samples_use_no_forbidden_phrase_and_no_script(sample_run):
    from citynet.publishing.phrases import forbidden_in

    site = sample_run[0].release / "site"
    pages = {p.relative_to(site).as_posix(): p.read_text("utf-8") for p in sorted(site.rglob("*.html"))}
    assert {path: found for path, page in pages.items() if (found := forbidden_in(page))} == {}
    assert [path for path, page in pages.items() if "<script" in page or " style=" in page] == []


@pytest.mark.parametrize(("width", "scheme"), [(390, "light"), (390, "dark"), (1280, "light")])
def test_the_pages_of_the_samples_fit_the_screen_and_ask_nothing_of_anybody(width, scheme, browser, sample_run):
    site = sample_run[0].release / "site"
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme)
    page = context.new_page()
    said, asked, wide = [], [], {}
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    kinds = [sorted((site / folder).rglob("*.html"), key=lambda p: (-p.stat().st_size, p)) for folder in KINDS]
    some = [page for pages in kinds for page in pages[:LARGEST]]
    for file in [*sorted(site.glob("*.html")), *some]:
        page.goto(file.as_uri())
        wide[file.name] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    context.close()
    assert {name: by for name, by in wide.items() if by} == {}
    assert said == []
    assert [url for url in asked if not url.startswith((site.as_uri(), "data:"))] == []
