"""Words in headings, titles and class names that announce a list of members, or a list of something else.

Observed on the membership pages of some fifty networks and their sites (2009 to 2025) in the languages of Europe; whole
words or beginnings of words, compared without accents and case.
"""

import re
from functools import lru_cache

from anyascii import anyascii


def words(written: str) -> frozenset[str]:
    """The words of a long string."""
    return frozenset(written.split())


def _beginning(written: str) -> re.Pattern[str]:
    """Matches `bare` texts of which a word begins with one of these; one that ends in "_" is a whole word, or words in a row."""
    return re.compile("_(?:" + "|".join(sorted(written.split())) + ")")


_WITHIN = re.compile("versammlung|rangliste|kalender|reisen_|wetter_|nachricht|stellenangebot|preistrager|statistik|portrat|portret|antrag")
"""Second halves of German compounds that speak of something else ("Mitgliederversammlung", "Wochenendreisen", "Aufnahmeanträge")."""
_PROJECT = "(?:project|projekt|projet|proyecto|progett|projeto)"
_PARTNER = "(?:partner|parten|parceir|soci[ao]s_|asociad)"
_OF_A_PROJECT = re.compile(
    rf"_{_PROJECT}\w*_{_PARTNER}|_{_PARTNER}\w*_{_PROJECT}"
    r"|_pro[jy]e[ck]t_?(?:cities|towns|municipalities|stadte|kommunen|steden|gemeenten)_"
    r"|_(?:villes|communes|ciudades|municipios|citta|comuni|miasta|gminy|cidades)_(?:du_|del_|do_)?(?:projet|proyecto|progetto|projektu|projeto)_"
)
"""Words for the cities of one project of a network ("Project ARRIVE: partner cities"), which are some of its members and strangers."""


