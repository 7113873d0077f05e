"""Stand-ins: French words that the installed model translates in one known way, put in the place of what it does not.

"les B.C.N. sont indispensables" becomes garbage, "les navires sont indispensables" does not: the question is asked with
the stand-in, and its English in the answer gives way to "NCBs". Which words serve is asked of the model itself, once:
each candidate in a few sentences of its kind, and only those that always come back are kept. The result is kept in the
user's cache under the package's checksum.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from toolkit.errors import WriteError
from toolkit.files import write_atomic
from toolkit.text.fixtures import Kind
from toolkit.text.tables import words
from toolkit.translation.engine import Engine

#: Counted up whenever candidates or frames change.
VERSION = 2


class Slot(StrEnum):
    """What a stand-in stands for: a kind of quantity, a name, or a noun by gender, number and countability."""

    NAME = "name"
    NUMBER = "number"
    LARGE = "large number"
    ORDINAL = "ordinal"
    PERCENT = "percentage"
    MONEY = "money"
    MEASURE = "measure"
    SPAN = "span of time"
    DATE = "date"
    HE = "masculine noun"
    SHE = "feminine noun"
    VOWEL = "noun with elision"
    HE_COUNTED = "masculine countable noun"
    SHE_COUNTED = "feminine countable noun"
    VOWEL_COUNTED = "countable noun with elision"
    MANY = "plural noun"


@dataclass(frozen=True, slots=True)
class StandIn:
    """A French word or figure, and the pattern of its English."""

    french: str
    english: str

    def found(self, answer: str) -> list[re.Match[str]]:
        """Where an answer holds its English."""
        return list(_compiled(self.english).finditer(answer))

    def occurs(self, french: str) -> bool:
        """Whether a French sentence holds its words already."""
        parts = self.french.split()
        rare = [word for word in parts if word not in _COMMON] or parts
        return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", french, re.IGNORECASE) for word in rare)


_COMMON = words("le de d’euros dollars millions milliards % mai mars juin tonnes mètres kilomètres mois jours ans")


@lru_cache(maxsize=512)
def _compiled(english: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{english})(?!\w)", re.IGNORECASE)


def _figures(template: str, english: str, figures: str = "37 54 48 62 86") -> list[StandIn]:
    return [StandIn(template.format(n), english.format(n)) for n in figures.split()]


def _words(pairs: str) -> list[StandIn]:
    return [StandIn(*pair.split("=")) for pair in pairs.split()]


_NAMES = "X1 QZX Z9 Zeta Boeing Berlin Toyota Kappa Oslo ABC B2 Xerox N1 C3 Tokyo Ghana"

#: Candidates by slot, the ones to try first in front. Ordinals and nouns were read off the embedded model.
CANDIDATES: Mapping[Slot, Sequence[StandIn]] = {
    Slot.NAME: [StandIn(name, name) for name in _NAMES.split()],
    Slot.NUMBER: _figures("{}", "{}"),
    Slot.LARGE: _figures("{} millions", "{} million"),
    Slot.ORDINAL: _words("cinquième=fifth septième=seventh sixième=sixth quatrième=fourth deuxième=second"),
    Slot.PERCENT: _figures("{} %", r"{}\s?(?:%|per ?cent)"),
    Slot.MONEY: [
        *_figures("{} millions de dollars", r"(?:USD |US\$|\$){0} million|{0} million (?:US )?dollars", "37 54"),
        *_figures("{} millions d’euros", r"(?:EUR |€){0} million|{0} million euros?", "48 62"),
    ],
    Slot.MEASURE: [
        *_figures("{} tonnes", "{} tonnes", "37 62"),
        *_figures("{} mètres", "{} met(?:re|er)s", "48 54"),
        *_figures("{} kilomètres", "{} kilomet(?:re|er)s", "86"),
    ],
    Slot.SPAN: [
        *_figures("{} mois", "{}[ -]months?", "37 62"),
        *_figures("{} jours", "{}[ -]days?", "48 54"),
        *_figures("{} ans", "{}[ -]years?", "86"),
    ],
    Slot.DATE: [
        StandIn(f"le {day} {month}", rf"(?:on |the )*{day}(?:th|rd|st)?(?: of)? {name}|(?:on )?{name} {day}(?:th)?")
        for day, month, name in (("12", "mai", "May"), ("14", "mars", "March"), ("17", "juin", "June"))
    ],
    Slot.HE: _words("terrorisme=terrorism tourisme=tourism commerce=trade racisme=racism"),
    Slot.SHE: _words("pollution=pollution pauvreté=poverty corruption=corruption pêche=fishing|fisheries"),
    Slot.VOWEL: _words("agriculture=agriculture immigration=immigration énergie=energy"),
    Slot.HE_COUNTED: _words(
        "comité=committee programme=programme|program gouvernement=government parlement=parliament"
    ),
    Slot.SHE_COUNTED: _words("commission=commission région=region fondation=foundation banque=bank"),
    Slot.VOWEL_COUNTED: _words("université=university industrie=industry association=association"),
    Slot.MANY: _words(
        "citoyens=citizens victimes=victims étudiants=students navires=ships|vessels agriculteurs=farmers"
    ),
}

_SINGULAR = (
    "La lutte contre {le} est une priorité.",
    "Le port participe aux travaux {de le} depuis trois ans.",
    "{Le} a changé la vie des habitants.",
    "Ce rapport donne une place {à le} et aux pays voisins.",
)
#: Sentences that a stand-in must come through, by slot: {} is its place, {le} with its article.
FRAMES: Mapping[Slot, Sequence[str]] = {
    Slot.NAME: (
        "La réunion de {} se tiendra au musée du port.",
        "{} a annoncé l’ouverture d’une enquête.",
        "Les gardiens travaillent avec {} depuis trois ans.",
        "Selon {}, les visiteurs sont de plus en plus nombreux.",
        "Les {} sont plus utiles que jamais.",
        "Le directeur du {} a remercié les équipages.",
    ),
    Slot.NUMBER: (
        "Plus de {} navires ont été contrôlés.",
        "Les délégués de {} pays ont adopté le texte.",
        "{} agents ont participé à l’opération.",
    ),
    Slot.LARGE: ("Le port a accueilli {} de visiteurs.", "Plus de {} de messages ont été échangés."),
    Slot.ORDINAL: ("Lors de la {} session du comité, le texte a été adopté.", "C’est la {} réunion de ce type."),
    Slot.PERCENT: ("Il s’agit d’une hausse de {} par rapport à l’an dernier.", "Le prix a baissé de {}."),
    Slot.MONEY: ("L’aide est estimée à {} dans 12 pays.", "Plus de {} ont été donnés par les visiteurs."),
    Slot.MEASURE: ("Plus de {} de déchets ont été retirés du port.", "Le navire se trouvait à {} du port."),
    Slot.SPAN: ("Les travaux ont duré {}.", "Le navire est resté {} au port avec son équipage."),
    Slot.DATE: (
        "Le rapport sera présenté {}.",
        "Les chiffres publiés {} montrent une baisse.",
        "La réunion s’est tenue {} au siège du comité.",
    ),
    **dict.fromkeys((Slot.HE, Slot.SHE, Slot.VOWEL, Slot.HE_COUNTED, Slot.SHE_COUNTED, Slot.VOWEL_COUNTED), _SINGULAR),
    Slot.MANY: (
        "La lutte contre les {} est une priorité.",
        "Le port participe aux travaux des {} depuis trois ans.",
        "Les {} sont plus utiles que jamais.",
        "Le comité doit donner aux {} les moyens d’agir.",
    ),
}
_ARTICLES = {
    "masculine": ("le ", "du ", "au "),
    "feminine": ("la ", "de la ", "à la "),
    "elision": ("l’", "de l’", "à l’"),
}
_GENDERS = {
    Slot.HE: "masculine",
    Slot.HE_COUNTED: "masculine",
    Slot.SHE: "feminine",
    Slot.SHE_COUNTED: "feminine",
    Slot.VOWEL: "elision",
    Slot.VOWEL_COUNTED: "elision",
}

#: Slots that quantities go into; what is not here is a noun or a name.
SLOTS: Mapping[Kind, Slot] = {
    Kind.NUMBER: Slot.NUMBER,
    Kind.ORDINAL: Slot.ORDINAL,
    Kind.PERCENT: Slot.PERCENT,
    Kind.DATE: Slot.DATE,
    Kind.TIME: Slot.DATE,
    Kind.MONEY: Slot.MONEY,
    Kind.MEASURE: Slot.MEASURE,
}


@dataclass(frozen=True)
class StandIns:
    """The stand-ins that a model is known to translate reliably.

    Attributes:
        reliable: by slot, in order of preference.
    """

    reliable: Mapping[Slot, Sequence[StandIn]] = field(default_factory=dict)

    def choose(self, slot: Slot, sentence: str, taken: Sequence[StandIn]) -> StandIn | None:
        """The first that is neither in a sentence nor taken in it; None when there is none left."""
        for one in self.reliable.get(slot, ()):
            if not one.occurs(sentence) and not any(one.occurs(other.french) for other in taken):
                return one
        return None


def frames(slot: Slot, word: str) -> list[str]:
    """The sentences in which a stand-in is tried."""
    if slot not in _GENDERS:
        return [_initial(frame.replace("{}", word)) for frame in FRAMES[slot]]
    the, of, to = (article + word for article in _ARTICLES[_GENDERS[slot]])
    filled = (frame.replace("{le}", the).replace("{Le}", the) for frame in FRAMES[slot])
    return [_initial(frame.replace("{de le}", of).replace("{à le}", to)) for frame in filled]


def _initial(text: str) -> str:
    return text[:1].upper() + text[1:]


def probe(engine: Engine) -> StandIns:
    """Ask a model which candidates it translates in all frames, each exactly once."""
    asked = [
        (slot, one, question)
        for slot, candidates in CANDIDATES.items()
        for one in candidates
        for question in frames(slot, one.french)
    ]
    answers = next(iter(engine.translate([list(dict.fromkeys(question for *_, question in asked))])))
    known = dict(zip(dict.fromkeys(question for *_, question in asked), answers, strict=True))
    failed = {(slot, one) for slot, one, question in asked if len(one.found(known[question].text)) != 1}
    return StandIns(
        {slot: tuple(one for one in candidates if (slot, one) not in failed) for slot, candidates in CANDIDATES.items()}
    )


def stand_ins(engine: Engine, cache: Path | None = None) -> StandIns:
    """The stand-ins of a model: from the cache, else probed and kept there where that can be written.

    Args:
        engine: the model; its signature's checksum names the cached file.
        cache: a folder; None keeps nothing.
    """
    signature = engine.signature
    path = cache / f"stand-ins-{signature.checksum}-{VERSION}.json" if cache and signature.checksum else None
    known = _read(path) if path else None
    if known is not None:
        return known
    found = probe(engine)
    if path:
        _keep(path, found)
    return found


def _read(path: Path) -> StandIns | None:
    """A cached result; None when there is none, or none that can be trusted."""
    try:
        names = json.loads(path.read_text(encoding="utf-8"))
        known = {(slot, one.french): one for slot, candidates in CANDIDATES.items() for one in candidates}
        return StandIns({slot: tuple(known[slot, name] for name in names[slot.value]) for slot in CANDIDATES})
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _keep(path: Path, found: StandIns) -> None:
    names = {slot.value: [one.french for one in kept] for slot, kept in found.reliable.items()}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, json.dumps(names, ensure_ascii=False, indent=1).encode())
    except (OSError, WriteError):
        return  # it is only a cache
