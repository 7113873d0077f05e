"""M: a sentence that says the opposite."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.checks.model import NOTE, WARNING, About, Knowledge, Problem, Sentence, quoted, sentence_check
from toolkit.text import negation


@sentence_check(
    About(
        "M101",
        WARNING,
        "A negation is missing",
        "The French says that something is not so; nothing in the English says so.",
        "Les syndicats n’ont pas signé l’accord.",
        "The unions signed the agreement.",
        "The unions did not sign the agreement.",
    )
)
def negation_lost(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A negation proper in the French and no word at all that could stand for it."""
    if lost := negation.lost(line.french, line.english):
        yield Problem(f"the negation is missing: {quoted([lost])}", "say that it is not so")


@sentence_check(
    About(
        "M102",
        WARNING,
        "A negation that the French does not have",
        "The English says that something is not so; nothing in the French does.",
        "Les syndicats ont signé l’accord.",
        "The unions did not sign the agreement.",
        "The unions signed the agreement.",
    )
)
def negation_added(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A plain "not", "never", "nobody" and no word in the French that could have led to it."""
    if added := negation.added(line.french, line.english):
        yield Problem(f"a negation that the French does not have: {quoted([added])}", "compare it with the French")


@dataclass(frozen=True, slots=True)
class _Side:
    """One of two opposites: its French, any English that may stand for it, and the English that surely does."""

    french: str
    maybe: str
    surely: str

    def in_french(self, line: Sentence) -> re.Match[str] | None:
        return re.search(self.french, line.french, re.IGNORECASE)


_OPPOSITES = (
    (
        _Side(
            r"\b(?:hausse|augment\w+|progress(?:é|e|ent|er)|accroî\w+)\b",
            r"increas|\bris(?:e|ing)|\brose|gr[eo]w|\bup\b|gain|high|more|climb|progress|expan|extra|raise",
            r"\b(?:increas\w+|rise[sn]?|rose|gr[eo]w(?:s|n|th)?)\b",
        ),
        _Side(
            r"\b(?:baiss\w*|diminu\w+|recul(?:é|er|e|ent)?|rédui\w+|chut\w+)\b",
            r"decreas|declin|f[ae]ll|drop|reduc|down|low|less|fewer|cut|slow|shr[aiu]nk",
            r"\b(?:decreas\w+|decline[sd]?|f[ae]ll(?:en|s|ing)?|drop(?:s|ped)?)\b",
        ),
    ),
    (
        _Side(r"\bamont\b", "upstream|upriver|advance|before|prior|ahead", r"\bupstream\b"),
        _Side(r"\baval\b", "downstream|downriver", r"\bdownstream\b"),
    ),
    (
        _Side(r"\bnord\b", "north", r"\bnorth(?:ern)?\b"),
        _Side(r"\bsud\b", "south", r"\bsouth(?:ern)?\b"),
    ),
    (
        _Side(
            r"\b(?:r?ouvert\w*|r?ouvr\w+)\b",
            "open|launch|start|begin|establish|access|avail",
            r"\b(?:re)?open(?:s|ed|ing)?\b",
        ),
        _Side(r"\bferm(?:é|ée|és|ées|er|e|ent|eture)\b", "clos|shut|firm|farm|lock", r"\bclos(?:es?|ed|ing|ure)\b"),
    ),
    (
        _Side(r"\b(?:plus tôt|auparavant)\b", "earlier|before|previous|ago|sooner|prior", r"\bearlier\b"),
        _Side(r"\bplus tard\b", "later|after|subsequent|latest|following", r"\blater\b"),
    ),
    (
        _Side(r"\b(?:minimum|au moins)\b", "least|minim|or more|or over", r"\b(?:at least|minimum)\b"),
        _Side(r"\b(?:maximum|au plus)\b", "most|maxim|up to|no more|or less", r"\b(?:at most|maximum|up to)\b"),
    ),
)


@sentence_check(
    About(
        "M103",
        WARNING,
        "The opposite",
        "The English has the opposite of a word of the French, and not its counterpart.",
        "Les vols ont augmenté en un an.",
        "Thefts decreased over the year.",
        "Thefts increased over the year.",
    )
)
def opposite(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Pairs of opposites, where only one of the two is in the French."""
    for pair in _OPPOSITES:
        for said, other in (pair, pair[::-1]):
            found = said.in_french(line)
            wrong = re.search(other.surely, line.english, re.IGNORECASE) if found else None
            if found and wrong and not other.in_french(line) and not re.search(said.maybe, line.english, re.IGNORECASE):
                yield Problem(f"{quoted([found[0]])} became {quoted([wrong[0]])}", "compare it with the French")


#: French, the English word it is taken for, and what it means.
_FALSE_FRIENDS = tuple(
    (re.compile(rf"\b{french}\b", re.IGNORECASE), re.compile(english, re.IGNORECASE), meant)
    for french, english, meant in (
        (r"actuellement", r"\bactually\b", "currently"),
        (r"actuel(?:s|le|les)?", r"\bactual\b", "current"),
        (r"éventuellement", r"\beventually\b", "possibly"),
        (r"éventuel(?:s|le|les)?", r"\beventual\b", "possible"),
        (r"assist(?:er|é|e|ent) (?:à|au|aux)", r"\bassist", "attend"),
        (r"(?<!sans )délais?", r"\bdelays?\b", "time limit, deadline"),
        (r"sensibles?", r"\bsensible\b", "sensitive"),
        (r"demand(?:er?|é|ent|ait)", r"\bdemand(?:s|ed)?\b", "ask"),
        (r"prévenir", r"\bprevene", "prevent, warn"),
        (r"achev(?:er|é|ée|e)", r"\bachiev", "complete"),
        (r"attend(?:re|ent|ait)?", r"\battend(?:s|ed)?\b", "wait for, expect"),
        (r"librairies?", r"\blibrar", "bookshop"),
        (r"préjudices?", r"\bprejudice", "damage, loss"),
        (r"formations?", r"\bformation\b", "training"),
        (r"stages?", r"\bstages?\b", "course, internship"),
        (r"hasard", r"\bhazard", "chance"),
        (r"engins?", r"\bengine", "craft, device"),
        (r"ancien(?:s|ne|nes)?", r"\bancient\b", "former"),
        (r"procès", r"\bprocess\b", "trial"),
        (r"parquet", r"\bparquet\b", "public prosecutor’s office"),
    )
)


@sentence_check(
    About(
        "M104",
        NOTE,
        "A false friend",
        "The English word looks like the French one and mostly means something else.",
        "L’équipe compte actuellement douze agents.",
        "The team actually has twelve officers.",
        "The team currently has twelve officers.",
    )
)
def false_friend(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Pairs that are wrong more often than right."""
    for french, english, meant in _FALSE_FRIENDS:
        found = french.search(line.french)
        if found and (wrong := english.search(line.english)):
            yield Problem(f"{quoted([found[0]])} became {quoted([wrong[0]])}", f"it mostly means {meant}")
