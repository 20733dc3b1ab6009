"""The size classes of cities by the residents of their urban centre (EU-OECD), which are no classes of municipalities.

Dijkstra, Poelman (2012), Cities in Europe: the new OECD-EC definition, Regional Focus 01/2012.
"""

CLASSES = ((100_000, "S"), (250_000, "M"), (500_000, "L"), (1_000_000, "XL"), (5_000_000, "XXL"))
"""Upper bounds (not included); above the last it is LARGEST."""
LARGEST = "Global"
LEAST = 50_000
"""An urban centre has at least as many residents; below it there is a town, which has no class here."""


def urban_centre_size_class(residents: float | None) -> str | None:
    """The class of an urban centre by its residents, half-open; None where they are not known or fewer than LEAST."""
    if residents is None or not residents >= LEAST:
        return None
    return next((name for bound, name in CLASSES if residents < bound), LARGEST)
