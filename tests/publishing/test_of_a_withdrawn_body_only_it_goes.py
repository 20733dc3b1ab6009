"""What goes of a body withdrawn from a published release: all its cells on every page, and nothing of namesakes and networks."""

import json
import shutil
from dataclasses import replace
from html import unescape

import pytest

from citynet.publishing.evidence import Evidence, EvidencePage, EvidenceRow
from citynet.publishing.list_pages import BLANKED
from citynet.publishing.reading_back import cells
from citynet.publishing.rebuilt_pages import NOT_SHOWN
from citynet.publishing.release import publish
from citynet.publishing.rewriting import DONE, withdraw
from citynet.publishing.verify import verify
from citynet.publishing.withdrawn import Gone, Withdrawal, feed_without, gone, page_without, tables_without
from citynet.store import Store, open_store
from publishing.conftest import CONTEXT, RELEASE
from publishing.kills import Killed
from publishing.rows import PACT_2022, PACT_URL, SAMPLE_2018, member, network, place, tables

LETTER, ALESUND, SPAIN, VENEZUELA, HAGUE = "gn1", "gn2", "gn3", "gn4", "gn2747373"
PRINTED = [
    ("Å", "NO", "411 inhabitants", LETTER),
    ("Ålesund", "NO", "412 inhabitants", ALESUND),
    ("Bratislava", "SK", "413 inhabitants", "gn3060972"),
    ("The Hague", "NL", "414 inhabitants", HAGUE),
    ("Valencia", "ES", "415 inhabitants", SPAIN),
    ("Valencia", "VE", "416 inhabitants", VENEZUELA),
]
PAGE = "<html><head><title>The Hague Process</title></head><body><table>{}</table></body></html>".format(
    "\n".join(f"<tr><td>{name}</td><td>{country}</td><td>{told}</td></tr>" for name, country, told, _ in PRINTED)
)
PACT, SAMPLE = f"site/list/pact_of_free_cities/{PACT_2022}.html", f"site/list/sample_2018/{SAMPLE_2018}.html"


def capture(network_id, capture_id, rows) -> Evidence:
    read = tuple(EvidenceRow(n, name, c, "", "full", PACT_URL, "resolved", i, "exact") for n, (name, c, _, i) in enumerate(rows, 1))
    page = EvidencePage(PACT_URL, "ab" * 32, PAGE)
    return Evidence(network_id, capture_id, "2022-09-15T00:00:00Z", "reconstructed", "complete", "accepted", "", (page,), read)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory):
    """A release in which two networks stand on one page, with namesakes and a network named after a city; read only."""
    made = tables()
    made["networks"][-1] = {**made["networks"][-1], "name": "The Hague Process"}
    made["network_functions"][0]["evidence"] = "a joint letter, written in The Hague"
    made["places"] += [place(i, name, c, None, None) for name, c, _, i in PRINTED if i in (LETTER, ALESUND, SPAIN, VENEZUELA)]
    partners = [(LETTER, "Å"), (ALESUND, "Ålesund"), (SPAIN, "Valencia"), (VENEZUELA, "Valencia")]
    made["memberships"] += [
        member(
            "pact_of_free_cities", i, PACT_2022, n, tie="project_partner", counted=False, from_latest="2022-09-15", name_as_published=name
        )
        for n, (i, name) in enumerate(partners, 6)
    ]
    shown = (capture("pact_of_free_cities", PACT_2022, PRINTED), capture("sample_2018", SAMPLE_2018, PRINTED[2:3]))
    home = tmp_path_factory.mktemp("crowded") / "published"
    publish(open_store(str(home)), RELEASE, made, context=replace(CONTEXT, evidence=shown))
    return home


@pytest.fixture(scope="module")
def of_the_hague(crowded, tmp_path_factory):
    """That release after the city was withdrawn; read only."""
    return without(crowded, tmp_path_factory.mktemp("of_the_hague"), Withdrawal(HAGUE, "", whole=True))


def without(crowded, tmp_path, *withdrawals):
    shutil.copytree(crowded, tmp_path / "published", symlinks=True)
    again(tmp_path, *withdrawals)
    assert verify(tmp_path / "published" / RELEASE) == []
    return tmp_path / "published" / RELEASE


def again(tmp_path, *withdrawals) -> list[str]:
    stores = (open_store(str(tmp_path / folder)) for folder in ("published", "store"))
    return withdraw(*stores, withdrawals, [("2026-11-23", "safety")])


def ids(folder) -> set[str]:
    return {row["place_id"] for row in cells((folder / "data/places.csv").read_bytes())}


@pytest.mark.parametrize(("place_id", "told"), [(i, told) for _, _, told, i in PRINTED if i in (LETTER, HAGUE, SPAIN)])
def test_its_row_goes_from_every_page_and_no_other_row(crowded, tmp_path, place_id, told):
    folder = without(crowded, tmp_path, Withdrawal(place_id, "", whole=True))
    everything = [unescape(path.read_bytes().decode(errors="replace")) for path in sorted(folder.rglob("*")) if path.is_file()]
    assert not [text[:90] for text in everything if told in text or f"{place_id}.html" in text]
    for page in (PACT, SAMPLE):
        text = unescape((folder / page).read_text())
        assert [other for _, _, other, _ in PRINTED if other not in text] == [told]
    assert ids(crowded / RELEASE) - ids(folder) == {place_id}
    assert BLANKED not in (folder / PACT).read_text()


