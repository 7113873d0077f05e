"""The words and patterns by which blocks are recognised: French defaults, and toolkit.toml's [recognise] on top."""

from __future__ import annotations

import re
import unicodedata
import warnings
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any, Protocol

from toolkit.errors import ConfigError

_PHOTO = r"(?:Photos?|Photographies?|Crédits?(?:\s+(?:photos?|images?))?|Images?|Illustrations?|Visuels?)"
_SITE_WORDS = """
all news|print|share|back|read more|home|menu|search|next|previous|skip to content|back to top|download|subscribe|
toutes les actualités|toute l'actualité|toutes les nouvelles|actualités|imprimer|imprimer cette page|version imprimable|
partager|partager cette page|partager cet article|partager sur facebook|partager sur twitter|partager sur x|
partager sur linkedin|partager par courriel|envoyer par e-mail|envoyer à un ami|facebook|twitter|linkedin|whatsapp|
retour|retour à la liste|retour aux actualités|retour à l'accueil|haut de page|retour en haut|lire la suite|
en savoir plus|voir plus|lire aussi|à lire aussi|accueil|rechercher|suivant|précédent|article suivant|
article précédent|aller au contenu|aller au contenu principal|plan du site|mentions légales|fermer|
télécharger|télécharger le pdf|télécharger le communiqué|s'abonner|s'inscrire|newsletter|lettre d'information|
accepter|tout accepter|refuser|tout refuser|continuer sans accepter|gérer les cookies|paramétrer les cookies|
politique de confidentialité|communiqué|communiqué de presse|communiqués de presse|pour diffusion immédiate|fin
"""
#: "jusqu’au mardi 14 mars 2026 à 10 h 30", "avant le 14 mars, 10 heures (heure de Paris)": to the end of the line.
_UNTIL = (
    r"\s*,?\s+(?:jusqu['’](?:au?|à)|avant|au|le|levé\s+le|(?=\d))\s*"
    r"(?=[^.!?]*(?:\d|(?:lun|mar|mercre|jeu|vendre|same)di|dimanche|demain))[^.:;!?]{0,70}(?:h\s?:?\d\d)?\.?$"
)
_AGENCIES = "AFP|AP|Reuters|ATS|Keystone-ATS|Belga|APS|MAP|TAP|PANA|APA|DPA|EFE|ANSA|AIB|Xinhua|Anadolu|QMI|PC"
_ACCENTS = re.compile("[\u0300-\u036f]+")
#: Seconds of processor that a project's own pattern may take on one line; an ordinary one takes some microseconds.
#: The clock is C's: it counts all threads of the process, so that a search beside three busy ones has a quarter of it.
_PATIENCE = 1.0
#: An escape, a comment, flags, a repetition, another brace, a set: what is to be told apart in a pattern.
_TOKEN = re.compile(
    r"\\N\{[^}]*\}|\\.|\(\?#[^)]*\)|\(\?(?P<flags>[a-zA-Z-]+)[:)]|\{(?:[0-9]+(?:,[0-9]*)?|,[0-9]*)\}|(?P<brace>\{)|"
    r"\[(?P<set>\^?\]?(?:\\.|[^\]\\])*)\]",
    re.DOTALL,
)
_BRACKET = re.compile(r"(\\.)|\[", re.DOTALL)


def fold(text: str) -> str:
    """``text`` as boilerplate is compared: without case, accents (capitals often have none) and arrows around it."""
    letters = text.casefold().replace("’", "'")
    if not letters.isascii():
        letters = _ACCENTS.sub("", unicodedata.normalize("NFD", letters))
    return " ".join(letters.split()).strip(" <>«»‹›←→↑↓+…:|•·-–—[]().!")


class Pattern(Protocol):
    """What a line is searched with."""

    def search(self, text: str, /) -> re.Match[str] | None:
        """The first match, or None."""


@dataclass(frozen=True, slots=True)
class OwnPattern:
    """A pattern of toolkit.toml. Written so that it tries every way to share out a line, it is stopped.

    Attributes:
        source: the regular expression.
        name: the key it stands under ("credit_patterns"), in ``where``.
    """

    source: str
    name: str
    where: str
    _compiled: Any = field(compare=False, repr=False)

    def search(self, text: str, /) -> re.Match[str] | None:
        """The first match, or None.

        Raises:
            ConfigError: the pattern does not come to an end on this text.
        """
        try:
            match: re.Match[str] | None = self._compiled.search(text, timeout=_PATIENCE)
        except TimeoutError:
            raise ConfigError(
                f"\"{self.name}\": the pattern '{self.source}' does not come to an end on the line that begins "
                f"“{text[:40].strip()}”",
                where=self.where,
                hint=r"write it without a repetition inside a repetition: '(\w+ ?)+:' is '[\w ]+:'",
            ) from None
        return match


