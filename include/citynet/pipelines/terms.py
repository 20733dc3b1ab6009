"""What may be published of a capture that is not as expected, where the terms of a network forbid to print its names.

What a reader saw quotes the page, and so the names on it. The full text stays in the store, with the reading and the attempt.
"""

from collections.abc import Sequence
from dataclasses import replace

from citynet.model import Gate, Network
from citynet.pipelines import gates
from citynet.pipelines.listings import Decided

NOT_AS_EXPECTED = "the page is not as expected; what was seen is not published, as the network's terms do not allow its names to be printed"
QUOTING = ("reached", "layout", "bounds")
"""The gates that tell what stands on the page; the others only count."""


def told_gates(network: Network, asked: Sequence[Gate]) -> tuple[Gate, ...]:
    """The gates as they may be published."""
    if network.republish == "names":
        return tuple(asked)
    return tuple(replace(gate, seen=NOT_AS_EXPECTED) if _quotes(gate) else gate for gate in asked)


def told_reason(network: Network, decided: Decided) -> str:
    """Why a capture was decided on as it was, as it may be published; a person's own reason always is."""
    failed = gates.failed_gate([gate for gate in decided.gates if gate.required])
    if network.republish == "names" or not any(_quotes(gate) and gate.required for gate in decided.gates):
        return decided.reason
    return f"gate {failed}: {NOT_AS_EXPECTED}"


def told_trouble(network: Network, outcome: str, reason: str) -> str:
    """Why a try brought no capture: what answered otherwise than expected may quote the page, what was not reached can't."""
    return NOT_AS_EXPECTED if network.republish != "names" and outcome == "changed" else reason


def _quotes(gate: Gate) -> bool:
    return gate.name in QUOTING and not gate.passed and bool(gate.seen)
