"""Names of countries for readers; the tables hold ISO 3166-1 alpha-2 codes."""

from functools import cache


@cache
def country_name(code: object) -> str:
    """The English name by the Unicode CLDR; the code itself where it is unknown, "no country" where there is none."""
    if code is None or code == "":
        return "no country"
    from babel import Locale

    return str(Locale("en").territories.get(str(code), code))