def test_a_namesake_keeps_its_page_its_row_and_its_name(crowded, tmp_path):
    folder = without(crowded, tmp_path, Withdrawal(SPAIN, "", whole=True))
    page = f"site/city/{VENEZUELA}.html"
    assert (folder / page).read_text() == (crowded / RELEASE / page).read_text()
    assert f'<a href="../../city/{VENEZUELA}.html">Valencia</a>' in (folder / PACT).read_text()


def test_a_network_named_after_the_city_keeps_its_name_and_what_it_did_its_row(of_the_hague):
    assert "<h1>The Hague Process</h1>" in (of_the_hague / "site/network/no_list.html").read_text()
    (did,) = cells((of_the_hague / "data/network_functions.csv").read_bytes())
    assert did["evidence"] == f"a joint letter, written in {BLANKED}"
    assert did["evidence"] in (of_the_hague / "site/network/pact_of_free_cities.html").read_text()


def test_of_a_withdrawn_membership_the_row_goes_wherever_its_page_is_shown(crowded, tmp_path):
    folder = without(crowded, tmp_path, Withdrawal("gn3060972", "pact_of_free_cities", whole=False))
    assert "413 inhabitants" not in (folder / PACT).read_text() + (folder / SAMPLE).read_text()
    assert "city/gn3060972.html" in (folder / SAMPLE).read_text()  # its row in another network, which is not withdrawn


def test_a_name_matched_to_another_place_and_a_claim_go_with_what_feeds_tell_of_them():
    row = {"network_id": "net", "place_id": ALESUND, "before": LETTER, "after": ALESUND, "change_id": "c9", "row_id": "c8"}
    for withdrawal in (Withdrawal(LETTER, "", whole=True), Withdrawal(LETTER, "net", whole=False)):
        made = {"record_changes": [row], "corrections": [{**row, "place_id": LETTER}], "memberships": []}
        assert tables_without(made, [withdrawal]) == {name: [] for name in made}
        feed = {"items": [{"id": f"urn:citynet:{kind}"} for kind in ("correction:c9", "change:c8", "change:c7")]}
        left = feed_without("changes.json", json.dumps(feed).encode(), [gone(withdrawal, made, {})])
        assert left is not None
        assert [item["id"] for item in json.loads(left)["items"]] == ["urn:citynet:change:c7"]


def test_an_enumeration_of_cities_closes_over_the_gap():
    letter = Gone(Withdrawal(LETTER, "", whole=True), frozenset(), frozenset())
    links = [f'<a href="city/{i}.html">{i}</a>' for i in (ALESUND, LETTER, SPAIN)]
    for order in ((0, 1, 2), (1, 0, 2), (0, 2, 1)):
        page = f"<p>Named: {', '.join(links[n] for n in order)}.</p>"
        assert page_without("changes.html", page, [letter], {}) == f"<p>Named: {links[0]}, {links[2]}.</p>"


def test_killed_between_two_lists_on_one_page_the_next_run_knows_its_rows(crowded, tmp_path, monkeypatch):
    """The row by which the second list's page is told apart stands on the first, which is written already."""
    letter, write = Withdrawal(LETTER, "", whole=True), Store.write

    def until_the_second(self, key, data):
        if key == SAMPLE:
            raise Killed
        write(self, key, data)

    shutil.copytree(crowded, tmp_path / "published", symlinks=True)
    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", until_the_second)
        with pytest.raises(Killed):
            again(tmp_path, letter)
    folder = tmp_path / "published" / RELEASE
    assert ["411 inhabitants" in (folder / page).read_text() for page in (PACT, SAMPLE)] == [False, True]
    assert again(tmp_path, letter) == [RELEASE]
    assert ["411 inhabitants" in (folder / page).read_text() for page in (PACT, SAMPLE)] == [False, False]
    assert "412 inhabitants" in (folder / SAMPLE).read_text()


def test_what_an_earlier_version_only_blanked_is_shown_no_more(crowded, tmp_path):
    """Version 0.7.0 left the rest of the row on the page, and kept that it was done."""
    blanked = tmp_path / "blanked"
    made = {name: [r for r in rows if r.get("place_id") != HAGUE] for name, rows in tables().items() if name != "place_connectivity"}
    made["place_connectivity"] = [row for row in tables()["place_connectivity"] if row["place_id"] != HAGUE]
    made["networks"] = [network("pact_of_free_cities", "Pact", "migration_core", PACT_2022, members_counted=2), *tables()["networks"][1:]]
    shown = capture("pact_of_free_cities", PACT_2022, [p for p in PRINTED if p[3] != HAGUE])
    shown = replace(shown, pages=(replace(shown.pages[0], text=PAGE.replace("The Hague</td>", f"{BLANKED}</td>")),))
    publish(open_store(str(blanked / "published")), RELEASE, made, context=replace(CONTEXT, evidence=(shown,)))
    (blanked / "store/withdrawing").mkdir(parents=True)
    (blanked / "store" / DONE).write_text(json.dumps({RELEASE: "hash of an earlier version"}))
    assert again(blanked, Withdrawal(HAGUE, "", whole=True)) == [RELEASE]
    text = (blanked / "published" / RELEASE / PACT).read_text()
    assert NOT_SHOWN in text
    assert "414 inhabitants" not in text
