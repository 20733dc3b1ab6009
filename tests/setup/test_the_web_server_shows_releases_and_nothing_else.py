"""deploy/nginx.conf as nginx chooses between locations; what nginx 1.22.1 itself answered is in docs/decisions/0006-served-system.md."""

import re
from pathlib import Path

import pytest

CONFIGURATION = (Path(__file__).resolve().parents[2] / "deploy" / "nginx.conf").read_text(encoding="utf-8")
RELEASE = "2026-08-31-0356a13ae470"
NO_WRITING = "limit_except GET { deny all; }"


def locations() -> list[tuple[str, str, str]]:
    """Each location of the configuration: how it matches ("=", "~" or "" for a prefix), what, and what it does."""
    found = re.findall(r'^ +location (?:(=|~) )?("[^"]+"|\S+) \{ (.+) \}$', CONFIGURATION, re.MULTILINE)
    assert len(found) == CONFIGURATION.count("location ")
    return [(how, what.strip('"'), does) for how, what, does in found]


def answer(path: str) -> str:
    """What is done with an address: server-wide rewrites, then an exact location, the first regular expression, the longest prefix."""
    for pattern, to in re.findall(r'^ +rewrite "([^"]+)" (\S+) redirect;', CONFIGURATION, re.MULTILINE):
        if match := re.search(pattern, path):
            return "redirect " + to.replace("$1", match[1])
    exact = [does for how, what, does in locations() if how == "=" and what == path]
    expressions = [does for how, what, does in locations() if how == "~" and re.search(what, path)]
    prefixes = sorted((what, does) for how, what, does in locations() if not how and path.startswith(what))
    return (exact + expressions + [does for _, does in reversed(prefixes)])[0]


@pytest.mark.parametrize("path", ["/latest.json", "/latest/site/index.html", f"/{RELEASE}/data/memberships.csv", f"/{RELEASE}/index.json"])
def test_releases_and_their_pointer_are_served_and_can_not_be_written(path):
    assert answer(path) == NO_WRITING


@pytest.mark.parametrize("path", ["/latest", "/latest/", f"/{RELEASE}", f"/{RELEASE}/"])
def test_the_bare_address_of_a_release_leads_to_its_site(path):
    assert answer(path) == f"redirect /{path.strip('/')}/site/index.html"


@pytest.mark.parametrize(
    "path",
    [
        *("/checks.json", "/alerts_preview.txt", "/anything.else", "/store/alerts/x.json", "/latest.json/", "/latestx/a"),
        *(
            "/latest/.hidden",
            "/.lock",
            f"/{RELEASE}.building/data/a.csv",
            f"/a/{RELEASE}/index.json",
            "/2026-08-31-zzzzzzzzzzzz/index.json",
        ),
    ],
)
def test_what_is_for_the_operator_is_not_served(path):
    assert answer(path) == "return 404;"


def test_no_other_folder_is_opened_and_none_is_listed():
    assert re.findall(r"^ *(?:root|alias) (.+);", CONFIGURATION, re.MULTILINE) == ["/srv/published"]
    assert "autoindex" not in CONFIGURATION
    assert answer("/") == "return 302 /latest/site/index.html;"
    assert answer("/healthy").endswith('return 200 "healthy\\n";')
