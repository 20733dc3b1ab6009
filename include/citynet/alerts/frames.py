"""The sentences around what is told, in the languages that a subscriber may choose; names of cities and networks stay as they are."""

from collections.abc import Mapping

LANGUAGES = ("en", "de", "fr")

FRAMES: Mapping[str, Mapping[str, str]] = {
    "title": {
        "en": "City Network Monitor: membership changes, release {release}",
        "de": "City Network Monitor: Änderungen bei Mitgliedschaften, Ausgabe {release}",
        "fr": "City Network Monitor : changements d'adhésion, édition {release}",
    },
    "head": {
        "en": "Changes of membership told here: {n}. Sent by the City Network Monitor at {site}.",
        "de": "Änderungen bei Mitgliedschaften in dieser Nachricht: {n}. Gesendet vom City Network Monitor unter {site}.",
        "fr": "Changements d'adhésion dans ce message : {n}. Envoyé par le City Network Monitor, {site}.",
    },
    "no_site": {
        "en": "an installation without a public address",
        "de": "einer Installation ohne öffentliche Adresse",
        "fr": "une installation sans adresse publique",
    },
    "joined": {"en": "joined", "de": "ist beigetreten", "fr": "a adhéré"},
    "left": {"en": "left", "de": "ist ausgetreten", "fr": "a quitté le réseau"},
    "rejoined": {"en": "joined again", "de": "ist wieder beigetreten", "fr": "a adhéré de nouveau"},
    "tie_changed": {"en": "changed its tie", "de": "hat die Art der Bindung geändert", "fr": "a changé de statut"},
    "tie_changed_from": {
        "en": "changed its tie: {after}, before: {before}",
        "de": "hat die Art der Bindung geändert: {after}, vorher: {before}",
        "fr": "a changé de statut : {after}, auparavant : {before}",
    },
    "tie_full": {"en": "full member", "de": "Vollmitglied", "fr": "membre à part entière"},
    "tie_associate": {"en": "associate member", "de": "assoziiertes Mitglied", "fr": "membre associé"},
    "tie_partner": {"en": "partner", "de": "Partner", "fr": "partenaire"},
    "tie_signatory": {"en": "signatory", "de": "Unterzeichner", "fr": "signataire"},
    "tie_project_partner": {"en": "partner in a project", "de": "Partner in einem Projekt", "fr": "partenaire d'un projet"},
    "tie_board_seat": {"en": "seat on a board", "de": "Sitz in einem Gremium", "fr": "siège dans une instance"},
    "tie_awarded": {"en": "awarded", "de": "ausgezeichnet", "fr": "lauréat"},
    "tie_observer": {"en": "observer", "de": "Beobachter", "fr": "observateur"},
    "tie_candidate": {"en": "candidate", "de": "Kandidat", "fr": "candidat"},
    "tie_honorary": {"en": "honorary member", "de": "Ehrenmitglied", "fr": "membre d'honneur"},
    "tie_former": {"en": "former member", "de": "ehemaliges Mitglied", "fr": "ancien membre"},
    "tie_unknown": {"en": "not stated", "de": "nicht angegeben", "fr": "non précisé"},
    "on_hold": {"en": "was put on hold", "de": "ruht als Mitglied", "fr": "a été suspendue"},
    "resumed": {"en": "is no longer on hold", "de": "ruht nicht mehr als Mitglied", "fr": "n'est plus suspendue"},
    "when_printed": {"en": "on {printed} (as printed)", "de": "am {printed} (wie gedruckt)", "fr": "le {printed} (date imprimée)"},
    "when_same_day": {
        "en": "on {latest} (two lists of that day)",
        "de": "am {latest} (zwei Listen dieses Tages)",
        "fr": "le {latest} (deux listes de ce jour)",
    },
    "when_between": {
        "en": "between {earliest} and {latest} (dates of the lists)",
        "de": "zwischen {earliest} und {latest} (Daten der Listen)",
        "fr": "entre {earliest} et {latest} (dates des listes)",
    },
    "when_by": {"en": "by {latest}", "de": "spätestens am {latest}", "fr": "au plus tard le {latest}"},
    "sure_printed": {
        "en": "How sure: printed by the network.",
        "de": "Wie sicher: vom Netzwerk selbst so veröffentlicht.",
        "fr": "Degré de certitude : publié par le réseau lui-même.",
    },
    "sure_lists": {
        "en": "How sure: seen between two complete lists.",
        "de": "Wie sicher: zwischen zwei vollständigen Listen festgestellt.",
        "fr": "Degré de certitude : constaté entre deux listes complètes.",
    },
    "sure_absent": {
        "en": "How sure: absent from {absences} complete lists since {latest}; the network prints no statement.",
        "de": "Wie sicher: fehlt seit {latest} auf {absences} vollständigen Listen; eine Erklärung des Netzwerks gibt es nicht.",
        "fr": "Degré de certitude : absente de {absences} listes complètes depuis le {latest} ; le réseau n'a rien déclaré.",
    },
    "sure_judgement": {
        "en": "How sure: decided by a person; the reason stands in the release.",
        "de": "Wie sicher: von einer Person entschieden; die Begründung steht in der Ausgabe.",
        "fr": "Degré de certitude : décidé par une personne ; le motif figure dans l'édition.",
    },
    "sure_marked": {
        "en": "How sure: as the network marks it on its list.",
        "de": "Wie sicher: so vom Netzwerk auf seiner Liste vermerkt.",
        "fr": "Degré de certitude : signalé ainsi par le réseau sur sa liste.",
    },
    "several": {"en": "several", "de": "mehreren", "fr": "plusieurs"},
    "number": {
        "en": "{ordinal} change of this network in {year}.",
        "de": "{ordinal} Änderung dieses Netzwerks im Jahr {year}.",
        "fr": "{ordinal} changement de ce réseau en {year}.",
    },
    "evidence": {"en": "Evidence: {link}", "de": "Beleg: {link}", "fr": "Source : {link}"},
    "evidence_page": {
        "en": "release {release}, page of changes, {network}",
        "de": "Ausgabe {release}, Seite der Änderungen, {network}",
        "fr": "édition {release}, page des changements, {network}",
    },
    "mass": {
        "en": "{n} changes at once ({counts}){when}, among them {some}.",
        "de": "{n} Änderungen auf einmal ({counts}){when}, darunter {some}.",
        "fr": "{n} changements à la fois ({counts}){when}, dont {some}.",
    },
    "mass_number": {
        "en": "With these, {n} changes of this network in {year}.",
        "de": "Damit sind es {n} Änderungen dieses Netzwerks im Jahr {year}.",
        "fr": "Cela fait {n} changements de ce réseau en {year}.",
    },
    "mass_others": {
        "en": "The others stand with their ids behind the link.",
        "de": "Die übrigen stehen mit ihren Kennungen hinter dem Verweis.",
        "fr": "Les autres figurent avec leurs identifiants derrière le lien.",
    },
    "dispute": {
        "en": "Something wrong? Write to {contact} with the id in brackets; each claim is answered within 14 days.",
        "de": "Stimmt etwas nicht? Schreiben Sie mit der Kennung in Klammern an {contact}; die Antwort kommt binnen 14 Tagen.",
        "fr": "Une erreur ? Écrivez à {contact} en citant l'identifiant entre crochets ; une réponse suit sous 14 jours.",
    },
    "leave": {
        "en": "To leave, write to {contact}: leave {subscription}. Your address is then erased.",
        "de": "Zum Abbestellen schreiben Sie an {contact}: abbestellen {subscription}. Ihre Adresse wird dann gelöscht.",
        "fr": "Pour vous désabonner, écrivez à {contact} : désabonner {subscription}. Votre adresse est alors effacée.",
    },
    "leave_contact": {
        "en": "Not to be written to again, write to {contact}: no messages. Your address is then erased.",
        "de": "Wenn Sie keine Nachrichten mehr wünschen, schreiben Sie an {contact}: keine Nachrichten. Ihre Adresse wird dann gelöscht.",
        "fr": "Pour ne plus recevoir de messages, écrivez à {contact} : plus de messages. Votre adresse est alors effacée.",
    },
    "no_contact": {"en": "whoever set up this channel", "de": "die Betreiber dieses Kanals", "fr": "l'exploitant de ce canal"},
    "message": {"en": "Message {id}", "de": "Nachricht {id}", "fr": "Message {id}"},
    "correction_title": {
        "en": "City Network Monitor: correction, release {release}",
        "de": "City Network Monitor: Berichtigung, Ausgabe {release}",
        "fr": "City Network Monitor : rectification, édition {release}",
    },
    "correction_head": {
        "en": "Correction. What the City Network Monitor at {site} told you below does not stand:",
        "de": "Berichtigung. Was der City Network Monitor unter {site} Ihnen mitgeteilt hat, gilt so nicht:",
        "fr": "Rectification. Ce que le City Network Monitor, {site}, vous a annoncé n'est plus valable :",
    },
    "stands_title": {
        "en": "City Network Monitor: a correction taken back, release {release}",
        "de": "City Network Monitor: eine Berichtigung ist zurückgenommen, Ausgabe {release}",
        "fr": "City Network Monitor : une rectification est annulée, édition {release}",
    },
    "stands_head": {
        "en": "A correction is taken back. What the City Network Monitor at {site} first told you stands after all:",
        "de": "Eine Berichtigung ist zurückgenommen. Was der City Network Monitor unter {site} Ihnen zuerst mitgeteilt hat, gilt doch:",
        "fr": "Une rectification est annulée. Ce que le City Network Monitor, {site}, vous avait d'abord annoncé reste valable :",
    },
    "why_stands": {
        "en": "What spoke against it no longer does; the release shows it.",
        "de": "Was dagegen sprach, gilt nicht mehr; die Ausgabe zeigt es.",
        "fr": "Ce qui s'y opposait ne tient plus ; l'édition le montre.",
    },
    "not_reached": {
        "en": "Those concerned could not be asked: no message to them has been taken since {day}.",
        "de": "Die Betroffenen konnten nicht gefragt werden: seit dem {day} wurde keine Nachricht an sie angenommen.",
        "fr": "Les intéressés n'ont pas pu être interrogés : aucun message ne leur est parvenu depuis le {day}.",
    },
    "told_on": {"en": "Told on {day}.", "de": "Mitgeteilt am {day}.", "fr": "Annoncé le {day}."},
    "why_corrected": {
        "en": "Our record was corrected; the release shows how.",
        "de": "Unser Datensatz wurde berichtigt; die Ausgabe zeigt, wie.",
        "fr": "Notre enregistrement a été corrigé ; l'édition montre comment.",
    },
    "instead_lists": {
        "en": "On {day} a person decided anew which of its lists to believe, and they do not show it.",
        "de": "Am {day} hat eine Person neu entschieden, welche Listen gelten; diese zeigen es nicht.",
        "fr": "Le {day}, une personne a redéfini quelles listes font foi ; elles ne le montrent pas.",
    },
    "instead_member": {
        "en": "It had not left.",
        "de": "Die Mitgliedschaft hatte nicht geendet.",
        "fr": "L'adhésion n'avait pas pris fin.",
    },
    "instead_shown": {
        "en": "The list of {day} shows it.",
        "de": "Die Liste vom {day} führt sie auf.",
        "fr": "La liste du {day} la mentionne.",
    },
    "instead_place": {
        "en": "The printed name means {place}.",
        "de": "Der gedruckte Name meint {place}.",
        "fr": "Le nom imprimé désigne {place}.",
    },
    "instead_no_place": {
        "en": "Which place the printed name means is not known.",
        "de": "Welchen Ort der gedruckte Name meint, ist nicht bekannt.",
        "fr": "On ne sait pas quel lieu désigne le nom imprimé.",
    },
    "instead_merged": {
        "en": "It was merged into {place}; nobody left.",
        "de": "Die Körperschaft ging in {place} auf; niemand ist ausgetreten.",
        "fr": "Elle a fusionné avec {place} ; personne n'a quitté le réseau.",
    },
    "instead_heir": {
        "en": "Its membership goes on from that of {place}; nobody joined.",
        "de": "Sie setzt die Mitgliedschaft von {place} fort; niemand ist beigetreten.",
        "fr": "Elle poursuit l'adhésion de {place} ; personne n'a adhéré.",
    },
    "instead_split": {
        "en": "It was split into other bodies; nobody left.",
        "de": "Die Körperschaft wurde aufgeteilt; niemand ist ausgetreten.",
        "fr": "Elle a été divisée ; personne n'a quitté le réseau.",
    },
    "why_upheld": {
        "en": "A claim that it is wrong was upheld.",
        "de": "Einer Einwendung dagegen wurde stattgegeben.",
        "fr": "Une réclamation a été admise.",
    },
    "why_withdrawn": {
        "en": "An entry was withdrawn and is not named again; please delete our message.",
        "de": "Ein Eintrag wurde zurückgezogen und wird nicht mehr genannt; bitte löschen Sie unsere Nachricht.",
        "fr": "Une entrée a été retirée et n'est plus nommée ; veuillez supprimer notre message.",
    },
    "reply_title": {
        "en": "City Network Monitor: not on the list any more? Your reply by the end of {until}",
        "de": "City Network Monitor: nicht mehr auf der Liste? Ihre Antwort bis einschließlich {until}",
        "fr": "City Network Monitor : plus sur la liste ? Votre réponse jusqu'au {until} inclus",
    },
    "reply_head": {
        "en": "After {until} the City Network Monitor at {site} will tell its subscribers what follows. Is it right?",
        "de": "Nach dem {until} wird der City Network Monitor unter {site} mitteilen, was folgt. Ist das richtig?",
        "fr": "Après le {until}, le City Network Monitor, {site}, annoncera ce qui suit. Est-ce exact ?",
    },
    "reply_how": {
        "en": "Write to {contact} with the id in brackets. Your reply is published with the row; until it is answered nothing is told.",
        "de": "Schreiben Sie mit der Kennung in Klammern an {contact}. Ihre Antwort wird beim Eintrag veröffentlicht; "
        "bis sie bearbeitet ist, wird nichts mitgeteilt.",
        "fr": "Écrivez à {contact} en citant l'identifiant entre crochets. Votre réponse est publiée avec l'entrée ; "
        "rien n'est annoncé avant son examen.",
    },
    "confirm_title": {
        "en": "City Network Monitor: confirm your subscription",
        "de": "City Network Monitor: bitte Abonnement bestätigen",
        "fr": "City Network Monitor : confirmez votre abonnement",
    },
    "confirm_body": {
        "en": "Somebody asked the City Network Monitor at {site} to send alerts to this address. To agree, write to {contact}: "
        "confirm {subscription} {token}. Without an answer nothing is ever sent, and you can leave at any time.",
        "de": "Jemand hat den City Network Monitor unter {site} gebeten, Meldungen an diese Adresse zu senden. "
        "Zum Zustimmen schreiben Sie an {contact}: bestätigen {subscription} {token}. "
        "Ohne Antwort wird nie etwas gesendet; abbestellen können Sie jederzeit.",
        "fr": "Quelqu'un a demandé au City Network Monitor, {site}, d'envoyer des alertes à cette adresse. "
        "Pour accepter, écrivez à {contact} : confirmer {subscription} {token}. "
        "Sans réponse, rien ne sera envoyé ; vous pouvez vous désabonner à tout moment.",
    },
}
"""Sentence -> language -> text."""


def sentence(name: str, language: str, **values: object) -> str:
    """A sentence of the table with its values filled in; KeyError for one that the table lacks."""
    return FRAMES[name][language].format(**values)


def ordinal(number: int, language: str) -> str:
    """The number as an ordinal: 3rd, 3., 3e."""
    if language == "de":
        return f"{number}."
    if language == "fr":
        return f"{number}{'er' if number == 1 else 'e'}"
    ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"