_MEMBERS = _beginning(
    "member signator adheren adhesion mitglied unterzeichn membre adhere signataire miembro firmante adherid socio_ socios_ socia_ socias_"
    " soci_ socie_ membri_ aderent"
    " firmatari czlonk sygnatariusz leden lidsteden deelnem aangeslot medlem jasen membro aderente clen tagok tagvaros tagjai uye chlen"
    " uchastn membru nariai biedri liikmed anetar melh participating beteiligte teilnehm participant partecip uczestnic bierze_udzial"
    " biora_udzial quienes_forman signed signee wer_dabei"
    " wer_macht_mit macht_mit machen_mit fait_partie font_partie forma_parte fa_parte fanno_parte jest_z_nami part_of_it"
    " takes_part take_part taking_part belong participe_ participent forman_parte nalez gehort nalezy kidesi ehdr clanice"
    " clanovi clanica zclen observer observateur observador beobacht osservator obserwator"
    # as people say it
    " committed_ engagierte_ engages_ engagees_ impegnate_ impegnati_ comprometidas_ comprometidos_ zaangazowan our_cities our_towns"
    " our_municipalit our_communit our_local_auth our_regions our_family joined_us have_joined with_us"
    " unsere_stadte unsere_kommunen unsere_gemeinden unsere_familie dabei_"
    " angeschloss beigetreten mitwirkend mitmach nos_villes nos_communes nos_collectiv notre_famille"
    " ont_rejoint qui_participe le_nostre_citta"
    " i_nostri_comuni nostra_famiglia aderisc aderit nuestras_ciudades nuestros_municipios"
    " nuestros_ayunt nuestra_familia sumado_ nasze_miasta nasze_gminy nasza_rodzina sa_z_nami dolaczyl przystapil"
    " onze_steden onze_gemeenten doen_mee doet_mee fazem_parte aderiram nossas_cidades"
)
_LOST = _beginning(
    "no_longer not_any_more have_ended has_ended ended_ expired_ resigned_ lapsed_ terminated_ left_in_ left_us_ left_the_ who_left_"
    " that_left_ have_left_ has_left_ nicht_mehr ausgetret ausgeschied austritt beendet ne_sont_plus n_est_plus ne_font_plus sorties_"
    " ont_quitte ya_no_ han_dejado dado_de_baja bajas_ non_piu usciti_ uscite_ cessat juz_nie wystapil niet_meer uitgetred nao_sao_mais"
    " deixaram"
)
"""Words that say that a membership is over."""
_WHOLE = re.compile(
    r"_(?:members|member_(?:cit|town|munic|commun|local|auth|council|organi)\w*|mitglieder[ns]?|mitglieds(?:stadte|kommunen|gemeinden)n?|membres"
    r"|miembros|socios|soci|membri|membros|czlonkow|czlonkowie|leden|signatories|firmantes|signataires|unterzeichner|aderenti)_"
)
"""Members as bodies, not as what qualifies something else ("member area", "Mitgliedsbeitrag")."""
_ATTRIBUTE = re.compile(
    r"_(?:address|adress|anschrift|coordonne|direccion|indirizz|adres|enderec|contact|kontakt|contatt|fee|beitrag|beitrage|cuota|quota|skladk|cotis"
    r"|statistic|statistik|population|einwohner|poblacion|popolazione|ludnosc)[a-z]*(?=_)"
)
"""What a list of members may tell of each of them ("Addresses of our members")."""
_GOVERNED = re.compile(
    r"_(?:by|per|in|for|from|to|nach|pro|je|fur|aus|par|pour|dans|por|para|segun|secondo|dla|wedlug|na|w|voor|uit)_(?:(?:the|our|all|your|each|every"
    r"|den|die|der|unsere|unseren|alle|les|nos|chaque|las|los|nuestros|nuestras|cada|le|i|ogni|nasze|naszych|de|onze|alle)_)?"
    r"(?:cit(?:y|ies)|towns?|municipalit\w*|stadt|stadten?|kommunen?|gemeinden?|villes?|communes?|ciudad(?:es)?|municipios?|citta|comun[ei]|miast\w*"
    r"|gmin\w*|sted\w*|gemeenten?|members|mitglieder|membres|miembros|socios|soci|membri|czlonkow|leden)(?=_)"
)
"""Cities or members as what something else is ordered by or meant for ("Places by municipality", "Services for members")."""
_CITIES = _beginning(
    "city cities town municipalit network local_authorit council commun stadt stadte kommune gemeinde netzwerk ville reseau collectivit"
    " ciudad municip red ayuntamiento citta comuni rete enti_ miast gmin siec steden gemeenten netwerk stader kaupung verkosto cidade"
    " rede mest obci sehir belediye goroda misto gorod oras partner partnership haven hafen harbour refuge alliance coalition join region"
    " lokalne_ lokale_verwaltung signer supporter"
)
_OTHER = _beginning(
    # news, dates and travel
    "news aktuell nachricht actualit noticia notizie aktualnos nieuws nyhet uutis event veranstalt evenement evento wydarzen calendar"
    " calendrier kalend termin_ termine_ terminy_ terminar terminkal rendez agenda_ assembl asamblea zgromadz schedule timetable fahrplan"
    " rozklad horaire horario orari"
    " departure abfahrt"
    " arrivals tour_dates tournee tournee concert festival fair_ messe_ exhibition ausstellung expo weather wetter_ wetterber wetterkart"
    " wettervor meteo pogoda tiempo"
    " clima forecast temperat travel reise voyage viaje viagg podroz flight flug vol_ vols_ vuelo volo_ voli_ loty train_ trains_ zug_"
    " zuge tren_ trenes_ treno_ treni_ pociag ticket hotel restaurant tourist turyst excursion ausflug ausfluge wochenend weekend week_end"
    " fine_settimana fin_de_semana fim_de_semana gite_ gita_"
    " wycieczk how_to_get directions anfahrt itinera time_zone zeitzon world_clock uhrzeit"
    # offices, people and work
    " office buro buero bureau oficina uffici biuro_ biura_ kontakt contact contatt address adress sede_ sedi_ siege_ standort niederlass"
    " filial secretari sekretari segreter geschaftsstell"
    " branch store shop team_ zespol mitarbeit collaborat pracowni kierownik asystent assistant staff_ personal_ personnel equipe"
    " equipo board_ vorstand committee ausschuss comite comitat zarzad bestuur"
    " styrelse hallitus presid steering executive governing leadership fuhrung directie job_ jobs_ stelle_ stellen_(?!sich) stellenan"
    " emploi empleo lavor praca pracy"
    " oferty vacanc career karriere alumni speaker redner intervenant ponente relator prelegen"
    # others than members of today
    " former ehemalig ancien antiguo_ antiguos_ antiguas_ ex_ byli_ byly_ byle_ voormalig tidigare entinen past_ withdrawn candidat"
    " kandidat applicat applicant antrag"
    " bewerb wniosk solicitud domanda domande demandes_ pending waiting interested related verwandt befreundet zaprzyjaz bevriend amiche_"
    " amis_ amigas_ afines_ links_ liens enlaces collegament"
    " sponsor funder forder geldgeber finanz supported_by soutien soutenu financeur bailleur finanziat apoyan con_el_apoyo wspieraj"
    " unterstutz gefordert donor_ donors_ fundator financiad financier_ associated_organi supporting partner_organi project_partner"
    " associate_business business company companies unternehm visited besucht visitado visitat visits_ visites_ visite_ visitas_ odwiedz"
    " study_visit study_tour studienreis"
    " studienbesuch studienfahrt wizyty_ wizyt_ studiebezoek werkbezoek bezoeken_ guide guia_ guias_ guida"
    " przewodnik twin partnerstadt jumelage gemell hermanad"
    # things to read
    " portrait portret ritratt retrato portrat testimon temoign parole_ paroles_ voices_ stimmen quote opini meinung say_ speak_ sagen"
    " dicen dicono disent story stories geschicht histoires"
    " historias"
    " storie press_ presse_ pressem pressesp pressesc media_ publication publikac pubblicaz publicac report bericht rapport informe"
    " library bibliothek blog article"
    " posts_ recent_post archive archiv tag_ tags_ tagcloud tag_cloud schlagw keyword gallery galerie galeria galleria photo picture"
    " bilder fotos images video podcast newsletter"
    " workshop conference konferenz seminar webinar training course kurs_ kurse award preis_ preise_ prix_ premio nagrod winner_ winners_"
    " gewinner laureat"
    " ranking rangliste classifica clasifica classement zestawienie top_ air_quality luftqualitat qualite_de_l_air largest biggest"
    " grosste statistic statistik population_of population_by population_in population_des population_par"
    " einwohnerzahl poblacion_ popolazione_ ludnosc_ residents_by fee_ fees_ beitrag cuota_ cuotas_ quota_ skladk cotis rents mieten price"
    " ergebnis"
    " score league liga_"
    # ways in, for members and for those who want to be
    " become_a_ become_member mitglied_werden werden_sie devenir_ devenez_ diventa_ diventare_ hazte_ zostan_ lid_worden how_to_join"
    " members_area member_area member_login mitgliederbereich espace_membre espace_adherent colabora area_soci area_riservata"
    " area_de_socios"
    " strefa_czlonk open_data donnees daten_ datos_ dane_ city_break holiday urlaub vacanz vacacion wakacj sejour agences_ agenzie_"
    " agencias_ dates_ proxim prochain prossim nachste_ najbliz kommende_ direttiv directiv_ junta_ coordinators koordinator"
    " coordinateur coordinador coordinator"
    # parts of a site
    " language sprache langue idioma lingua jezyk similar share_ social follow_ folgen cookie privacy datenschutz impress legal login"
    " log_in sign_in anmeld connexion iniciar accedi zaloguj footer breadcrumb sidebar widget sitemap search_result suchergebnis"
    " not_found error_ fehler erreur latest recent_ neueste_nach derniere ultim upcoming popular delivery podobn wspolprac office_hours"
)
_CONTROLS = re.compile(
    r"^_(?:filter|filtr\w*|sort|search|suche|recherche|buscar|cerca|szukaj|select|choose|wahlen|choisir|elegir|scegli|wybierz|show|view|choisissez|elige|elija|seleccion\w*|selection\w*|selezion\w*|auswahl\w*|bitte|please)_"
    r"|^_(?:all|any|alle|tous_les|todos_los|tutti_i|wszystkie)_(?:countries|country|lander|pays|paises|paesi|kraje)_$"
)
_SEARCHED = re.compile(
    r"_(?:search_results?|results?_(?:for|of_the_search)|suchergebnis\w*|resultats?_de_(?:la_)?recherche|resultados_de_(?:la_)?busqueda|risultati_(?:di|della)_ricerca|wyniki_wyszukiwania|zoekresultaten)_"
)
"""Titles of what a search has found."""
_REGIONS = re.compile(
    r"^_(?:(?:the|north\w*|south\w*|east\w*|west\w*|central|eastern|nord\w*|sud\w*|sued\w*|ost\w*|oest\w*|est|ouest|mittel\w*|zentral\w*"
    r"|norte|sur|este|oeste|centro|wschod\w*|zachod\w*|polnoc\w*|poludni\w*|srodkow\w*|and|und|et|y|e|i|de|del|du|la|l|of|rest|latin"
    r"|lateinamerika|latina|latine|middle|near|mediterran\w*|baltic|baltikum|nordic|benelux|balkan\w*|iberia\w*|scandinavia|skandinavien"
    r"|caribbean|pacific|oceania|ozeanien|oceanie|asia|asien|asie|azja|africa|afrika|afrique|afryka|america\w*|amerika|amerique|ameryka"
    r"|europ\w*|world|welt|monde|international|eu|non|arab\w*|states|region\w*|all|alle|tous|toutes|todos|todas|tutti|tutte|wszystkie"
    r"|other|andere|autres|otros|altri|inne|[a-z]|\d+)_)+$"
)
"""Headings that part a list by regions of the world, letters or numbers."""
_NEW = re.compile(
    r"_(?:new|newest|neue|neu|neuest\w*|nouve\w*|nuov\w*|nuev\w*|now[iey]|nieuw\w*|nya|nye|nov[eéai]\w*|map|karte|carte|mapa|mappa|kaart"
    r"|kart)_"
)
"""Words that announce only some of the members."""
_OTHER_COLUMN = re.compile(
    r"_(?:event|events|venue|start|starts|start_date|end_date|begins|doors|ticket|tickets|temperature|temp|forecast|humidity|wind|job"
    r"|employer|salary|price|rent|departure|departs|arrival|arrives|gate|platform|track|flight|train|artist|support_act|winner|prize"
    r"|hotel|opening_hours|opens|utc|gmt|offset|local_time|score|points|goals|rank|change|change_percent|anderung|variation|variacion"
    r"|variazione|zmiana|veranstaltung|beginn|uhrzeit|ort_und_zeit|abfahrt|ankunft|gleis|preis|temperatur|wetter|evenement|lieu|heure"
    r"|horaire|depart|arrivee|prix|temperature_actuelle|meteo|evento|hora|salida|llegada|precio|temperatura|tiempo|orario|partenza"
    r"|arrivo|prezzo|wydarzenie|godzina|odjazd|przyjazd|cena|pogoda|datum_und_ort|speaker|session)_|^_(?:when|time)_$"
)
"""Headers of columns, and keys of data, beside which a city is the place of something and no member."""
_LABELS = words(
    "name names member members city cities country countries state states municipality town since year joined website web link"
    " mitglied mitglieder stadt stadte land lander staat seit jahr webseite"
    " nom membre membres ville villes pays depuis annee site nome membro socio soci citta comune paese paesi dal anno sito"
    " nombre miembro miembros socios ciudad ciudades municipio pais paises desde ano nazwa czlonek miasto gmina kraj kraje od rok strona"
)
"""Headers of columns where a list is drawn as a table without being one."""
_BARE = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=100_000)
def bare(text: str) -> str:
    """The text in small ASCII letters, its words parted by single underscores, one at each end."""
    split = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    return "_" + _BARE.sub("_", anyascii(split).lower()).strip("_") + "_"


