"""What walls, error pages and injected spam say of themselves, in the languages of the networks' sites; all in lower case."""

BOT_WALL = (
    *("just a moment", "attention required", "access denied", "access to this page has been denied", "checking your browser"),
    *("verify you are human", "verifying you are human", "are you a robot", "are you human", "i am not a robot", "human verification"),
    *(
        "pardon our interruption",
        "request unsuccessful. incapsula",
        "ddos protection",
        "security check",
        "performing security verification",
    ),
    *(
        "one more step",
        "the request could not be satisfied",
        "403 forbidden",
        "429 too many requests",
        "request rejected",
        "you have been blocked",
    ),
    *("zugriff verweigert", "zugang verweigert", "accès refusé", "accès interdit", "acceso denegado", "accesso negato", "acesso negado"),
    *("toegang geweigerd", "odmowa dostępu", "åtkomst nekad", "adgang nægtet", "доступ запрещен", "доступ заборонено", "erişim engellendi"),
)
MAINTENANCE = (
    *("maintenance", "wartungsarbeiten", "wartungsmodus", "wartung", "be right back", "we'll be back", "we will be back", "back soon"),
    *("coming soon", "under construction", "temporarily unavailable", "service unavailable", "internal server error", "bad gateway"),
    *(
        "en mantenimiento",
        "em manutenção",
        "in manutenzione",
        "manutenzione in corso",
        "onderhoud",
        "prace konserwacyjne",
        "przerwa techniczna",
    ),
    *("underhåll", "vedligeholdelse", "vedlikehold", "huoltokatko", "údržba", "karbantartás", "mentenanță", "bakım", "συντήρηση"),
    *("технические работы", "технічні роботи", "error establishing a database connection", "site en travaux", "bald wieder da"),
)
NOT_FOUND = (
    *("404", "page not found", "not found", "page cannot be found", "page can't be found", "page doesn't exist", "page does not exist"),
    *("seite nicht gefunden", "seite wurde nicht gefunden", "page introuvable", "page non trouvée", "página no encontrada"),
    *("pagina non trovata", "página não encontrada", "pagina niet gevonden", "nie znaleziono strony", "strona nie została znaleziona"),
    *("sidan hittades inte", "sidan kunde inte hittas", "siden blev ikke fundet", "siden ble ikke funnet", "sivua ei löydy"),
    *("stránka nenalezena", "stránka sa nenašla", "az oldal nem található", "pagina nu a fost găsită", "sayfa bulunamadı"),
    *("η σελίδα δεν βρέθηκε", "страница не найдена", "сторінку не знайдено"),
)
ABOUT_ERRORS = frozenset(
    (
        *(
            "error",
            "erreur",
            "fehler",
            "errore",
            "fout",
            "fel",
            "feil",
            "http",
            "status",
            "code",
            "oops",
            "sorry",
            "the",
            "this",
            "our",
            "we",
        ),
        *("site", "website", "page", "seite", "sitio", "sito", "página", "pagina", "server", "is", "are", "currently", "down", "mode"),
        *("scheduled", "planned", "briefly", "unavailable", "for", "under", "undergoing", "in", "progress", "en", "em", "im", "work"),
        *("geplante", "not", "found", "cours", "temporarily", "routine"),
    )
)
"""Words that stand beside a single word such as 404 or maintenance in the heading of an error page."""
LOGIN = (
    *("log in", "login", "sign in", "sign-in", "log on", "members only", "member login", "anmelden", "anmeldung", "einloggen"),
    *(
        "connexion",
        "se connecter",
        "s'identifier",
        "iniciar sesión",
        "acceder",
        "accedi",
        "iniciar sessão",
        "entrar",
        "inloggen",
        "aanmelden",
    ),
    *("zaloguj", "logowanie", "logga in", "log ind", "logg inn", "kirjaudu", "přihlášení", "přihlásit", "bejelentkezés", "autentificare"),
    *("giriş yap", "oturum aç", "σύνδεση", "вход", "вхід", "увійти", "войти"),
)
CONSENT = (
    *("cookie", "cookies", "consent", "gdpr", "we value your privacy", "your privacy", "our partners", "legitimate interest", "vendors"),
    *("accept all", "reject all", "accept and continue", "i accept", "i agree", "manage preferences", "manage options", "privacy settings"),
    *("einwilligung", "zustimmen", "zustimmung", "alle akzeptieren", "alles akzeptieren", "alle ablehnen", "datenschutz", "privatsphäre"),
    *("tout accepter", "tout refuser", "consentement", "vie privée", "nos partenaires", "continuer sans accepter"),
    *("aceptar todo", "aceptar todas", "rechazar todo", "consentimiento", "privacidad", "accetta tutto", "accetta e continua", "rifiuta"),
    *("consenso", "aceitar tudo", "consentimento", "alles accepteren", "toestemming", "zaakceptuj", "akceptuję", "zgoda", "ciasteczka"),
    *("godkänn", "samtycke", "accepter alle", "samtykke", "godta alle", "hyväksy", "evästeet", "souhlas", "elfogadom", "sütik", "acceptă"),
    *("çerez", "kabul et", "αποδοχή", "συγκατάθεση", "согласие", "принять все", "згода"),
)
BUTTONS = (
    *("accept", "agree", "reject", "decline", "allow all", "got it", "akzeptieren", "zustimmen", "ablehnen", "einverstanden"),
    *("accepter", "refuser", "aceptar", "rechazar", "accetta", "rifiuta", "aceitar", "rejeitar", "accepteren", "weigeren", "zaakceptuj"),
    *("akceptuj", "zgadzam", "godkänn", "tillåt", "godta", "avvis", "hyväksy", "souhlasím", "přijmout", "elfogad", "accept", "kabul"),
    *("αποδοχή", "принять", "согласен", "прийняти", "погоджуюсь"),
)
"""Words on the button of a consent dialogue."""

STRONG_SPAM = frozenset(
    (
        *("travesti", "travestileri", "escort", "escorts", "eskort", "viagra", "cialis", "levitra", "kamagra", "tadalafil", "sildenafil"),
        *(
            "porn",
            "porno",
            "sikiş",
            "xxx",
            "hacklink",
            "backlink",
            "backlinks",
            "togel",
            "gacor",
            "bahis",
            "casibom",
            "jojobet",
            "holiganbet",
        ),
        *("1xbet", "mostbet", "melbet", "deneme bonusu", "canlı bahis", "slot gacor", "situs judi", "judi", "sbobet", "payday", "onlyfans"),
        *("replica", "rolex", "modafinil", "tramadol", "phentermine", "pinup", "kumar", "freebet"),
    )
)
WEAK_SPAM = frozenset(
    (
        "casino",
        "casinos",
        "kasino",
        "slot",
        "slots",
        "poker",
        "betting",
        "bets",
        "bonus",
        "loans",
        "crypto",
        "essay",
        "pharmacy",
        "roulette",
    )
)
"""Words that a city's page may use too: they count only where links to other sites carry them."""
