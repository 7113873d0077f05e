"""Candidates for a glossary, from the sentences themselves: noun groups that recur, names, acronyms with their gloss.

Surface patterns without a tagger, as in the classic work on French terms: noun de noun, noun adjective, noun à noun
(Daille, "Study and implementation of combined techniques for automatic extraction of terminology", 1994); of groups
within groups only those are kept that also stand alone (C-value; Frantzi, Ananiadou and Mima 2000). Acronyms stand with
their gloss on either side of a parenthesis (Schwartz and Hearst 2003).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.glossary.french import lemmas
from toolkit.glossary.model import Glossary
from toolkit.glossary.words import DE, DE_THE, TO, TO_THE, Unit, plain, tokens, units
from toolkit.text.tables import words

#: Longest group, in words that count.
LONGEST = 5


class Sort(StrEnum):
    """What a candidate is."""

    ACRONYM = "acronym"
    GLOSS = "full form"
    NAME = "name"
    GROUP = "noun group"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A term that a glossary might hold.

    Attributes:
        french: as it stands most often, in the singular where it occurs in it.
        count: how often it stands in the releases.
        sort: what it is.
        note: "acronym of …", "short: …"; "" otherwise.
        release, example: the first sentence it stands in.
    """

    french: str
    count: int
    sort: Sort
    note: str
    release: str
    example: str


@dataclass(slots=True)
class _Seen:
    sort: Sort
    release: str
    example: str
    forms: Counter[str] = field(default_factory=Counter)
    starts: int = 0
    note: str = ""


#: Words no group begins or ends with, besides function words: verbs, adverbs and empty nouns of press releases.
_EMPTY = words(
    """
    a ai ont sont est était étaient été être avoir avait avaient aura sera seront fut furent fait faire font peut
    peuvent doit doivent va vont dit il elle ils elles on nous vous y leur leurs lui eux notre nos votre vos son sa
    ses mon ma mes cette cet ces ceux celle celles celui ci là aussi ainsi alors encore déjà très plus moins bien
    mieux peu trop toujours jamais souvent aujourd hui hier demain ici même mêmes autre autres chaque tous toutes
    toute quelque quelques plusieurs certains certaines aucun aucune tel telle tels telles comme quand parce donc
    cependant notamment également afin fois an ans année années jour jours mois semaine semaines heure heures minute
    minutes lundi mardi mercredi jeudi vendredi samedi dimanche janvier février mars avril mai juin juillet août
    septembre octobre novembre décembre deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente
    cent cents mille million millions milliard milliards premier première premiers premières dernier dernière derniers
    dernières nouveau nouvel nouvelle nouveaux nouvelles grand grande grands grandes petit petite petits petites
    monsieur madame m mm mme mmes dr me lors cours sein partie part ensemble nombre total cadre niveau suite point fin
    début moyenne quart moitié tiers chose selon dont où qui que quoi lequel laquelle lesquels lesquelles sauf voici
    voilà vers puis après avant pendant depuis jusque malgré grâce outre non oui ne pas rien personne fr www http
    https com org
    """
)
#: Endings of adjectives, for words behind a noun; longer than the ending by three letters or so.
_ADJECTIVE_ENDINGS = tuple(
    words(
        """
        al ale aux ales el elle elles els uel uelle ique iques if ifs ive ives aire aires ier iers ière ières ien
        ienne iens iennes é ée és ées ant ante ants antes ent ente ents entes eux euse euses able ables ible ibles ais
        aise aises ois oise oises ain aine ains aines in ine ins ines esque estre estres oire oires i ie is ies u ue
        us ues it ite its ites ert erte erts ertes iste istes
        """
    )
)
_SHORT_ADJECTIVES = words(
    """
    rouge rouges bleu bleue vert verte jaune noir noire noirs noires blanc blanche orange libre libres public publique
    publics publiques unique mixte haut haute bas basse sûr sûre grave graves jeune mineur mineure majeur majeure
    membre membres pilote modèle clé clés neuf neuve lourd lourde illicite illicites
    """
)
#: Finite verbs by their endings (future, conditional, imperfect, past, third persons), but not nouns that end so.
_VERB = re.compile(r".{2,}(?:era|ira|[dtv]ra|r?ont|r?aient|r?ait|èrent|urent|irent|[ie]nnent|ent)")
_NO_VERBS = words(
    """
    ultra extra affront front pont mont fait bienfait méfait forfait parfait souhait lait attrait trait retrait extrait
    portrait abstrait distrait imparfait contrefait satisfait
    """
)
#: Adjectives and nouns that end as verbs of the third person plural do; all that end in -ment are no verbs here.
_ENT = words(
    """
    absent accent adhérent adolescent agent ambivalent antécédent apparent ascendant cohérent compétent concurrent
    conséquent content contingent continent convalescent convergent descendent différent diligent divergent efficient
    éloquent équivalent évident excellent fréquent imminent impatient imprudent incident incohérent incompétent
    indécent indifférent indulgent inhérent innocent insolent insuffisant intelligent intermittent jacent luminescent
    négligent occident omniprésent orient parent patient permanent pertinent polyvalent précédent présent prudent
    récent récipient réticent résident sergent strident subséquent suffisant talent torrent transparent turbulent
    urgent vent véhément violent virulent
    """
)
#: Verbs of press releases whose forms have no such ending.
_VERBS = words(
    """
    prend tient vient devient met permet rend reste vise ouvre suit agit dit veut peut sait voit reçoit poursuit
    comprend obtient soutient maintient intervient parvient souligne rappelle précise ajoute déclare
    """
)
_ACRONYM = re.compile(r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ0-9]{1,9}")
_ROMAN = re.compile(r"[IVXLC]+")
_CURRENCIES = words("USD EUR GBP CHF XOF XAF JPY CAD AUD CNY")
_PARENTHESIS = re.compile(r"\(\s*([^()]{2,120}?)\s*\)")


