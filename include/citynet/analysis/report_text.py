"""Claims on the text of the 2018 report alone: two of its places say different things, and no table decides which holds.

Source: Oomen, Baumgärtel, Durmuş (2018), Transnational City Networks and Migration Policy, Cities of Refuge; each constant
with the place where it is printed.
"""

from collections.abc import Callable, Mapping

from citynet.analysis.table1 import Claim, Finding, Table

MAYORAL_FORUM = {"footnote 7": "created by the United Nations", "footnote 9": "horizontal"}
"""How the Mayoral Forum on Human Mobility, Migration and Development came about."""
SOLIDACITIES = {"text": "Solidacities", "heading of Table 1": "Solidarities"}


def text_claims() -> tuple[Claim, ...]:
    """The claims, in the form of those on Table 1; their figure does not depend on the table."""
    return (
        Claim(
            "mayoral_forum_origin",
            "how the Mayoral Forum came about",
            "footnotes 7 and 9",
            "agrees if both footnotes put the network under the same heading",
            _both_places(MAYORAL_FORUM, "May be meant of two things: who created it, and how it works."),
        ),
        Claim(
            "solidacities_name",
            '"Solidacities", "Solidarities"',
            "text and heading of Table 1",
            "agrees if both print the same name",
            _both_places(SOLIDACITIES, "Possible misprint of the heading. We use the name of the text."),
        ),
    )


def _both_places(printed: Mapping[str, str], note: str) -> Callable[[Table], Finding]:
    def find(_: Table) -> Finding:
        figure = "; ".join(f"{place}: {words}" for place, words in printed.items())
        return Finding(figure, "internal_contradiction" if len(set(printed.values())) > 1 else "agrees", note)

    return find
