"""Foreign keys of a Data Package: what is named stands in the other table, also where that is the table itself."""

import pytest

from citynet.publishing.foreign_keys import foreign_key_faults

PLACES = [{"place_id": "gn1", "lies_in": ""}, {"place_id": "gn2", "lies_in": "gn1"}]
MEMBERS = [{"place_id": "gn1", "network_id": "rivers"}, {"place_id": "", "network_id": "lakes"}]


def resource(name: str, field: str, to: str, key: str = "place_id") -> dict[str, object]:
    return {"name": name, "schema": {"foreignKeys": [{"fields": [field], "reference": {"resource": to, "fields": [key]}}]}}


PACKAGE = {"resources": [resource("places", "lies_in", ""), resource("members", "place_id", "places"), {"name": "notes", "schema": {}}]}


def test_rows_that_name_what_is_there_or_nothing_are_sound() -> None:
    assert list(foreign_key_faults(PACKAGE, {"places": PLACES, "members": MEMBERS})) == []


def test_each_row_that_names_what_is_lacking_is_told_with_its_line() -> None:
    places, members = [PLACES[0], {"place_id": "gn2", "lies_in": "gn9"}], [*MEMBERS, {"place_id": "gn7", "network_id": "lakes"}]
    assert list(foreign_key_faults(PACKAGE, {"places": places, "members": members})) == [
        "places, line 3: lies_in names gn9, which places does not have",
        "members, line 4: place_id names gn7, which places does not have",
    ]


def test_a_key_of_two_columns_is_held_as_a_whole() -> None:
    key = {"fields": ["a", "b"], "reference": {"resource": "others", "fields": ["a", "b"]}}
    package = {"resources": [{"name": "rows", "schema": {"foreignKeys": [key]}}]}
    others = [{"a": "1", "b": "1"}, {"a": "2", "b": "2"}]
    found = list(foreign_key_faults(package, {"rows": [{"a": "1", "b": "2"}, {"a": "", "b": ""}], "others": others}))
    assert found == ["rows, line 2: a, b names 1, 2, which others does not have"]


def test_a_table_without_the_column_is_a_mistake_of_the_package() -> None:
    with pytest.raises(KeyError):
        list(foreign_key_faults({"resources": [resource("members", "place", "places")]}, {"places": PLACES, "members": MEMBERS}))
