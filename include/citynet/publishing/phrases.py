"""Words the site must not use, because the data can't carry them or because they hurt (docs/methodology, words on the site)."""

import re

FORBIDDEN = {
    "a score or order of networks or cities": r"\bleague tables?\b|\branked\b|\brank(ing)? (no\.?|#)?\s*\d|\btop[- ]\d+\b|\bnumber one\b",
    "effects the monitor does not observe": r"\boutput legitimacy of\b",
    "statistical words read as importance": r"\bsignifican(t|tly|ce)\b|\bvalidated\b",
    "overlap as a fault": r"\binefficien(t|cy)\b|\bredundan(t|cy)\b|\bneedless duplication\b",
    "association as cause": r"\bexplains\b|\bexplained by\b|\bbecause of (its|their) size\b",
    "a departure told as news": r"\b(has|have) left\b|\bleft the network\b|\bquit the\b|\bresigned from\b",
    "exclusion where a rule or our coverage excludes": r"\btowns are excluded\b|\bcities are excluded\b",
    "agreement oversold": r"\bconfirms? the 2018 report\b|\bproves? the 2018 report\b",
    "uniqueness oversold": r"\bnobody( else)? (has|does|publishes)\b|\bno[- ]one else\b|\bthe (first|only) (live )?(overview|monitor)\b",
    "a live date on rebuilt pages": r"\b(live|current) as of\b|\bas of today\b|\bcurrently (a )?members?\b",
    "citizenship told as migration": r"\b(migrant|refugee|diversity) share\b|\bshare of (migrants|refugees)\b",
    "an abbreviation with another meaning in EU statistics": r"\bTCNs?\b",
}
_PATTERNS = {why: re.compile(pattern, re.IGNORECASE) for why, pattern in FORBIDDEN.items()}


def forbidden_in(text: str) -> list[str]:
    """The forbidden phrases in a text or HTML page, each with the reason; tags are dropped and white space folded first."""
    plain = re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", text))
    return sorted(f"{match.group(0)!r}: {why}" for why, pattern in _PATTERNS.items() for match in pattern.finditer(plain))
