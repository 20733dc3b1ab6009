"""Words the site must not use, because the data can't carry them or because they hurt (docs/methodology, words on the site)."""

import html
import re

FORBIDDEN = {
    "a score or order of networks or cities": r"\bleague tables?\b|\brank(s|ed|ing|ings)?\b|\btop[- ]\d+\b|\bnumber one\b|\b(1st|2nd|3rd)\b"
    r"|\b(best|worst)[- ](performing|connected)\b|\bleading (cit(y|ies)|networks?)\b",
    "effects the monitor does not observe": r"\boutput legitimacy of\b",
    "statistical words read as importance": r"\bsignifican(t|tly|ce)\b|\bvalidated\b",
    "overlap as a fault": r"\binefficien(t|tly|cy)\b|\bredundan(t|tly|cy)\b|\bneedless duplication\b",
    "association as cause": r"(?<!Eurostat )\bexplains\b|\bexplained by\b|\bbecause of (its|their) size\b",
    "a departure told as news": r"\b(has|have|had) left\b|\bleft the network\b|\bquit the\b|\bresigned from\b"
    r"|\b(cit(y|ies)|towns?|members?|municipalit(y|ies)) left\b",
    "exclusion where a rule or our coverage excludes": r"\b(towns|cities|municipalities) (are|were) excluded\b"
    r"|\bexcluded (towns|cities)\b",
    "agreement oversold": r"\b(confirm|prove)(s|d|ed)? the 2018 report\b",
    "uniqueness oversold": r"\bnobody( else)? (has|does|publishes|offers)\b|\bno[- ]one else\b"
    r"|\bthe (first|only) (live )?(overview|monitor)\b",
    "a live date on rebuilt pages": r"\b(live|current|correct) as of\b|\bas of today\b|\b(currently|now|today) (a )?members?\b"
    r"|\bpresent members\b|\bup[- ]to[- ]date\b",
    "citizenship told as migration": r"\b((im)?migrants?|refugees?|diversity|foreigners?) (share|rate|percentage|population)\b"
    r"|\b(share|percentage|rate|proportion) of ((im)?migrants|refugees|foreigners|diversity)\b"
    r"|\b(non-EU|third[- ]country) ((im)?migrants|refugees|foreigners)\b",
    "an abbreviation with another meaning in EU statistics": r"\bTCNs?\b",
}
_PATTERNS = {why: re.compile(pattern, re.IGNORECASE) for why, pattern in FORBIDDEN.items()}


def forbidden_in(text: str) -> list[str]:
    """The forbidden phrases in a text or HTML page, each with the reason; tags are dropped and white space folded first.

    What an element marked `data-source` quotes from elsewhere is not ours and is not looked at.
    """
    own = re.sub(r"<(\w+)[^>]*\sdata-source\b[^>]*>.*?</\1>", " ", text, flags=re.DOTALL)
    plain = re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]*>", " ", own)))
    return sorted(f"{match.group(0)!r}: {why}" for why, pattern in _PATTERNS.items() for match in pattern.finditer(plain))