def first_match(text: str, patterns: Sequence[Pattern]) -> re.Match[str] | None:
    """The match of the first pattern that is found in ``text``."""
    return next((match for pattern in patterns if (match := pattern.search(text))), None)


@dataclass(frozen=True, slots=True)
class Recognition:
    """The rules of ``recognise``. Patterns are Python regular expressions, searched in lines of up to 400 characters.

    Attributes:
        boilerplate: lines of a web page around the text, folded ("imprimer"); compared whole.
        boilerplate_patterns: the same, as patterns.
        label_patterns: what stands over a release and says what it is ("Communiqué de presse", "Sous embargo jusqu’au
            …"). A number, a date and further labels may follow on the line; the date counts if there is no other.
        source_patterns: lines that say where the text was taken from; group "source" is the name.
        credit_patterns: lines that name author, photographer or agency.
        contact_patterns: lines of a contact block.
        caption_patterns: a caption with its credit on one line; group "credit" is the credit.
        agencies: press agencies, casefolded: "14 octobre 2019, AFP" is a credit.
        bullets: characters that, before white space, mark a list item.
        heading_max: longest sub-heading, in characters.
        headline_max: longest headline, in characters.
    """

    boilerplate: frozenset[str] = frozenset()
    boilerplate_patterns: tuple[Pattern, ...] = ()
    label_patterns: tuple[Pattern, ...] = ()
    source_patterns: tuple[Pattern, ...] = ()
    credit_patterns: tuple[Pattern, ...] = ()
    contact_patterns: tuple[Pattern, ...] = ()
    caption_patterns: tuple[Pattern, ...] = ()
    agencies: frozenset[str] = frozenset()
    bullets: frozenset[str] = frozenset("-–—−•*·▪▫◦‣⁃●○■□►▶➢➤✓✔→")
    heading_max: int = 100
    headline_max: int = 250

    @classmethod
    def from_mapping(cls, table: Mapping[str, object], where: str = "toolkit.toml [recognise]") -> Recognition:
        """The defaults with a table of toolkit.toml on top.

        Lists add to the defaults; ``defaults = false`` drops the default words and patterns first. Numbers replace.

        Raises:
            ConfigError: an unknown key, a value of the wrong type, or a pattern that does not compile.
        """
        known = [field.name for field in fields(cls)]
        unknown = sorted(set(table) - {*known, "defaults"})
        if unknown:
            raise ConfigError(f'unknown key "{unknown[0]}"', where=where, hint=f"Known: defaults, {', '.join(known)}.")
        keep = table.get("defaults", True)
        if not isinstance(keep, bool):
            raise ConfigError('"defaults" must be true or false', where=where, hint="Write defaults = false.")
        base = DEFAULT if keep else cls()
        values = {name: getattr(base, name) for name in known}
        for name in known:
            if name in table:
                values[name] = _merged(name, values[name], table[name], where)
        return cls(**values)


def _merged(name: str, old: object, new: object, where: str) -> object:
    if isinstance(old, int):
        if isinstance(new, int) and not isinstance(new, bool) and new > 0:
            return new
        raise ConfigError(f'"{name}" must be a positive number', where=where, hint=f"Write {name} = {old}.")
    if not isinstance(new, Sequence) or isinstance(new, str) or not all(isinstance(one, str) and one for one in new):
        raise ConfigError(f'"{name}" must be a list of strings', where=where, hint=f'Write {name} = ["…"].')
    if isinstance(old, tuple):
        return (*old, *(_compiled(pattern, name, where) for pattern in new))
    assert isinstance(old, frozenset)  # noqa: S101 - the field types above are the only three
    if name == "bullets":
        wrong = [one for one in new if len(one) != 1 or one.isalnum() or one.isspace()]
        if wrong:
            raise ConfigError(f'"{wrong[0]}" is not one bullet character', where=where, hint='Write bullets = ["¶"].')
        return old | set(new)
    return old | {fold(one) if name == "boilerplate" else one.casefold() for one in new}


def _compiled(pattern: str, name: str, where: str) -> OwnPattern:
    # Python's own module has no time limit. The other reads the same patterns, but for what _literal escapes, and is
    # not loaded where there are none.
    import regex  # type: ignore[import-untyped,unused-ignore]

    try:
        with warnings.catch_warnings():  # both say that "[[" may once mean something else; here it never will
            warnings.simplefilter("ignore", FutureWarning)
            re.compile(pattern)
            compiled = regex.compile(_literal(pattern), regex.VERSION0)
    except (re.error, regex.error, OverflowError, RecursionError) as error:
        raise ConfigError(
            f'"{name}": {pattern!r} is not a regular expression: {error}',
            where=where,
            hint="Patterns are Python regular expressions; in TOML write them in 'single quotes'.",
        ) from None
    if any("x" in (token["flags"] or "") for token in _TOKEN.finditer(pattern)):
        raise ConfigError(
            f'"{name}": {pattern!r} has the flag x (verbose), which is not read here',
            where=where,
            hint="Write the pattern without the flag, and without blanks and comments of its own.",
        )
    return OwnPattern(pattern, name, where, compiled)


