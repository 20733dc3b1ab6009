"""Whatever is found on a page, the draft of its network file loads and holds it unchanged."""

import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from citynet.model import Page
from citynet.networks import load_one
from citynet.networks.drafts import Draft, draft_text, left_to_do

TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Zl", "Zp")), min_size=1, max_size=40).filter(str.strip)
MARKS = st.fixed_dictionaries({}, optional={"must_contain": TEXT, "drop": st.just("sup.note"), "pattern": TEXT.map("Name ({})".format)})


@given(name=TEXT, options=MARKS, kinds=st.sets(TEXT, max_size=3), aside=TEXT, least=st.integers(1, 500))
def test_a_draft_loads_and_holds_what_it_was_given(name, options, kinds, aside, least):
    page = Page("https://alpine.example/members", "list", 'ul[data-x="y"] > li', options, follow={"by": "next_link", "select": "a.next"})
    draft = Draft(
        *("alpine_towns", name, "https://alpine.example/", "2026-11-22", page),
        robots="not_yet_read",
        kinds=tuple(sorted(kinds)),
        least=least,
        asides=(aside,),
    )
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "alpine_towns.yml").write_text(draft_text(draft), encoding="utf-8")
        network = load_one(f"{folder}/alpine_towns.yml")
        assert left_to_do(folder)
    assert (network.name, network.pages, network.expect.min) == (name, (page,), least)
    assert network.ties == dict.fromkeys(kinds, "unknown")
    assert (network.facts["inclusion"]["decision"], network.relevance, network.coverage) == ("undecided", "comparison", "partial")
