"""Each page in a real browser: it loads by itself, its links lead somewhere, and it can be read without seeing it."""

from urllib.parse import urldefrag, urlsplit

import pytest
from playwright.sync_api import sync_playwright

from publishing.conftest import RELEASE

DEMONSTRATION = "Demonstration release built from dated excerpts. It does not show present membership."


@pytest.fixture(scope="module")
def browser():
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        )
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def opened(browser, site_address, sample):
    """Every page of the sample as the browser saw it, by path."""
    context = browser.new_context(viewport={"width": 1200, "height": 900})
    page = context.new_page()
    said, asked = [], []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    seen = {}
    root = sample / RELEASE / "site"
    for file in sorted(root.rglob("*.html")):
        path = str(file.relative_to(root))
        said.clear()
        asked.clear()
        status = page.goto(f"{site_address}/{path}").status
        seen[path] = {**page.evaluate(LOOK), "status": status, "said": list(said), "asked": list(asked)}
    context.close()
    return seen


LOOK = """() => ({
  text: document.body.innerText,
  lang: document.documentElement.lang,
  title: document.title,
  headings: [...document.querySelectorAll('h1,h2,h3,h4')].map(h => Number(h.tagName[1])),
  tables: document.querySelectorAll('table').length,
  captions: [...document.querySelectorAll('table > caption')].filter(c => c.textContent.trim()).length,
  loose: document.querySelectorAll('th:not([scope])').length,
  rowless: [...document.querySelectorAll('tbody tr')].filter(r => !r.querySelector('th[scope=row]')).length,
  links: [...document.querySelectorAll('a[href]')].map(a => [a.href, a.rel, (a.getAttribute('aria-label') || a.textContent).trim()]),
  ids: [...document.querySelectorAll('[id]')].map(e => e.id),
  scripts: document.querySelectorAll('script, iframe, object, embed, form').length,
  styled: getComputedStyle(document.querySelector('.skip')).position,
  wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
})"""


def failing(opened, wrong):
    return {path: seen for path, seen in opened.items() if wrong(seen)}


def test_every_page_opens_with_its_style_and_without_a_word_in_the_console(opened):
    assert len(opened) == 37
    assert failing(opened, lambda p: p["status"] != 200 or p["said"] or p["styled"] != "absolute") == {}


def test_no_page_asks_anything_of_anybody_else(opened, site_address):
    assert {u for p in opened.values() for u in p["asked"] if not u.startswith((site_address, "data:,"))} == set()
    assert failing(opened, lambda p: p["scripts"]) == {}


def test_every_page_shows_the_demonstration_line(opened):
    assert failing(opened, lambda p: DEMONSTRATION not in p["text"]) == {}


def test_every_page_has_a_language_a_title_of_its_own_and_headings_in_order(opened):
    assert len({p["title"] for p in opened.values()}) == len(opened)
    assert failing(opened, lambda p: p["lang"] != "en" or p["headings"].count(1) != 1 or p["headings"][0] != 1) == {}
    steps = {path: max(b - a for a, b in zip(p["headings"], [*p["headings"][1:], 1], strict=True)) for path, p in opened.items()}
    assert {path: step for path, step in steps.items() if step > 1} == {}


def test_every_table_has_a_caption_and_headers_that_say_what_they_head(opened):
    assert sum(p["tables"] for p in opened.values()) > 30
    assert failing(opened, lambda p: p["tables"] != p["captions"] or p["loose"] or p["rowless"]) == {}


def test_no_id_stands_twice_on_a_page(opened):
    assert failing(opened, lambda p: len(p["ids"]) != len(set(p["ids"]))) == {}


def test_every_link_leads_to_a_file_of_the_release_and_to_a_place_on_it(opened, site_address, sample):
    home = site_address.removesuffix("/site")
    broken = []
    for path, seen in opened.items():
        for address, _, text in seen["links"]:
            target, fragment = urldefrag(address)
            if not target.startswith(home):
                continue
            file = target.removeprefix(f"{home}/")
            page = file.removeprefix("site/")
            if not text or not (sample / RELEASE / file).is_file() or (fragment and fragment not in opened[page]["ids"]):
                broken.append((path, address))
    assert broken == []