def is_over(text: str) -> bool:
    """Whether the words say that memberships are over ("no longer members")."""
    return bool(_LOST.search(bare(text)))


def is_of_something_else(label: str) -> bool:
    """Whether the header of a column tells that its rows are events, journeys, offers or measurements."""
    return bool(_OTHER_COLUMN.search(bare(label)))


def is_label(text: str) -> bool:
    """Whether the text is the header of a column, and no name."""
    return bare(text).strip("_") in _LABELS


def is_part(text: str) -> bool:
    """Whether the words announce only some of the members: new ones, or those on a map."""
    return bool(_NEW.search(bare(text)))


def is_division(text: str) -> bool:
    """Whether the words only part a list: by a region of the world, a letter, a number, or all and the rest."""
    return bool(_REGIONS.match(bare(text)))


def is_control(text: str) -> bool:
    """Whether the words stand over a control of the page (a filter), and say nothing of what follows."""
    return bool(_CONTROLS.search(bare(text)))


@lru_cache(maxsize=50_000)
def cue(text: str) -> int:
    """2 where the words announce members, 1 where they speak of cities or a network, -1 of something else, 0 of neither.

    1 also for some of the members (new ones, those on a map). Something else prevails over cities ("City news") and over
    members ("Former members", "Become a member: fees").
    """
    said = bare(text).replace("_on_board_", "_takes_part_")
    if _SEARCHED.search(said):
        return -1
    if _CONTROLS.search(said):
        return 0
    if _WHOLE.search(said):
        said = _ATTRIBUTE.sub("", said)
    if _LOST.search(said) or _OTHER.search(said) or _WITHIN.search(said) or _OF_A_PROJECT.search(said):
        return -1
    said = _GOVERNED.sub("", said)
    if _MEMBERS.search(said):
        return 1 if is_part(text) else 2
    return 1 if _CITIES.search(said) else 0
