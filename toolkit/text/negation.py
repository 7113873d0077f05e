"""Whether a sentence says that something is not so, in French and in English: one set of words for everybody.

Grevisse, Le Bon Usage, "la négation": "ne" with "pas", "point", "plus", "jamais", "rien", "aucun", "personne", "ni" …
denies; "ne … que" restricts; "ne" alone, "non seulement" and "pas moins" deny nothing. In English "not" and its like
deny, and so do verbs ("fail"), adverbs ("hardly") and adjectives ("unable"). All are lists of words: a beginning like
"in-" or "dis-" is no negation ("information", "discuss").
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from typing import NamedTuple

from toolkit.text.tables import words

_TOKEN = re.compile(r"[Nn][’']|[^\W\d_]+(?:-[^\W\d_]+)*|[.;:!?…()«»“”]")
_BREAKS = frozenset(".;:!?…()«»“”")
_NE = words("ne n")

#: French words that deny or exclude wherever they stand …
DENYING = words(
    "ne n pas jamais aucun aucune aucuns aucunes rien nul nulle nuls nulles guère nullement non ni sans sauf hormis"
)
#: … and those that deny or restrict beside "ne" only.
BESIDE_NE = words("plus personne point que qu")

_AFTER_NE = words("pas point jamais rien personne aucun aucune guère nullement aucunement nul nulle ni plus")
_BEFORE_NE = words("personne rien aucun aucune nul nulle ni")
#: Behind one of these, "pas", "point" and "personne" are nouns.
_DETERMINERS = words("un une le la les ce cette ces des du au aux chaque toute par son sa ses leur de")
_NOUNS = words("pas point personne rien")
#: What follows a negation that denies nothing: "pas seulement", "pas moins", "plus que", "sans doute", "non loin".
_NOT_DENIED = {
    "pas": words("seulement uniquement simplement moins que qu sans"),
    "plus": words("que qu ou"),
    "non": words("seulement uniquement plus loin moins sans"),
    "sans": words(
        "doute cesse délai précédent conteste nul tarder faille relâche heurt heurts dire hésiter réserve réserves"
    ),
    "rien": words("que qu"),
}
#: Verbs that deny, so that "ne … pas" beside them affirms: "ne manquera pas", "n’hésitez pas", "n’oublions pas".
_DENYING_VERB = re.compile(r"(?:manqu|hésit|oubli|cess|empêch)\w*|est-ce")
_NEAR, _FAR, _BEHIND = 3, 6, 9

#: English words that deny beyond doubt, and what only looks so.
_SURELY = re.compile(
    r"\b(?:not|cannot|no|never|none|nobody|nothing|nowhere|neither|nor|without|unable|(?:fail|refuse)(?:s|ed)? to)\b"
    r"|\b[a-z]{2,}n[’']t\b",
    re.IGNORECASE,
)
_NO_DENIAL = re.compile(
    r"\b(?:not (?:only|just|merely|simply|solely|least|to mention|so much|all|alone)|whether or not|or not|if not"
    r"|why not|no (?:doubt|less|matter|later|fewer)|none the less|none other"
    r"|without (?:delay|fail|doubt|prejudice|exception|hesitation|reservation|question|interruption)"
    r"|(?:is|are|do|does|did|ha[sd]|have|was|were|should|could|would|ca)n[’']t (?:it|we|you|they|he|she|there|I))\b"
    r"|^no(?=,)|\bno\.? ?(?=\d)",
    re.IGNORECASE,
)

#: English that may stand for a French negation, besides those above.
_DENYING_ENGLISH = words(
    """
    no non none nowhere not cannot never nobody nothing neither nor without t unless hardly barely scarcely rarely
    seldom little few fewer less minus zero except excepting excluding rather instead otherwise until absence absent
    avoid avoided avoids avoiding ban banned barred cease ceased ceases ceasing closed declined decline declines
    defenceless denied denies deny denying deprived differ differs doubtless doubt endless exempt exempted exception
    fail failed failing fails failure forbid forbidden forbids fruitless helpless homeless hopeless ignore ignored
    ignores ignoring lack lacked lacking lacks meaningless merciless miss missed misses missing mistake mistaken
    needless neglect neglected omit omitted overlook overlooked pointless powerless prevent prevented preventing
    prevents prohibit prohibited prohibits refrain refrained refuse refused refuses refusal refusing reject rejected
    rejects speechless stateless stop stopped stops superfluous tireless useless vain void waive waived wireless
    withhold wrong wrongly oppose opposed opposes
    """
)
#: English opposites. With "-ly" and "-ness" they are found, too.
_OPPOSITES = words(
    """
    unable unaccompanied unaccounted unacceptable unacceptably unaccustomed unaffected unaffordable unaltered
    unambiguous unamended unannounced unanswered unarmed unattended unattractive unauthorised unauthorized unavailable
    unaware unbearable unbiased unbureaucratic uncertain uncertainty unchallenged unchanged unchecked unclear uncommon
    uncompetitive uncompromising unconditional unconnected unconstitutional uncontested uncontrolled unconvinced
    unconvincing undamaged undecided undeclared undemocratic undeniable undeniably undesirable undetected undeveloped
    undisclosed undisputed undisturbed undivided undocumented undone undoubted undue unduly uneasy unelected unequal
    unequivocal uneven unexpected unexploded unfair unfamiliar unfavourable unfinished unfit unforeseen unfounded
    unfulfilled unguarded unhappy unharmed unheard unheeded unhindered unhurt unidentified unimpeded unimportant
    uninhabited unintended unintentional uninterrupted uninvited unjust unjustified unknown unlawful unlicensed unlike
    unlikely unlimited unlit unloaded unlocked unmanned unmarked unmarried unmoved unnamed unnecessary unnecessarily
    unnoticed unobserved unoccupied unofficial unopened unopposed unpaid unparalleled unpleasant unpopular
    unprecedented unpredictable unprepared unprofitable unprotected unproven unpublished unpunished unqualified
    unreadable unrealistic unreasonable unreasonably unrecognised unregistered unregulated unrelated unreliable
    unreported unresolved unreserved unrestrained unrestricted unsafe unsaid unsatisfactory unscathed unscrupulous
    unseen unsigned unskilled unsold unsolicited unsolved unspecified unspent unspoken unstable unsuccessful unsuitable
    unsupervised unsupported unsustainable unthinkable untouched untrained untreated untrue unused unusual unwanted
    unwarranted unwavering unwell unwelcome unwilling unwise unwitting unwittingly unworthy unwritten illegal illegible
    illegitimate illogical immobile impassable impatient imperfect impersonal impolite impossible impossibly
    impossibility improbable improper impunity inability inaccessible inaccurate inactive inadequate inadmissible
    inanimate inappropriate incapable incoherent incompatible incompetent incomplete incomprehensible inconceivable
    inconclusive inconsistent incorrect indecisive indefinite indefensible indifferent indiscriminate indispensable
    indisputable indivisible ineffective inefficient ineligible inevitable inexperienced inexplicable inflexible
    inhuman innocent innocence innumerable insecure insecurity insensitive inseparable insignificant insoluble
    insufficient intact intolerable invalid invisible involuntary irregular irregularity irrelevant irreparable
    irresponsible irreversible irrespective disagree disagreed disagreeing disagreement disagrees disapprove
    disapproved disapproves disappear disappeared disallow disallowed disarmed disconnected discontinue discontinued
    discourage discouraged dishonest dislike dislikes disobey disobeyed disproportionate disqualified disregard
    disregarded disregarding disregards dissatisfied distrust disuse mistrust misunderstanding misunderstand
    misunderstood nonsense
    """
)
_DENYING_PHRASE = re.compile(
    r"n[’']t\b|(?<!\w)non-|\w-free\b"
    r"|\b(?:far from|free (?:of|from)|out of|yet to|ha(?:s|ve|d) yet|anything but|short of)\b",
    re.IGNORECASE,
)
#: English that may stand for "ne … plus" besides: what was so and is over. Not "since", nor "off" by itself, which say
#: nothing of the kind ("has been linked since May", "lies off the coast").
_NO_LONGER = re.compile(
    r"\b(?:off[ -](?:the[ -])?(?:grid|network|mains|line|air|road|rails|market|list|register|radar|limits|duty|sale)"
    r"|offline|(?:cut|switch(?:es|ed)?|turn(?:s|ed)?) off|(?:is|are|was|were) (?:over|gone)|end(?:s|ed)|expire[sd]?"
    r"|lapse[sd]?|g[ia]ve(?:s|n)? up|former(?:ly)?|disused|defunct"
    r"|(?<!\bis )(?<!\bare )(?<!\bwas )(?<!\bwere )(?<!\bbe )(?<!been )(?<!being )used to)\b",
    re.IGNORECASE,
)
#: Where the French itself says off, or over, and "ne … plus" denies that, these words do not stand for the negation.
_OVER_IN_FRENCH = re.compile(
    r"\b(?:hors|coup(?:é|er|e)|isol|débranch|déconnect|éteint|termin|fini|achev|expir|échu|périm|abandon|renonc|désaffect"
    r"|ancien)",
    re.IGNORECASE,
)
_ENDINGS = (("", ""), ("ly", ""), ("ness", ""), ("ly", "le"), ("iness", "y"), ("ily", "y"))

#: French that may have led to an English "not": what denies, lacks, ends, hinders, refuses, excludes …
_MAY_DENY = re.compile(
    r"\b(?:ne|n|pas|non|sans|ni|rien|jamais|personne|aucune?s?|nul(?:le)?s?|nullement|guère|sauf|hormis|excepté|hors"
    r"|zéro|peu|mal|loin|faux|fausses?|vaine?s?|faute d|à défaut|fait défaut|dehors|contraire|contrairement|au lieu"
    r"|plutôt qu|tant qu|avant qu|moins de|autrement|à peine|trop .{1,30} pour|seule?s?|rares?|rarement|gratuit\w*"
    r"|manqu\w+|absen[ct]\w*|refus\w*|rejet\w*|échou\w*|échecs?|interdi\w*|empêch\w*|évit\w*|exclu\w*|ignor\w*"
    r"|cess(?:e|é|er|ent)|dépourvue?s?|oubli\w*|néglig\w*|renon[cç]\w*|dispens\w*|exempt\w*|bafou\w*|perd(?:u\w*)?"
    r"|omet\w*|omi[st]\w*|omission\w*|absten\w*|abstien\w*|oppos(?:e|é|ent)|déni\w*|nier|démen(?:t|ti|tir|tent)"
    r"|fermée?s?|priv(?:e|é|ée|és|ées|er|ent) d)\b",
    re.IGNORECASE,
)
#: … and opposites, each by the stem that its genders, numbers and adverb share.
_FRENCH_OPPOSITE = re.compile(
    r"\b(?:impossib|incapa[bc]|inaccept|inaccess|inadmiss|injusti|insuffis|inutil|inconnu|incertain|incompl[eè]t|inexist"
    r"|inapt|inapplic|incompat|incorrect|inexact|indisponib|ineffica|inachev|inhabit|inédit|insens|inopér|intoléra"
    r"|invisib|invraisemb|illimit|irréali|impuni|impuissan|imprévu|improbab|impensab|inconcev|incompréh|inadapt|inadéqu"
    r"|inchang|indemne|insatisf|insupport|inappropri|involont|inattendu|impraticab|immobil|injuste|mécontent|méconn"
    r"|désappr)\w*",
    re.IGNORECASE,
)
#: "ne … que", only: it may lead to "not … until" and "nothing but", and to no other "not". "Je ne puis", "il ne sait",
#: "elle n’ose" deny without "pas".
_ONLY = re.compile(
    r"\b(?:ne |n[’'])(?!p[eu]\w|sa[iuv]\w|os\w|cess|empêch)"
    r"(?:(?!(?:pas|point|plus|jamais|rien|personne|aucune?|guère|ni)\b)[\w-]+[ ’']){1,4}?qu(?:e\b|[’'])",
    re.IGNORECASE,
)
_NOT_UNTIL = re.compile(
    r"\b(?:until|unless|before|but|except|more|other|only|just|without|any|merely)\b", re.IGNORECASE
)


class _Word(NamedTuple):
    """A word or sign of a sentence, in small letters, and where it stands."""

    text: str
    start: int
    end: int


def lost(french: str, english: str) -> str:
    """The French negation that nothing in the English could stand for; "" where there is none."""
    denied = denial(french)
    if not denied or keeps_denial(english):
        return ""
    over = denied.lower().endswith("plus") and _NO_LONGER.search(english) and not _OVER_IN_FRENCH.search(french)
    return "" if over else denied


def added(french: str, english: str) -> str:
    """The English negation that nothing in the French could have led to; "" where there is none."""
    found = _SURELY.search(_NO_DENIAL.sub(" ", english))
    if not found:
        return ""
    plain = _ONLY.sub(" ", french)
    if plain != french and _NOT_UNTIL.search(english):
        return ""
    return "" if may_deny(plain) else found[0]


@lru_cache(maxsize=256)
def denial(french: str) -> str:
    """The first negation proper of a French sentence ("n’ont pas", "sans") as it is written; "" where there is none."""
    found = [_Word(match[0].lower().rstrip("’'"), *match.span()) for match in _TOKEN.finditer(french)]
    texts = [word.text for word in found]
    for at, text in enumerate(texts):
        other = _with_ne(texts, at) if text in _NE else _alone(texts, at)
        if other is not None:
            return french[found[min(at, other)].start : found[max(at, other)].end]
    return ""


def _with_ne(texts: Sequence[str], at: int) -> int | None:
    """Where the word stands that denies with the "ne" at a place; None where it denies nothing."""
    for place in range(at + 1, min(at + 1 + _FAR, len(texts))):
        text = texts[place]
        if text in _BREAKS or text in _NE or text in {"que", "qu"} or _DENYING_VERB.fullmatch(text):
            break
        if text in _AFTER_NE and _denies(texts, place) and (text != "plus" or place - at <= _NEAR):
            return place
    for place in range(at - 1, max(-1, at - 1 - _BEHIND), -1):
        if texts[place] in _BREAKS:
            break
        if texts[place] in _BEFORE_NE and _denies(texts, place):
            return place
    return None


def _alone(texts: Sequence[str], at: int) -> int | None:
    """The place itself where a word denies without "ne"."""
    if texts[at] not in {"sans", "non"} or not _denies(texts, at):
        return None
    return None if texts[at] == "non" and at and texts[at - 1] == "ou" else at


def _denies(texts: Sequence[str], at: int) -> bool:
    following = texts[at + 1] if at + 1 < len(texts) else ""
    if following in _NOT_DENIED.get(texts[at], ()) or (texts[at] != "sans" and _DENYING_VERB.fullmatch(following)):
        return False
    return not (texts[at] in _NOUNS and at and texts[at - 1] in _DETERMINERS)


@lru_cache(maxsize=1024)
def keeps_denial(english: str) -> bool:
    """Whether anything in an English sentence may stand for a French negation."""
    if _DENYING_PHRASE.search(english):
        return True
    return any(_is_denying(word.lower()) for word in re.findall(r"[^\W\d_]+", english))


def _is_denying(word: str) -> bool:
    if word in _DENYING_ENGLISH:
        return True
    return any(
        word.endswith(ending) and word.removesuffix(ending) + instead in _OPPOSITES for ending, instead in _ENDINGS
    )


def may_deny(french: str) -> bool:
    """Whether anything in a French sentence may have led to an English "not"."""
    return bool(_MAY_DENY.search(french) or _FRENCH_OPPOSITE.search(french))


def turns(changed: Collection[str], there: Collection[str]) -> bool:
    """Whether French words that changed may turn a sentence into its contrary.

    Args:
        changed: words that only one of two sentences has, in small letters.
        there: all words of both sentences.
    """
    return not DENYING.isdisjoint(changed) or (not BESIDE_NE.isdisjoint(changed) and not _NE.isdisjoint(there))
