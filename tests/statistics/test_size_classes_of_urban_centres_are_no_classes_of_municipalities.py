"""The classes of EU-OECD by residents of an urban centre: half-open, and none below 50,000."""

import pytest

from citynet.publishing.contract import contract
from citynet.statistics.joining import SIZE_CLASS_NAMES
from citynet.statistics.urban_centres import urban_centre_size_class


@pytest.mark.parametrize(
    ("residents", "expected"),
    [
        (None, None),
        (float("nan"), None),
        (0, None),
        (49_999, None),
        (50_000, "S"),
        (99_999, "S"),
        (100_000, "M"),
        (249_999, "M"),
        (250_000, "L"),
        (499_999.0, "L"),
        (500_000, "XL"),
        (1_000_000, "XXL"),
        (4_999_999, "XXL"),
        (5_000_000, "Global"),
        (10_353_710, "Global"),
    ],
)
def test_each_bound_begins_the_class_above_it(residents: float | None, expected: str | None) -> None:
    assert urban_centre_size_class(residents) == expected


def test_the_classes_are_those_of_the_codebook_and_none_is_a_class_of_municipalities() -> None:
    (column,) = [column for column in contract().table("places").columns if column.name == "urban_centre_size_class"]
    found = {urban_centre_size_class(residents) for residents in (50_000, 100_000, 250_000, 500_000, 1_000_000, 5_000_000)}
    assert found == set(column.enum)
    assert not found & set(SIZE_CLASS_NAMES)