def candidates(
    sentences: Iterable[tuple[str, str]], glossary: Glossary | None = None, least: int = 2
) -> tuple[Candidate, ...]:
    """Propose terms that a glossary does not have yet.

    Args:
        sentences: release and bare French sentence, in order.
        glossary: its terms, suggestions included, are left out.
        least: how often a name or a noun group must stand there; an acronym that is explained need only stand once.

    Returns:
        Acronyms and their full forms first, then names, then noun groups; of each the most frequent first.
    """
    seen: dict[str, _Seen] = {}
    for release, sentence in sentences:
        shouted = sentence.isupper()
        for sort, key, form, opens, note in _stretches(sentence, shouted):
            one = seen.setdefault(key, _Seen(sort, release, sentence))
            one.forms[form] += 1
            one.starts += opens
            one.note = one.note or note
            if note:
                one.sort = sort
    kept = {key: one for key, one in seen.items() if _wanted(one, least)}
    inner = _inner(kept)
    order = list(Sort)
    found = [
        Candidate(_form(one), one.forms.total(), one.sort, one.note, one.release, one.example)
        for key, one in kept.items()
        if one.note or one.forms.total() - inner[key] >= least
    ]
    fresh = (one for one in found if glossary is None or not _known(glossary, one.french))
    return tuple(sorted(fresh, key=lambda one: (order.index(one.sort), -one.count, plain(one.french))))


def _wanted(one: _Seen, least: int) -> bool:
    """Explained acronyms always; of the rest what recurs, groups only where something often opens them."""
    if one.note:
        return True
    if one.forms.total() < least:
        return False
    return one.sort is not Sort.GROUP or one.starts * 2 >= one.forms.total()


def _form(one: _Seen) -> str:
    """The form that stands most often; of equally frequent ones the shortest, which is the singular."""
    return min(one.forms, key=lambda form: (-one.forms[form], len(form), form))


def _known(glossary: Glossary, french: str) -> bool:
    return any(fixture.end - fixture.start >= len(french) - 1 for fixture in glossary.find(french))


def _inner(kept: dict[str, _Seen]) -> Counter[str]:
    """How often a group stands within longer groups that are kept: a group that never stands alone is none."""
    inner: Counter[str] = Counter()
    for key, one in kept.items():
        steps = key.split(" ")
        shorter = {" ".join(steps[i:j]) for i in range(len(steps)) for j in range(i + 1, len(steps) + 1)}
        for part in shorter - {key}:
            inner[part] = max(inner[part], one.forms.total())
    return inner


def _stretches(sentence: str, shouted: bool) -> Iterator[tuple[Sort, str, str, bool, str]]:
    """Candidates of a sentence: sort, key without inflection, form, whether something opens them, note."""
    there = units(tokens(sentence))
    glossed: set[int] = set()
    for acronym, start, end in _glosses(sentence, there):
        gloss = sentence[there[start].start : there[end].end]
        short = sentence[there[acronym].start : there[acronym].end]
        glossed.add(acronym)
        yield Sort.ACRONYM, there[acronym].text.upper(), short, True, f"acronym of {gloss}"
        yield Sort.GLOSS, _key(there[start : end + 1]), gloss, True, f"short: {short}"
    for at, unit in enumerate(there):
        if at in glossed:
            continue
        if not shouted and _is_acronym(unit) and not _is_place_or_number(sentence, there, at):
            yield Sort.ACRONYM, unit.text, sentence[unit.start : unit.end], True, ""
        elif not shouted:
            yield from _groups(sentence, there, at)


