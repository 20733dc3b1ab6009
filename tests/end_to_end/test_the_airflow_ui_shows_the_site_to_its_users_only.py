"""The plugin inside the real api-server: the site for people who have logged in, not one byte of it for others."""


def test_a_stranger_gets_401_and_no_byte_of_the_site(operators_day):
    for path, answer in operators_day["stranger"].items():
        assert answer["status"] == 401, path
        assert answer["body"] == '{"detail":"Not authenticated"}', path
    assert operators_day["forged"]["status"] in (401, 403)
    assert operators_day["forged"]["body"] == '{"detail":"Invalid JWT token"}'


def test_who_has_logged_in_gets_the_published_bytes_by_the_cookie_of_the_ui(operators_day):
    for path, answer in operators_day["operator"].items():
        assert answer["status"] == 200, path
        assert answer["body"] == operators_day["published"][path], path
        assert "script-src" not in answer["headers"]["content-security-policy"]
        assert answer["headers"]["content-security-policy"].startswith("default-src 'none'")
        assert answer["headers"]["cache-control"] == "private, no-cache"
    assert operators_day["operator"]["site/index.html"]["headers"]["content-type"].startswith("text/html")
    assert operators_day["front_page"]["headers"]["location"] == "site/index.html"


def test_before_the_first_release_it_says_so_in_plain_words(operators_day):
    assert operators_day["before_the_first_release"]["body"].startswith("Nothing is published yet")


def test_no_path_leads_out_of_the_release(operators_day):
    assert set(operators_day["outside"].values()) == {404}, operators_day["outside"]


def test_the_navigation_has_the_site_and_the_quality_page(operators_day):
    assert operators_day["plugin_errors"] == []
    entries = {view["name"]: view["href"] for view in operators_day["navigation"] if view["destination"] == "nav"}
    assert entries == {"City Network Monitor": "citynet/site/index.html", "Quality": "citynet/site/quality.html"}
