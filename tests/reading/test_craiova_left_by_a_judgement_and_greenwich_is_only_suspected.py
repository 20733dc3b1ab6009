"""Both are on the sheet of 2009 and on neither complete list of 2010; a person confirmed one departure, with its source."""

from dataclasses import replace

from citynet.history.spells import fold
from citynet.model import ResolvedListing
from citynet.places.gazetteer import load_gazetteer
from citynet.places.judgements import load_judgements
from citynet.places.resolve import resolve
from reading.sample_listings import INCLUDE, NETWORKS, listing_of

CRAIOVA, GREENWICH = "gn680332", "lauGBE09000011"


def test_craiova_has_departed_and_greenwich_is_suspected():
    network = NETWORKS["intercultural_cities"]
    gazetteer = load_gazetteer(INCLUDE / "gazetteer")
    judgements = load_judgements(INCLUDE / "judgements", gazetteer)
    accepted = []
    for date in ("2009-03-04", "2010-02-28", "2010-07-31"):
        listing = replace(listing_of(network.id, date), capture_id=date)
        found = (
            resolve(row.name_as_published, row.country_as_published, gazetteer=gazetteer, judgements=judgements, network_id=network.id)
            for row in listing.rows
        )
        accepted.append(ResolvedListing(listing, tuple(found)))
    history = fold(network, accepted, [j for j in judgements.memberships if j.values["network_id"] == network.id])
    spells = {spell.place_id: spell for spell in history.spells}
    assert (spells[CRAIOVA].state, spells[CRAIOVA].cause, spells[CRAIOVA].to_latest) == ("departed", "judgement", "2010-02-28")
    assert (spells[CRAIOVA].last_confirmed_on, spells[CRAIOVA].evidence_capture_id) == ("2009-03-04", "2009-03-04")
    assert spells[GREENWICH].state == "departure_suspected"
    (left,) = [c for c in history.changes if c.world and c.change == "left"]
    assert (left.place_id, left.cause) == (CRAIOVA, "judgement")
    assert (left.earliest, left.latest, left.printed_on) == ("2009-03-04", "2010-02-28", "")  # no source prints a date


def test_every_statement_on_a_membership_names_where_it_is_stated():
    judgements = load_judgements(INCLUDE / "judgements", load_gazetteer(INCLUDE / "gazetteer"))
    assert [(j.values["network_id"], j.values["place_id"], j.values["verdict"]) for j in judgements.memberships] == [
        ("intercultural_cities", CRAIOVA, "left")
    ]
    assert all(j.values["evidence_url"].startswith("http") for j in judgements.memberships)
