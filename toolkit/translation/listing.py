"""Items of a list under a lead-in: French infinitives become gerunds behind "including:", infinitives behind "to:".

"Il s’agit notamment de : – renforcer la coopération ;" is "These include: strengthening cooperation;", but "Ils
apprendront à : – lire un port ;" is "They will learn to: read a port;". The model is asked without the lead-in and
answers now with the one, now with the other. English lists want their items alike and to follow from the lead-in (New
Hart's Rules 15; UN Editorial Manual on parallel structure). Only verbs of a table are touched.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from toolkit.text.tables import words
from toolkit.translation.pieces import Piece

Form = Literal["gerund", "infinitive"]

_S = r"[\s\u00a0\u202f]"
_INFINITIVE = re.compile(
    r"(?:ne pas |se |s[’']|l[’']|les |la |le |en |y |mieux |davantage )?(?P<verb>[a-zà-ÿœ]+(?:er|ir|re|oir))(?!\w)",
    re.IGNORECASE,
)
#: Words that end like an infinitive and are none.
_NOT_VERBS = words(
    """
    affaire atelier autre avenir cadre cahier centre chambre chantier cher chiffre commentaire contre courrier
    culture dernier dernière derrière devoir dossier décembre encore entier entre escalier espoir facture fer
    fichier figure formulaire frontière février guère heure hier histoire hiver horaire inventaire janvier lecture
    lettre littérature lumière maire manière matière membre mer mesure ministre mémoire métier nature nombre notre
    novembre octobre ordre ouverture papier partenaire plaisir pouvoir premier première procédure quartier quatre
    quelque registre rencontre rivière salaire savoir septembre signature soir structure séminaire territoire titre
    victoire voire voiture votre
    """
)
#: Lead-ins whose items are nouns in English: "These include:", "namely:", "a question of:".
_NOMINAL = re.compile(
    rf"(?:s[’']agi(?:t|ra|ssait|rait)(?:{_S}\w+){{0,3}}{_S}(?:de|d[’'])|consist\w+(?:{_S}\w+){{0,2}}{_S}à|"
    rf"notamment(?:{_S}(?:de|d[’']|à))?|"
    rf"à{_S}savoir|comme|tels?{_S}que|telles?{_S}que|suivante?s?|figurent|parmi{_S}les\w+|"
    rf"(?:possibilité|objectif|moyen|manière|façon|importance|tâche|mission|rôle)s?(?:{_S}\w+){{0,2}}{_S}(?:de|d[’'])|"
    rf"en{_S}vue{_S}de|comprennent|prévoit|prévoient)"
    rf"{_S}*:$",
    re.IGNORECASE,
)
#: Lead-ins that go on with an infinitive: "will learn to:", "in order to:", "decided to:".
_VERBAL = re.compile(
    rf"(?<!\w)(?:à|pour|afin{_S}(?:de|d[’'])|"
    rf"(?:permet\w*|décid\w+|conven\w+|charg\w+|demand\w+|recommand\w+|propos\w+|promett?\w*|promis\w?|tent\w+|refus\w+|"
    rf"accept\w+|nécessaire|essentiel|important|besoin|nécessité|devoir)(?:{_S}[\w’']+){{0,5}}?{_S}(?:de|d[’'])|"
    rf"doi(?:t|vent)|devr\w+|peu(?:t|vent)|pourr\w+|faut|veu(?:t|lent)|entend(?:ent)?|souhait\w+)(?:{_S}notamment)?{_S}*:$",
    re.IGNORECASE,
)

_VERBS = words(
    """
    accelerate accept access accompany achieve act adapt add address adjust adopt advance advise agree alert align
    allocate allow analyse analyze anticipate apply appoint approve arrange arrest ask assess assign assist
    associate assume attend attract audit authorize avoid ban be become begin block board boost break bring broaden
    build call carry centralize certify challenge change chart check clarify close collaborate collect combat
    combine commit communicate complete comply conclude conduct confirm connect consider consolidate consult
    continue contribute control convene convince cooperate coordinate counter cover create cross cut deal decide
    declare dedicate deepen defend define deliver demonstrate deny deploy describe design designate destroy detect
    determine develop devise diagnose direct disable disclose discover discuss dismantle disrupt disseminate
    distribute diversify document draft draw drive ease educate eliminate employ enable encourage end enforce engage
    enhance enlarge enrich ensure enter equip establish evaluate examine exchange expand explain explore expose
    extend facilitate fight finance find finish focus follow foster freeze fund gather get give go grant group
    guarantee guide handle harmonise harmonize help highlight host identify implement improve include increase
    inform initiate innovate inspect install integrate intensify intercept introduce invest investigate invite
    involve issue join keep know launch lead learn limit link listen load log maintain make manage map mark master
    measure meet mentor mobilize modernize monitor moor navigate negotiate neutralize notice notify offer open
    operate organise organize overcome oversee participate pay perform plan pool post prepare present preserve
    prevent prioritize process produce prohibit promote propose prosecute protect prove provide publicize publish
    pursue put raise reach read recall receive recognise recognize recommend record recover recruit reduce refer
    reflect refuse register regulate reinforce reject release rely remain remove renew repair repatriate replace
    report request require rescue respect respond restore restrict review revise run safeguard save search secure
    seek seize select send serve set share show sign simplify solve sort speak spot standardize start step stop
    strengthen study submit supply support suspend sustain tackle take target teach test trace track train transfer
    transmit travel treat try understand undertake unite unload update upgrade use value verify visit warn welcome
    widen win withdraw work write
    """
)
_DOUBLED = words(
    "ban begin commit control cut get map plan put refer run set spot step stop submit transfer transmit win"
)
_TO = re.compile(r"(?P<to>to\s+)?(?P<verb>[a-z]+)(?![\w’'-])", re.IGNORECASE)
_SECOND = re.compile(
    r"(?P<link>,? (?:and|or) )(?P<verb>[a-z]+)(?= (?:the|a|an|their|its|our|to|all|any|new|this|these)\b)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A list item whose first verb takes the form that its lead-in wants."""

    piece: Piece
    form: Form
    verbs: int

    @property
    def queries(self) -> tuple[str, ...]:
        """Those of the sentence."""
        return self.piece.queries

    def finish(self, answers: Sequence[str]) -> str:
        """The English with its verb in the right form."""
        return inflected(self.piece.finish(answers), self.form, self.verbs)

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Those of the sentence."""
        return self.piece.doubts(answers)


def form_of(source: str, lead_in: str) -> Form | None:
    """What an item's first verb is to be in English.

    Args:
        source: the French item.
        lead_in: the French sentence that the list continues, with its colon; "" when there is none.

    Returns:
        None where the item does not begin with an infinitive, or the lead-in does not tell.
    """
    match = _INFINITIVE.match(source)
    if not match or match["verb"].lower() in _NOT_VERBS:
        return None
    lead = lead_in.rstrip()[-80:]
    if _NOMINAL.search(lead):
        return "gerund"
    return "infinitive" if _VERBAL.search(lead) else None


def verbs_of(source: str) -> int:
    """How many infinitives a French item joins: its first, and those behind "et" or "ou"."""
    joined = re.findall(rf"{_S}(?:et|ou){_S}(?:(?:à|de){_S})?(\w+(?:er|ir|re|oir))(?!\w)", source)
    return 1 + sum(word.lower() not in _NOT_VERBS for word in joined)


def inflected(english: str, form: Form, verbs: int = 1) -> str:
    """Give the first verb of an English item, and those joined to it, a form.

    Args:
        english: "strengthen cooperation and share the data", "to strengthen …", "strengthening …".
        form: of the result.
        verbs: how many verbs the French has.

    Returns:
        The same where the first word is no verb of the table.
    """
    match = _TO.match(english)
    if not match or (found := _formed(match["verb"], form)) is None:
        return english
    if match[0][:1].isupper():
        found = found[:1].upper() + found[1:]
    rest = english[match.end() :]
    for _ in range(verbs - 1):
        rest = _SECOND.sub(lambda m: m["link"] + (_formed(m["verb"], form) or m["verb"]), rest, count=1)
    return found + rest


def _formed(word: str, form: Form) -> str | None:
    """A verb in a form; None for a word that is no verb of the table."""
    verb = word.lower() if word.lower() in _VERBS else _gerunds().get(word.lower())
    if verb is None:
        return None
    return gerund(verb) if form == "gerund" else verb


def gerund(verb: str) -> str:
    """The -ing form: share, sharing; stop, stopping; see, seeing; tie, tying."""
    if verb.endswith("ie"):
        return verb[:-2] + "ying"
    if verb.endswith("e") and not verb.endswith(("ee", "oe", "ye")) and verb != "be":
        return verb[:-1] + "ing"
    return verb + (verb[-1] if verb in _DOUBLED else "") + "ing"


@cache
def _gerunds() -> dict[str, str]:
    return {gerund(verb): verb for verb in _VERBS}
