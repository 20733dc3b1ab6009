"""What the sample release shows of its lists: two captures of the Pact of Free Cities."""

from citynet.publishing.evidence import Evidence, EvidencePage, EvidenceRow
from publishing.rows import PACT_2019, PACT_2022, PACT_URL


def evidence() -> tuple[Evidence, ...]:
    """The Pact's captures: the newer with its rows and the page we rebuilt, the older held and not read."""
    rows = [("Bratislava", "gn3060972"), ("Budapest", "gn3054643"), ("The Hague", "gn2747373")]
    read = [
        EvidenceRow(n, name, "", "", "full", PACT_URL, "resolved", place_id, "primary_name") for n, (name, place_id) in enumerate(rows, 1)
    ]
    read.append(EvidenceRow(4, "Springfield", "US", "city", "full", PACT_URL, "review", "", "several places of that name"))
    told = "printed StarÃ© Mesto"
    read.append(EvidenceRow(5, "Staré Mesto", "", "", "partner", PACT_URL, "resolved", "x-sk-stare-mesto", "primary_name", told))
    markup = "<html><body><ul><li>Bratislava</li><li class='significant'>Budapest</li></ul><script>alert(1)</script></body></html>"
    page = EvidencePage(PACT_URL, "ab" * 32, markup)
    return (
        Evidence(
            "pact_of_free_cities", PACT_2019, "2019-12-16T00:00:00Z", "reconstructed", "complete", "held", "layout changed", (page,), ()
        ),
        Evidence(
            "pact_of_free_cities", PACT_2022, "2022-09-15T00:00:00Z", "reconstructed", "complete", "accepted", "", (page,), tuple(read)
        ),
    )
