"""The parts of the auto reader, from texts to the list of members and the rules that read it.

leaves       an HTML page as texts with their place in the tree; by way of lines, headings, zones and tables
data         JSON and script data as such texts
segments     the names that one text enumerates
dissect      a text as name, country and what else is printed; cues: words that announce members, or something else
credit       how much a name looks like a member's; announced: what the headings above it say
beside       the country, or the measurement, that stands beside a name; standing: what unknown names are worth by both
entries      texts of one shape read together; country_lines: lines among them that are only a country
groups       such texts weighed; choosing: the group that is the list, and those that carry it on
proposal     rules that read the same with a plain reader
"""