def _literal(pattern: str) -> str:
    """A pattern, not verbose, with everything escaped that Python reads as letters and ``regex`` as something else.

    These are braces that are no repetition ("Nom{s}" is fuzzy matching there) and brackets inside a set
    ("[[:alpha:]]" a class). What else ``regex`` adds, Python refuses. Some characters stay others (docs/reading.md).
    """
    return _TOKEN.sub(_escaped, pattern)


def _escaped(token: re.Match[str]) -> str:
    if token["brace"]:
        return r"\{"
    if token["set"] is None:
        return token[0]
    inside = _BRACKET.sub(lambda one: one[1] or r"\[", token["set"])
    return f"[{inside}]"


def _patterns(*sources: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(source) for source in sources)


DEFAULT = Recognition(
    boilerplate=frozenset(fold(word) for word in _SITE_WORDS.split("|")),
    boilerplate_patterns=_patterns(
        r"^(?:Accueil|Home)\s*[>›»/|]",
        r"(?i)^(?:ce site|nous) utilis(?:e|ons) des cookies\b",
        r"(?i)\bcookies?\b.*\b(?:accept|consent|navigation|traceurs)",
        r"(?i)^page \d+ (?:sur|/|de) \d+$",
        r"(?i)^-+\s*fin( du communiqué)?\s*-+$",
    ),
    label_patterns=_patterns(
        r"(?i)^communiqu[ée]s?(?:\s+(?:commun|conjoint))?(?:\s+(?:de|à\s+la)\s+presse)?(?:\s+(?:commun|conjoint))?\b",
        r"(?i)^(?:dossiers?|notes?|points?|invitations?|avis|alertes?|informations?)\s+(?:(?:de|à\s+la)\s+)?presse\b",
        r"(?i)^(?:avis|note|invitation)\s+aux\s+(?:médias|medias|rédactions|redactions|journalistes)\b",
        r"(?i)^(?:pour|à)\s+(?:diffusion|publication|parution)\s+imm[ée]diate\b",
        rf"(?i)^(?:strictement\s+)?sous\s+embargo(?:\s+strict)?(?=\s*$|\s*[-–—|:(]|{_UNTIL})(?:{_UNTIL})?",
        rf"(?i)^embargo(?:\s*:)?{_UNTIL}",
        rf"(?i)^(?:à\s+ne\s+pas|ne\s+pas)\s+(?:diffuser|publier){_UNTIL}",
    ),
    source_patterns=_patterns(r"(?i)^sources?\s*:\s*(?P<source>\S.*)$"),
    credit_patterns=_patterns(
        rf"(?i)^\(?{_PHOTO}\s*:",
        r"(?i)^(?:auteure?s?|autrices?|rédaction|textes?|traduction)(?:\s+et\s+photos?)?\s*:",
        r"(?i)^(?:propos recueillis par|copyright)\b",
        r"(?i)^\(?(?:©|\(c\)|tous droits réservés)",
        r"^\(?(?:Avec|avec)\s+(?:AFP|Reuters|AP|ATS|Belga)\)?\.?$",
        r"^Par\s+[A-ZÀ-Þ][\w’'-]+(?:\s+(?:de|du|d’|le|la)?\s?[A-ZÀ-Þ][\w’'.-]*){1,3}$",
    ),
    contact_patterns=_patterns(
        r"(?i)^contacts?(?:\s+(?:de\s+|avec\s+la\s+)?(?:presse|médias?|journalistes))?\s*:",
        r"(?i)^(?:relations?|service)\s+(?:avec\s+la\s+|de\s+)?(?:presse|médias?)\s*:",
        r"(?i)^(?:t[ée]l(?:éphone)?|courriel|e-?mail|mél|fax|mobile|site(?:\s+web)?)\b\.?\s*:?\s*\S*[\d@.][\S ]{0,40}$",
        r"^\S+@\S+\.\w{2,}$",
        r"^(?:https?://|www\.)\S+$",
        r"^(?:\+|00)?\d[\d .()\-\u00a0\u202f]{7,20}$",
    ),
    caption_patterns=_patterns(
        r"(?i)^légende(?:\s+photo)?\s*:",
        rf"^\S.{{8,}}?\s[–—-]?\s*(?P<credit>\(?{_PHOTO}\s*:\s*[^.:;!?]{{2,80}})\.?$",
        r"^\S.{8,}?\s[–—-]?\s*(?P<credit>\(?(?:[Pp]hoto\s+)?©\s*[^.:;!?]{2,80})\.?$",
        r"^\S.{8,}?[.!?»]\s*(?P<credit>\((?:[Pp]hoto|[Cc]rédit)\s[^.:;!?]{2,80}\))\.?$",
    ),
    agencies=frozenset(_AGENCIES.casefold().split("|")),
)
