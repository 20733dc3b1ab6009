"""Three generated pages of each family, made from the committed facts: the auto reader keeps what `make bench-reading` measured of it."""

from collections import Counter
from pathlib import Path
from statistics import mean

import pytest
from reading_pages import folded, read_listings
from reading_pages.dev import pages as dev_pages
from reading_pages.held_out import pages as held_out_pages

from citynet.pipelines.auto import known
from citynet.places.gazetteer import load_gazetteer
from citynet.reading.auto import read_auto

INCLUDE = Path(__file__).parents[2] / "include"
SEED = 11
EACH = 3
"""Pages of a family: with fewer, one list of little-known towns outweighs a family."""
LONGEST = 400
"""Members of the longest page that is read here; the benchmark reads longer ones."""


@pytest.fixture(scope="module", params=[dev_pages, held_out_pages], ids=["dev", "held_out"])
def read(request):
    """Page -> what the auto reader read, of the first pages of each family and of every page without a list."""
    world = known(load_gazetteer(INCLUDE / "gazetteer"))
    chosen, times = [], Counter()
    for page in request.param(read_listings([INCLUDE / "samples" / "facts"]), SEED):
        times[page.family] += len(page.truth) <= LONGEST
        if not page.truth or (len(page.truth) <= LONGEST and times[page.family] <= EACH):
            chosen.append(page)
    return {page: read_auto(page.body, page.content_type, world) for page in chosen}


def f1(page, found):
    """Harmonic mean of precision and recall on the names, each as often as it is printed."""
    true, given = Counter(page.truth), Counter(folded(member.name) for member in found.members)
    return 2 * (true & given).total() / (true.total() + given.total())


def test_the_mean_f1_over_the_families_is_at_least_95_percent(read):
    scores = {page.name: f1(page, found) for page, found in read.items() if page.truth}
    assert len(scores) >= 15 * EACH
    assert mean(scores.values()) >= 0.95, sorted(scores.items(), key=lambda score: score[1])[:5]


def test_at_least_95_percent_of_the_pages_without_a_list_are_refused(read):
    refused = {page.name: bool(found.refused) for page, found in read.items() if not page.truth}
    assert len(refused) >= 40
    assert mean(refused.values()) >= 0.95, [name for name, was in refused.items() if not was]
