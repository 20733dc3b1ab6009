"""Groups of countries along which members are counted: the regions of Europe and membership of the European Union at a date."""

REGIONS = {
    "Eastern Europe": "BG BY CZ HU MD PL RO RU SK UA",
    "Northern Europe": "AX DK EE FI FO GB GG IE IM IS JE LT LV NO SE SJ",
    "Southern Europe": "AD AL BA ES GI GR HR IT ME MK MT PT RS SI SM VA XK",
    "Western Asia": "AM AZ CY GE TR",
    "Western Europe": "AT BE CH DE FR LI LU MC NL",
}
"""Standard country or area codes for statistical use (United Nations, M49); Kosovo (XK), which M49 does not list, with Serbia."""
OUTSIDE_EUROPE = "outside Europe"

EU_SINCE = {
    "1958-01-01": "BE DE FR IT LU NL",
    "1973-01-01": "DK GB IE",
    "1981-01-01": "GR",
    "1986-01-01": "ES PT",
    "1995-01-01": "AT AX FI SE",
    "2004-05-01": "CY CZ EE HU LT LV MT PL SI SK",
    "2007-01-01": "BG RO",
    "2013-07-01": "HR",
}
"""Days of accession to the European Union, or the Communities before it (treaties of accession); AX is a part of FI."""
EU_UNTIL = {"GB": "2020-01-31"}
"""Last days of membership (agreement on the withdrawal of the United Kingdom)."""
EU27 = "2020-02-01"
"""The day from which the European Union has today's 27 countries; given for every date of a trend, it holds the Union constant."""
_EFTA = frozenset(("CH", "IS", "LI", "NO"))
_REGION_OF = {country: region for region, countries in REGIONS.items() for country in countries.split()}
_SINCE = {country: day for day, countries in EU_SINCE.items() for country in countries.split()}


def region_of_europe(country: str) -> str | None:
    """The region of a country (ISO code), OUTSIDE_EUROPE for one of none; None where the country is not known."""
    return _REGION_OF.get(country, OUTSIDE_EUROPE) if country else None


def eu_membership(country: str, day: str) -> str | None:
    """EU | EFTA | other: what the country (ISO code) is a member of on a day (ISO date) from 1973 on; None where it is not known."""
    if not country:
        return None
    if country in _SINCE and _SINCE[country] <= day <= EU_UNTIL.get(country, "9999"):
        return "EU"
    return "EFTA" if country in _EFTA else "other"
