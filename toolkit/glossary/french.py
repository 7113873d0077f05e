"""French inflection, backwards: from a word of a sentence to the forms a dictionary may have it under.

Regular plurals and feminines with the exceptions press releases use; source of the rules: Grevisse and Goosse, *Le bon
usage*. Going backwards from the sentence, rather than listing
every form of every term, keeps a glossary of 100,000 terms as quick to load and to ask as one of ten.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from toolkit.glossary.words import plain
from toolkit.text.tables import pairs, words


class Lemma(NamedTuple):
    """A dictionary form of a word, and what the word was: plural, feminine."""

    form: str
    plural: bool = False
    feminine: bool = False


_IRREGULAR_PLURAL = pairs(
    "yeux=oeil|cieux=ciel|aïeux=aïeul|messieurs=monsieur|mesdames=madame|mesdemoiselles=mademoiselle"
)
_IRREGULAR_FEMININE = pairs(
    """
    favorite=favori|rigolote=rigolo|andalouse=andalou|absoute=absous|dissoute=dissous|turque=turc|fraîche=frais
    sèche=sec|brève=bref|duchesse=duc|déesse=dieu|douce=doux|rousse=roux|fausse=faux|vieille=vieux|folle=fou|molle=mou
    tierce=tiers|franque=franc|héroïne=héros
    """
)
#: Ending of a feminine singular → of the masculine. "e" itself is taken off besides.
_FEMININE = (
    ("trice", ("teur",)),
    ("deresse", ("deur",)),
    ("geresse", ("geur",)),
    ("euse", ("eur", "eux")),
    ("ive", ("if",)),
    ("ère", ("er",)),
    ("ere", ("er",)),
    ("ète", ("et",)),
    ("ete", ("et",)),
    ("elle", ("el", "eau")),
    ("eille", ("eil",)),
    ("ulle", ("ul",)),
    ("enne", ("en",)),
    ("onne", ("on",)),
    ("ette", ("et",)),
    ("otte", ("ot",)),
    ("sse", ("s",)),
    ("esse", ("e",)),
    ("que", ("c",)),
    ("cque", ("c",)),
    ("che", ("c",)),
    ("gue", ("g",)),
    ("guë", ("gu",)),
    ("igne", ("in",)),
    ("ve", ("f",)),
)
#: Singulars in -s, -x, -z: they look the same in the plural. Others with these endings are taken for plurals.
_SAME = words(
    """
    abus accès albatros amas ananas anglais anis as autobus avis bas biais blocus bois bonus bourgeois bras brebis
    bus cactus camerounais campus canevas cas cassis chaos chas châssis chinois choix clos colis commis compas
    compromis concours congolais congrès consensus corps corpus cours creux croix croquis cursus cyprès danois
    débarras décès dessous dessus détritus devis discours divers dos écossais embarras encens entrelacs époux excès
    exprès faux finlandais fois fonds fracas français frais gabonais gaz gros harnais héros heureux hollandais iris
    irlandais jars jus laps lapsus libanais lilas logis luxembourgeois lynx malus maltais marais marquis matelas
    mauvais mets mois mors nez noix obus os ours palais paix papyrus paradis parcours pays permis perdrix phénix
    plâtras poids pois polonais portugais pouls précis prix processus procès progrès propos prospectus puits pus
    quiz rabais radis rébus recours refus relais remords repas repos revers riz rhinocéros sas secours sénégalais
    sens silex souris sous-bois succès suédois sursis surplus talus tapis taux temps tennis terminus thaïlandais
    thorax tiers tournevis toux tracas travers typhus univers velours verglas vernis vers virus voix antivirus
    """
)
#: Endings of singulars in -s that are too many to list.
_SAME_ENDINGS = ("ès", "rps", "oix")
#: Nouns for persons whose feminine only takes an e: of other nouns that would be another word (port, porte).
_PERSONS = words(
    """
    accusé adhérent adjoint adjudant administré adolescent agent aîné allié apprenant apprenti assistant assuré
    attaché avocat blessé candidat chargé client clandestin combattant commandant commerçant condamné conjoint
    consul consultant correspondant délégué délinquant demandant député détenu dirigeant disparu donneur émigrant
    employé enlevé enseignant étudiant évadé expatrié expert exploitant exposant expulsé fabricant gérant habitant
    handicapé immigrant immigré inconnu inculpé indépendant intervenant invité lauréat licencié lieutenant magistrat
    mandant manifestant marchand mendiant migrant militant naufragé négociant occupant opposant orphelin participant
    passant patient plaignant préposé présent président prétendant prévenu rapatrié recruté réfugié remplaçant
    représentant requérant rescapé résident ressortissant retraité salarié savant sergent sinistré soignant
    suppléant surintendant surveillant survivant suspect trafiquant vétéran voisin
    """
)


@lru_cache(maxsize=1 << 16)
def lemmas(word: str) -> tuple[Lemma, ...]:
    """Dictionary forms a word may have, the word itself first.

    Args:
        word: lower case, in one spelling ("oe"); with accents, or without where capitals left them out.
    """
    found: dict[str, Lemma] = {}
    for form, plural in _singulars(word):
        found.setdefault(form, Lemma(form, plural))
        for masculine in _masculines(form):
            found.setdefault(masculine, Lemma(masculine, plural, feminine=True))
    return tuple(found.values())


@lru_cache(maxsize=1 << 16)
def keys(word: str) -> tuple[str, ...]:
    """Dictionary forms of a word as an index has them: without accents and capitals."""
    return tuple(dict.fromkeys(plain(lemma.form) for lemma in lemmas(word.lower())))


def _singulars(word: str) -> Iterator[tuple[str, bool]]:
    yield word, False
    if word in _IRREGULAR_PLURAL:
        yield _IRREGULAR_PLURAL[word], True
    if len(word) < 3:
        return
    if word.endswith("aux"):
        yield word[:-3] + "al", True
        yield word[:-3] + "ail", True
    if word.endswith(("s", "x")):
        yield word[:-1], True


def _masculines(word: str) -> Iterator[str]:
    """Of a feminine singular."""
    if word in _IRREGULAR_FEMININE:
        yield _IRREGULAR_FEMININE[word]
    if len(word) < 4 or not word.endswith(("e", "ë")):
        return
    yield word[:-1]
    for ending, others in _FEMININE:
        if word.endswith(ending):
            for other in others:
                yield word[: -len(ending)] + other


def same_in_plural(word: str) -> bool:
    """Whether a dictionary form ends like a plural and is a singular as well: "pays", "procès", "prix"."""
    word = word.lower()
    return word in _SAME or (len(word) > 3 and word.endswith(_SAME_ENDINGS))


def looks_plural(word: str) -> bool:
    """Whether a word ends like a plural."""
    return word[-1:].lower() in ("s", "x", "z")


def has_feminine(noun: str) -> bool:
    """Whether a noun is one for persons that has a feminine of its own: "directeur", "policier", "migrant"."""
    noun = noun.lower()
    if noun in _PERSONS:
        return True
    return len(noun) > 5 and noun.endswith(("eur", "ien", "ier", "ger", "çais", "lais", "nois", "lois"))


#: Past participles that are not regular, of verbs glossaries have.
_PARTICIPLES = pairs(
    """
    mettre=mis|prendre=pris|faire=fait|ouvrir=ouvert|découvrir=découvert|écrire=écrit|inscrire=inscrit|dire=dit
    conduire=conduit|détruire=détruit|produire=produit|introduire=introduit|traduire=traduit|tenir=tenu|obtenir=obtenu
    venir=venu|prévenir=prévenu|recevoir=reçu|voir=vu|savoir=su|devoir=dû|connaître=connu|résoudre=résolu|conclure=conclu
    poursuivre=poursuivi|suivre=suivi|vivre=vécu|acquérir=acquis|enquérir=enquis|soumettre=soumis|commettre=commis
    transmettre=transmis|remettre=remis|comprendre=compris|surprendre=surpris|apprendre=appris|craindre=craint
    contraindre=contraint|joindre=joint|peindre=peint|couvrir=couvert|offrir=offert|souffrir=souffert|courir=couru
    """
)


def verb_forms(infinitive: str) -> dict[str, str]:
    """The forms of a verb that are looked for → what they are: "infinitive", "past", "gerund", "present".

    Infinitive, participles and the third persons of the present; of irregular verbs what the table has.
    """
    forms = {infinitive: "infinitive"}
    stem = infinitive[:-2]
    past = _PARTICIPLES.get(infinitive, "")
    if past:
        pass
    elif infinitive.endswith("er"):
        past = stem + "é"
        softer = stem + "e" if stem.endswith("g") else stem[:-1] + "ç" if stem.endswith("c") else stem
        forms |= {stem + "e": "present", stem + "ent": "present", softer + "ant": "gerund"}
    elif infinitive.endswith("ir"):
        past = stem + "i"
        forms |= {stem + "it": "present", stem + "issent": "present", stem + "issant": "gerund"}
    elif infinitive.endswith("re"):
        past = stem + "u"
        forms |= {stem: "present", stem + "ent": "present", stem + "ant": "gerund"}
    if past:
        plural = past if past.endswith("s") else past + "s"
        forms |= dict.fromkeys((past, plural, past + "e", past + "es"), "past")
    return forms
