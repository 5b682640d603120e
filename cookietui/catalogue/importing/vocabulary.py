"""The words of cookie policies in eight languages, as data: what `words` compares texts with.

English, French, German, Spanish, Dutch, Polish, Portuguese and Italian, without accents and in
small letters.
"""

from enum import Enum, auto

from cookietui.model.policy import Purpose


class Role(Enum):
    """What a column or key holds."""

    # That of an Enum is written in Python, and every cell is looked up by its role.
    __hash__ = object.__hash__

    NAME = auto()
    LABEL = auto()
    PROVIDER = auto()
    HOST = auto()
    FUNCTION = auto()
    DESCRIPTION = auto()
    CATEGORY = auto()
    LIFETIME = auto()
    TYPE = auto()
    OTHER = auto()


# Tried in this order: "provider name" is about the provider, "storage time" about the lifetime.
ROLES = (
    (
        Role.OTHER,
        """
        value valeur wert valor waarde wartosc valore content contents contenu contenido inhalt
        inhoud conteudo contenuto zawartosc country land pays pais kraj paese policy link opt more
        transfer datenschutz privacy size laenge accept akzeptieren daten data dane donnees dados
        dati
        """,
    ),
    (
        Role.PROVIDER,
        """
        provider supplier vendor service company controller issuer publisher owner origin origem
        origen origine herkunft herkomst pochodzenie source party set placed anbieter dienst
        herausgeber quelle hersteller verantwortlich fournisseur emetteur editeur societe
        prestataire proveedor titular empresa entidad servicio aanbieder leverancier bron plaatser
        dostawca wydawca zrodlo usluga fornecedor servico fornitore servizio gestore
        """,
    ),
    (
        Role.LIFETIME,
        """
        expir lasts duration lifetime lifespan life retention time period persisten valid deadline
        max age speicherdauer laufzeit gultigkeit ablauf dauer lebensdauer speicherfrist
        aufbewahrung loschfrist duree conservation peremption caduc duracion vencimiento periodo
        conservaci plazo vigencia bewaar verloop vervalt verval looptijd geldig levensduur termijn
        duur opslag czas okres waznosc wygas trwalosc duracao validade prazo durata scadenza
        """,
    ),
    (
        Role.CATEGORY,
        "categor kategor classification klasse classe group gruppe groupe grupo gruppo",
    ),
    (Role.HOST, "domain domaine domein domen dominio host hosts website"),
    (Role.TYPE, "type typ tipo art soort rodzaj nature natur clase technolog"),
    (Role.FUNCTION, "function fonction funktion funcion functie funkcj funcao funzion"),
    (
        Role.DESCRIPTION,
        """
        purpose description detail use used usage why reason explanation what does aim comment
        info zweck beschreibung verwendung erklarung erlauterung einsatz utilit finalit role objet
        objectif usage finalidad descripcion uso proposito objetivo descrip beschrijving doel
        omschrijving toelichting uitleg opis cel przeznaczenie zastosowanie finalidade descri
        objectivo finalita descrizione scopo utilizzo
        """,
    ),
    (
        Role.NAME,
        """
        name names cookie cookies nom noms nombre naam nazwa nome namen bezeichnung identifier key
        title titel temoin identificador ciasteczko kennung galleta
        """,
    ),
)
PHRASES = {
    "cookie subgroup": Role.HOST,
    "cookies used": Role.TYPE,
    "session/persistent": Role.LIFETIME,
    "first or third party": Role.TYPE,
    "first/third party": Role.TYPE,
    "third party": Role.TYPE,
    "what it is for": Role.DESCRIPTION,
    "what it does": Role.DESCRIPTION,
    "kept for": Role.LIFETIME,
    "how long": Role.LIFETIME,
    "item": Role.NAME,
    "cookie untergruppe": Role.HOST,
    "verwendete cookies": Role.TYPE,
    "set by": Role.PROVIDER,
    "content": Role.OTHER,
    "cookie type": Role.TYPE,
    "type of cookie": Role.TYPE,
    "cookie category": Role.CATEGORY,
    "more information": Role.OTHER,
    "privacy policy": Role.OTHER,
    "data protection": Role.OTHER,
}
# Short words that say something only as a whole.
WHOLE = frozenset(
    """
    set use used life time age max max. what does art typ host hosts opt more key cel uso but
    land group service services party data info link why duur title aim size clase natur period
    titel name names nom noms naam nome nombre cookie cookies dati dane source country role
    policy
    """.split()  # noqa: SIM905 - a line for each would be no easier to read
)
PURPOSES = (
    (
        Purpose.NECESSARY,
        r"necess\w*|essenti\w*|essen[cz]i\w+|strictly|required|mandatory|obligat\w+|"
        r"technical(ly)?|needed|security|notwendig\w*|erforderlich\w*|technisch\w*|"
        r"sicherheit\w*|indispensab\w+|obligatoire\w*|techniques?|securite|necesari[ao]s?|"
        r"tecnic[aoe]s?|tecnici|imprescindib\w+|estrictamente|seguridad|noodzakelijk\w*|strikt|"
        r"vereist\w*|beveiliging|niezbedn\w*|konieczn\w*|techniczn\w*|wymagan\w*|obrigator\w+|"
        r"estritamente|seguranca|strettamente|sicurezza|always active",
    ),
    (
        Purpose.STATISTICS,
        r"analytic\w*|analytis\w*|analys\w*|analiz\w*|analis\w*|statisti\w+|performance|"
        r"measur\w+|metrics|audience|insights|leistungs?|reichweit\w*|mesure\w*|estadistic\w*|"
        r"analitic\w*|rendimiento|medicion|prestatie\w*|statystyczn\w*|statystyk\w*|"
        r"analityczn\w*|wydajno\w*|estatistic\w*|desempenho|medicao|misurazion\w*|prestazion\w*|"
        r"rendement|webanalys\w*",
    ),
    (
        Purpose.MARKETING,
        r"marketing\w*|advert\w*|ads?|target\w*|retarget\w*|remarketing|tracking(?! code)|"
        r"publicit\w*|publicidad\w*|pubblicit\w*|publicidade|werb\w+|anzeigen\w*|ciblage|"
        r"anuncio\w*|mercadotecnia|reclame\w*|advertentie\w*|reklam\w*|profilazione|"
        r"profil(ing|ierung|owanie)|social media|social|soziale\w*|sociaux|redes sociales|"
        r"commercial|komerzi\w*|sociale",
    ),
    (
        Purpose.PREFERENCES,
        r"function\w*|funktion\w*|fonctionn\w*|funciona\w*|functione\w*|funkcjonaln\w*|"
        r"funzional\w*|preferen\w*|praferenz\w*|personali[sz]\w*|customi[sz]\w*|personnalis\w*|"
        r"settings?|einstellung\w*|komfort\w*|confort|convenience|voorkeur\w*|ustawien\w*",
    ),
)