def test_links_elsewhere_tell_nobody_where_the_reader_came_from(opened, site_address):
    elsewhere = {
        (url, rel) for p in opened.values() for url, rel, _ in p["links"] if not url.startswith(site_address.removesuffix("/site"))
    }
    assert len(elsewhere) >= 4
    assert [url for url, rel in elsewhere if urlsplit(url).scheme not in ("http", "https") or "noreferrer noopener" not in rel] == []


def test_pages_work_opened_from_a_folder(browser, sample):
    page = browser.new_page()
    page.goto((sample / RELEASE / "site/network/pact_of_free_cities.html").as_uri())
    page.click("text=row 1 of list of 2022-09-15")
    assert page.evaluate("document.querySelector('tr:target').innerText").split("\t")[:2] == ["1", "Bratislava"]
    assert page.evaluate("getComputedStyle(document.querySelector('tr:target > td')).outlineStyle") == "solid"
    page.click("nav >> text=Overview")
    assert page.inner_text("h1") == "Who is in which city network on migration and inclusion"
    page.close()


@pytest.mark.parametrize("width", [360, 390])
def test_a_telephone_scrolls_down_and_never_sideways(width, browser, site_address, opened):
    page = browser.new_page(viewport={"width": width, "height": 700})
    wide = {}
    for path in opened:
        page.goto(f"{site_address}/{path}")
        wide[path] = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    page.close()
    assert {path: by for path, by in wide.items() if by} == {}


CONTRAST = """() => {
  const linear = x => x <= .04045 ? x / 12.92 : ((x + .055) / 1.055) ** 2.4;
  const light = colour => {
    const [r, g, b] = colour.match(/[0-9.]+/g).slice(0, 3).map(x => linear(x / 255));
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const ground = e => {
    for (; e; e = e.parentElement) {
      const colour = getComputedStyle(e).backgroundColor;
      if (!colour.endsWith(', 0)')) return colour;
    }
    return 'rgb(255, 255, 255)';
  };
  const beneath = e => {
    const cell = e.tagName === 'text' && e.parentElement.tagName === 'g' && e.parentElement.querySelector('rect:last-of-type');
    return cell ? getComputedStyle(cell).fill : '';
  };
  const faint = e => {
    const own = e.namespaceURI.endsWith('svg') ? getComputedStyle(e).fill : getComputedStyle(e).color;
    const [a, b] = [light(own), light(beneath(e) || ground(e))].sort((x, y) => y - x);
    return e.textContent.trim() && (a + .05) / (b + .05) < 4.5;
  };
  const texts = 'p,a,li,th,td,dt,dd,caption,h1,h2,h3,summary,pre,.note,svg text';
  return [...document.querySelectorAll(texts)].filter(faint).map(e => e.outerHTML.slice(0, 80));
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(scheme, browser, site_address, opened):
    page = browser.new_page(color_scheme=scheme)
    faint = {}
    for path in opened:
        page.goto(f"{site_address}/{path}")
        faint[path] = page.evaluate(CONTRAST)
    page.close()
    assert {path: texts for path, texts in faint.items() if texts} == {}


def test_every_shade_of_the_heat_map_carries_its_number(browser, site_address):
    page = browser.new_page()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        page.goto(f"{site_address}/overlap.html")
        drawn = "".join(f'<g><rect class="s{s}" width="32" height="32"/><text class="t{s}">1</text></g>' for s in range(6))
        page.evaluate("drawn => { document.querySelector('.heat').innerHTML = drawn; }", drawn)
        assert page.evaluate(CONTRAST) == []
    page.close()


def test_the_keyboard_reaches_the_content_first(browser, site_address):
    page = browser.new_page()
    page.goto(f"{site_address}/index.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.close()
