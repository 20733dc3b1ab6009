"""The lists these tests stand on, restated by hand, and a short way to write others.

Pact of Free Cities on 2021-09-16: de.wikipedia.org/wiki/Pakt_der_freien_Städte. Intercultural Cities in 2010-02:
newsletter 9 of the Council of Europe's programme.
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

import yaml

from citynet.analysis.lists import MemberList
from citynet.model import Departure, Expect, Network, Relation

PACT_2019 = ["Budapest", "Prague", "Warsaw", "Bratislava"]
PACT_2021 = [
    *PACT_2019,
    "Amsterdam",
    "Barcelona",
    "Gdansk",
    "Florence",
    "Frankfurt",
    "Ljubljana",
    "London",
    "Los-Angeles",
    "Mannheim",
    "Neu-Ulm",
    "Paris",
    "Podgorica",
    "Rijeka",
    "Stuttgart",
    "Taipei",
    "Taoyuan",
    "Tirana",
    "Ulm",
    "Vienna",
    "Zagreb",
]
ICC_2010 = ["Berlin", "Izhevsk", "Lublin", "Lyon", "Melitopol", "Neuchatel", "Oslo", "Patras", "Reggio-Emilia", "Subotica", "Tilburg"]


def contract(table: str) -> Mapping[str, object]:
    """The published columns of a table, in order."""
    file = Path(__file__).parents[2] / "include/citynet/publishing/tables.yaml"
    columns: Mapping[str, object] = yaml.safe_load(file.read_text(encoding="utf-8"))["tables"][table]["columns"]
    return columns


def members(
    network_id: str,
    ids: Iterable[str],
    date: str = "2021-09-16",
    complete: bool = True,
    use: str = "current",
    unresolved: int = 0,
    countries: dict[str, str] | None = None,
) -> MemberList:
    places = frozenset(ids)
    return MemberList(network_id, date, complete, use, places, places, unresolved, countries or {})


def network(network_id: str, *relations: tuple[str, str], **facts: object) -> Network:
    return Network(
        id=network_id,
        name=network_id,
        homepage="https://net.example",
        status="active",
        scope="transnational",
        relevance="migration_core",
        who_joins="body",
        publishes="list",
        coverage="complete",
        default_tie="full",
        ties={},
        pages=(),
        expect=Expect(),
        departure=Departure(),
        relations=tuple(Relation(kind, to) for kind, to in relations),
        status_since="",
        republish="names",
        protects_persons=False,
        sha256="0" * 64,
        facts=facts,
    )
