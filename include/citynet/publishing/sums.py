"""Sums that must agree between and within the published tables, computed from the CSV cells alone."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from math import isclose

Cells = Sequence[Mapping[str, str]]
POOLED = "core_or_component"
"""The relevance of the networks that place_connectivity counts."""


def sum_faults(tables: Mapping[str, Cells]) -> Iterator[str]:
    """One sentence for every sum that does not agree. KeyError or ValueError where cells lack or are no numbers."""
    yield from _members(tables.get("networks", ()), tables.get("memberships", ()))
    yield from _connectivity(tables.get("place_connectivity", ()))
    yield from _representation(tables.get("representation", ()))
    for row in tables.get("network_overlap", ()):
        yield from _overlap(row)
    yield from _concentration(tables.get("connectivity_concentration", ()), tables.get("place_connectivity", ()))
    yield from _beside(tables.get("functional_overlap", ()), tables.get("network_overlap", ()))


def _members(networks: Cells, memberships: Cells) -> Iterator[str]:
    counted = Counter(m["network_id"] for m in memberships if m["counted"] == "true")
    for network in networks:
        name, said = network["network_id"], network["members_counted"]
        if int(said or 0) != counted[name]:
            yield f"networks, {name}: members_counted is {said or 'empty'}, memberships counts {counted[name]}"


def _connectivity(rows: Cells) -> Iterator[str]:
    for row in rows:
        ids = [i for i in row["network_ids"].split(";") if i.strip()]
        where = f"place_connectivity, {row['place_id']}"
        if int(row["networks"]) != len(set(ids)) or len(ids) != len(set(ids)):
            yield f"{where}: networks is {row['networks']}, network_ids names {len(set(ids))}"
        families, networks, observed = (int(row[c]) for c in ("families", "networks", "networks_observed"))
        if not families <= networks <= observed:
            yield f"{where}: expected families <= networks <= networks_observed, got {families}, {networks}, {observed}"


def _representation(rows: Cells) -> Iterator[str]:
    groups: dict[tuple[str, str, str], list[Mapping[str, str]]] = defaultdict(list)
    for row in rows:
        groups[row["network_id"], row["universe"], row["dimension"]].append(row)
    for key, group in sorted(groups.items()):
        where = f"representation, {' / '.join(key)}"
        for part, whole in (("n_c", "n_classified"), ("u_c", "u")):
            total = sum(int(r[part] or 0) for r in group)
            wholes = {int(r[whole]) for r in group if r[whole]}
            if any(total > w for w in wholes) or len(wholes) > 1:
                yield f"{where}: the classes sum to {total} in {part}, {whole} is {sorted(wholes)}"
        yield from (
            f"{where}, {r['class']}: n_classified {r['n_classified']} exceeds n_members {r['n_members']}"
            for r in group
            if r["n_classified"] and r["n_members"] and int(r["n_classified"]) > int(r["n_members"])
        )


def _concentration(rows: Cells, places: Cells) -> Iterator[str]:
    """No more municipalities of place_connectivity have so many memberships, by networks or by families, than are told.

    There may be fewer: what is withdrawn leaves the rows and stays in the counts.
    """
    for row in rows:
        number = row["measure"].removeprefix("municipalities_in_")
        if row["relevance"] == POOLED and number.isdecimal():
            counted = sum(place[row["counted_by"]] == number for place in places)
            if float(row["value"]) < counted:
                where = f"connectivity_concentration, {row['measure']} / {row['counted_by']}"
                yield f"{where}: value is {row['value']}, place_connectivity has {counted} such municipalities"


def _beside(rows: Cells, overlap: Cells) -> Iterator[str]:
    """What functional_overlap tells of shared members is what network_overlap tells of the pair."""
    told = {(row["network_a"], row["network_b"], row["shared_members"], row["shared_members_at_least"]) for row in rows}
    pairs = {(row["network_a"], row["network_b"]): row for row in overlap}
    for a, b, *shared in sorted(told):
        pair = pairs.get((a, b), {"shared": "", "shared_at_least": ""})
        expected = [pair["shared"], pair["shared_at_least"]]
        if shared != expected:
            yield f"functional_overlap, {a} / {b}: shared members {shared}, network_overlap has {expected}"


def _overlap(row: Mapping[str, str]) -> Iterator[str]:
    where = f"network_overlap, {row['network_a']} / {row['network_b']}"
    if row["network_a"] >= row["network_b"]:
        yield f"{where}: network_a must come before network_b in the alphabet"
    if not (row["n_a"] and row["n_b"] and row["shared"]):
        return
    n_a, n_b, shared = int(row["n_a"]), int(row["n_b"]), int(row["shared"])
    if shared > min(n_a, n_b):
        yield f"{where}: shared {shared} exceeds a list ({n_a}, {n_b})"
    expected = {"jaccard": n_a + n_b - shared, "overlap_coefficient": min(n_a, n_b), "containment_a": n_a, "containment_b": n_b}
    for column, whole in expected.items():
        if row[column] and not (whole and isclose(float(row[column]), shared / whole, rel_tol=1e-6, abs_tol=1e-9)):
            yield f"{where}: {column} is {row[column]}, expected {shared} of {whole}"