def _groups(sentence: str, there: Sequence[Unit], first: int) -> Iterator[tuple[Sort, str, str, bool, str]]:
    """Noun groups and names that begin with a word: two words that count or more."""
    if not _noun(there[first]):
        return
    opens = first == 0 or there[first].gap not in (" ", "'", "-") or not there[first - 1].content
    counted = 1
    for last in range(first + 1, min(first + 2 * LONGEST, len(there))):
        unit = there[last]
        if unit.gap not in (" ", "'", "-"):
            return
        if not unit.content:
            if unit.key not in (DE, DE_THE, TO, TO_THE) or not there[last - 1].content:
                return
            continue
        if unit.text.lower() in _EMPTY or len(unit.text) < 2 or not unit.text[0].isalpha() or _verb(unit.text):
            return
        joined = not there[last - 1].content or unit.gap == "-"
        name = unit.text[:1].isupper()
        if not (joined or name or _adjective(unit.text)):
            return
        counted += 1
        if counted > LONGEST:
            return
        group = there[first : last + 1]
        proper = first > 0 and group[0].text[:1].isupper()
        if proper and not opens and not name:  # "(sites) Web illicites"
            continue
        yield (
            Sort.NAME if proper else Sort.GROUP,
            _key(group),
            _cased(sentence[group[0].start : unit.end], first),
            opens,
            "",
        )


def _cased(form: str, first: int) -> str:
    """A group at the sentence's start without the sentence's capital."""
    return form[0].lower() + form[1:] if first == 0 and form[1:2].islower() else form


def _noun(unit: Unit) -> bool:
    word = unit.text
    return unit.content and len(word) > 2 and word[0].isalpha() and word.lower() not in _EMPTY and not _verb(word)


def _verb(word: str) -> bool:
    """Whether a word in small letters is surely a finite verb: by its ending, or a frequent one."""
    if word in _VERBS:
        return True
    known = word in _ENT or word in _NO_VERBS or word.endswith("ment")
    return word.islower() and not known and _VERB.fullmatch(word) is not None


def _adjective(word: str) -> bool:
    word = word.lower()
    return word in _SHORT_ADJECTIVES or (len(word) > 4 and word.endswith(_ADJECTIVE_ENDINGS))


def _key(group: Iterable[Unit]) -> str:
    """A group without inflection, articles and capitals."""
    parts = []
    for unit in group:
        if unit.content:
            parts.append(plain(min((lemma.form for lemma in lemmas(unit.text.lower())), key=len)))
        else:
            parts.append(DE if unit.key == DE_THE else unit.key)
    return " ".join(parts)


def _glosses(sentence: str, there: Sequence[Unit]) -> Iterator[tuple[int, int, int]]:
    """Acronyms with their full form, on either side of a parenthesis: indices of the acronym and of the form's ends."""
    starts = [unit.start for unit in there]
    for match in _PARENTHESIS.finditer(sentence):
        first, last = bisect_left(starts, match.start(1)), bisect_left(starts, match.end(1)) - 1
        before = first - 1
        if before < 0 or last < first:
            continue
        if first == last and _is_acronym(there[first]):
            start = _full_form(there, before, there[first].text)
            if start is not None:
                yield first, start, before
        elif first < last and _is_acronym(there[before]) and _full_form(there, last, there[before].text) == first:
            yield before, first, last


def _is_acronym(unit: Unit) -> bool:
    return unit.dotted or _ACRONYM.fullmatch(unit.text) is not None


def _is_place_or_number(sentence: str, there: Sequence[Unit], at: int) -> bool:
    """Capitals that are no acronym: "LYON (France) –" at a sentence's start, Roman numerals, currencies."""
    word = there[at].text
    opening = at == 0 and sentence[there[at].end :].lstrip()[:1] in ("(", "–", "-", "—")
    return opening or word in _CURRENCIES or _ROMAN.fullmatch(word) is not None


def _full_form(there: Sequence[Unit], last: int, acronym: str) -> int | None:
    """Where the words begin whose initials are an acronym's letters, in order; small words may be passed over."""
    wanted = [letter for letter in plain(acronym) if letter.isalpha()]
    at = last
    while wanted and at >= max(0, last - 4 * len(acronym)):
        unit = there[at]
        if plain(unit.text)[:1] == wanted[-1] and (unit.content or len(wanted) == 1):
            wanted.pop()
            if not wanted:
                return at
        elif unit.content and (at == last or unit.gap.strip(" '-")):
            return None
        at -= 1
    return None
