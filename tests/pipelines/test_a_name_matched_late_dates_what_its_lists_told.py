"""Changes that lists had shown before their name was matched: known to feeds from the match on."""

from dataclasses import replace

import pytest

from citynet.model import Change, History, Listing, ListingRow, Resolution, ResolvedListing, instant
from citynet.pipelines.identities import Rematch, matched_since
from citynet.pipelines.membership_tables import change_rows
from pipelines.dated_views import seen

JOINED = Change(True, "net", "gn1", "full", "joined", "listing", "2024-01-01", "2024-02-01", "", "2024-02-01T12:00:00Z", "c2", "live")
MATCHED = Rematch("net", "Odd Name", "AT", "", "gn1", "judgement", "2024-03-06T00:00:00Z")


def printed(**names: str) -> ResolvedListing:
    """A list of Austria: name (_ for a space) = the place that it means today."""
    at = instant("2024-02-01T12:00:00Z")
    rows = tuple(ListingRow(n, name.replace("_", " "), "AT", "", "full", "u", "li") for n, name in enumerate(names, 1))
    found = tuple(Resolution("resolved", place_id) for place_id in names.values())
    return ResolvedListing(Listing("net", "c2", at, at, "live", "complete", "current", rows), found)


@pytest.mark.parametrize(
    ("rematched", "names", "known_at", "matched_on"),
    [
        ((MATCHED,), {"Odd_Name": "gn1"}, "2024-02-01T12:00:00Z", "2024-03-06"),
        ((MATCHED,), {"Odd_Name": "gn1"}, "2024-04-01T12:00:00Z", None),
        ((MATCHED,), {"Odd_Name": "gn1", "Graz": "gn1"}, "2024-02-01T12:00:00Z", None),
        ((replace(MATCHED, after="gn2"),), {"Odd_Name": "gn2", "Graz": "gn1"}, "2024-02-01T12:00:00Z", None),
        ((), {"Odd_Name": "gn1"}, "2024-02-01T12:00:00Z", None),
        (
            (MATCHED, replace(MATCHED, name="Other", known_at="2024-03-01T00:00:00Z")),
            {"Odd_Name": "gn1", "Other": "gn1"},
            "2024-02-01T12:00:00Z",
            "2024-03-01",
        ),
    ],
)
def test_a_change_bears_the_day_of_the_match_where_no_name_meant_the_body_when_it_became_known(rematched, names, known_at, matched_on):
    view = replace(seen(printed(**names)), rematched=rematched, history=History((), (replace(JOINED, known_at=known_at),)))
    (row,) = change_rows([view], world=True)
    assert row["matched_on"] == matched_on


def test_a_name_that_came_back_to_its_place_is_matched_from_its_return():
    away = (replace(MATCHED, before="gn1", after="gn2"), replace(MATCHED, before="gn2", known_at="2024-05-01T00:00:00Z"))
    assert matched_since(away, [printed(Odd_Name="gn1")]) == {"gn1": "2024-05-01T00:00:00Z"}
