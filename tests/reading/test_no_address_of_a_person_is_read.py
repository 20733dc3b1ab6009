"""An e-mail address stays on the kept page: no row, no evidence and no message holds one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citynet.reading.mail_addresses import REMOVED, holds_address, told_without_addresses, without_addresses
from citynet.reading.suspect import no_name
from reading.small_network import printed_page


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        ("Graz, a.muster@graz.example", f"Graz, {REMOVED}"),
        ("Büro <büro@städte.example>", f"Büro <{REMOVED}>"),
        ("Ghent (desk (at) ghent.example)", f"Ghent ({REMOVED})"),
        ("Ghent desk[at]ghent.example, Bari x@y.example", f"Ghent {REMOVED}, Bari {REMOVED}"),
    ],
)
def test_an_address_in_a_name_is_read_as_a_mark(printed, read):
    (row,) = printed_page(f"<ul><li>{printed.replace('<', '&lt;')}</li></ul>", "list", "li").rows
    assert row.name_as_published == read
    assert no_name(row.name_as_published) == "an e-mail address"


@pytest.mark.parametrize("printed", ["Graz (AT)", "Graz (AT) St.Pölten (AT)", "Cities@Work", "São João d'El-Rei", "Graz at home"])
def test_what_is_no_address_stays_as_printed(printed):
    (row,) = printed_page(f"<ul><li>{printed}</li></ul>", "list", "li").rows
    assert row.name_as_published == printed


def test_neither_country_nor_evidence_holds_an_address():
    body = '<ul><li data-c="desk@graz.example">GospiÄ‡ a.muster@graz.example</li></ul>'
    (row,) = printed_page(body, "cards", "li", country="@data-c").rows
    assert row.country_as_published == REMOVED
    assert "printed" in row.evidence
    assert "@" not in row.evidence


def test_a_message_that_quotes_the_first_letters_of_an_address_is_told_without_them():
    assert told_without_addresses("li 3: expected 'Name (Country)', got 'Graz, a.muster@gra'") == (
        f"li 3: expected 'Name (Country)', got 'Graz, {REMOVED}'"
    )
    selectors = "'a.logo img@alt' found 0, 'li@data-city' found 2"
    assert told_without_addresses(selectors) == selectors


names = st.text("abcdefghijklmnopqrstuvwxyzäöłç", min_size=1, max_size=12)


@given(st.text(max_size=30), names, names, names, st.text(max_size=30))
def test_no_text_keeps_an_address_and_doing_it_twice_changes_nothing(before, who, where, top, after):
    text = f"{before} {who}@{where}.{top} {after}"
    once = without_addresses(text)
    assert f"{who}@{where}.{top}" not in once
    assert holds_address(once)
    assert without_addresses(once) == once
