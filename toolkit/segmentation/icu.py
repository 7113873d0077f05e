r"""ICU regular expressions, as SRX files hold them, in the dialect of the ``regex`` package.

SRX 2.0 names ICU's syntax (https://unicode-org.github.io/icu/userguide/strings/regexp.html); OmegaT and Okapi write
Java's, which is nearly the same. The ``regex`` package reads most of both as it is: ``\p{Lu}``, ``\h``, ``\R``,
possessive quantifiers, atomic groups, nested sets, inline flags that reach to the end of their group. What it reads
otherwise or not at all is rewritten here. Python's own ``re`` was not an option: it has no properties and no
look-behind of variable width, which is what "before the break" means.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

# Typed only where types-regex is installed.
import regex  # type: ignore[import-untyped,unused-ignore]

PatternError: type[Exception] = regex.error

_VERTICAL = r"\n\x0b\f\r\x85\u2028\u2029"

#: Escapes that mean something else, or nothing, to the ``regex`` package. \Z stands before a last line break in ICU.
_ESCAPES = {
    "e": r"\x1b",
    "H": r"[^\h]",
    "v": f"[{_VERTICAL}]",
    "V": f"[^{_VERTICAL}]",
    "z": r"\Z",
    "Z": rf"(?=(?:\r\n|[{_VERTICAL}])?\Z)",
}

#: Names of Java's own properties (OmegaT, LanguageTool).
_JAVA_PROPERTIES = {
    "javaAlphabetic": "Alphabetic",
    "javaDigit": "Nd",
    "javaLetter": "L",
    "javaLetterOrDigit": "Alnum",
    "javaLowerCase": "Lowercase",
    "javaUpperCase": "Uppercase",
    "javaWhitespace": "White_Space",
}

_REWRITE = re.compile(
    r"""
      \\Q(?P<quoted>.*?)(?:\\E|\Z)
    | \\x\{(?P<hex>[0-9A-Fa-f]{1,6})\}
    | \\u(?P<high>[Dd][89ABab][0-9A-Fa-f]{2})\\u(?P<low>[Dd][C-Fc-f][0-9A-Fa-f]{2})
    | \\c(?P<control>[@-_a-z])
    | \\0(?P<octal>[0-3]?[0-7]{1,2})
    | \\k<(?P<reference>\w+)>
    | \\(?P<case>[pP])\{(?P<property>java\w+|Is_?[A-Z][A-Za-z]?)\}
    | \(\?(?P<flags>[a-zA-Z]*(?:-[a-zA-Z]+)?)(?P<scope>[:)])
    | \\(?P<escape>.)
    """,
    re.VERBOSE | re.DOTALL,
)


def translate(pattern: str) -> str:
    """An ICU (or Java) pattern → the same in the ``regex`` package's version 1 syntax.

    A pattern that is wrong stays wrong: ``compile_rule`` says so.
    """
    return _REWRITE.sub(_rewrite, pattern)


def _rewrite(match: re.Match[str]) -> str:
    kind = match.lastgroup
    whole = match[0]
    if kind == "quoted":
        return str(regex.escape(match["quoted"], special_only=False))
    if kind == "hex":
        return rf"\U{int(match['hex'], 16):08x}"
    if kind == "low":
        return rf"\U{0x10000 + (int(match['high'], 16) - 0xD800) * 0x400 + int(match['low'], 16) - 0xDC00:08x}"
    if kind == "control":
        return rf"\x{ord(match['control'].upper()) ^ 64:02x}"
    if kind == "octal":
        return rf"\x{int(match['octal'], 8):02x}"
    if kind == "reference":
        return f"(?P={match['reference']})"
    if kind == "property":
        name = match["property"]
        return rf"\{match['case']}{{{_JAVA_PROPERTIES.get(name, name.removeprefix('Is').removeprefix('_'))}}}"
    if kind == "scope":
        # Unicode boundaries, Unicode case and Unix lines (w, u, U, d): the first two always hold here.
        flags = re.sub("[wuUd]", "", match["flags"]).removesuffix("-")
        return f"(?{flags}{match['scope']}" if flags or match["scope"] == ":" else ""
    return _ESCAPES.get(match["escape"], whole)


#: A reference to a group, by number or by name, in translated syntax.
_BACK_REFERENCE = re.compile(r"(?<!\\)(?:\\\\)*(?:\\[1-9]|\(\?P=)")


def compile_rule(before: str, after: str) -> Any:
    """The rule as one pattern that matches, with no width, at every position where it applies.

    ``before`` becomes a look-behind, which the ``regex`` package reads from the right. So there an atomic group or a
    possessive quantifier saves time but never forbids a match, and a back-reference would not match at all: that is
    refused rather than ignored.

    Raises:
        PatternError: one of the two is no regular expression, or ``before`` refers back to a group.
    """
    parts = [translate(before), translate(after)]
    if _BACK_REFERENCE.search(parts[0]):
        raise PatternError("a back-reference cannot stand in beforebreak; write the alternatives out")
    for part in parts:
        # Each alone, so that "a)|(b" is an error and not a clever way out of the group around it.
        regex.compile(part, regex.VERSION1)
    return regex.compile(_zero_width(*parts), regex.VERSION1)


def _zero_width(before: str, after: str) -> str:
    behind = f"(?<={before})" if before else ""
    ahead = f"(?={after})" if after else ""
    return behind + ahead


def combine(rules: Iterable[tuple[str, str]]) -> list[Any]:
    """Rules that say the same (all break, or all do not) as few patterns: one, but for those with groups of their own.

    A numbered group would get another number beside others, so a rule that captures stays alone. Rules with the same
    ``before`` share it: that is where the time goes.
    """
    return [regex.compile(pattern, regex.VERSION1) for pattern, _ in _alternations(rules)]


def combine_for_search(rules: Iterable[tuple[str, str]]) -> list[Any]:
    """The same for searching a whole text: a rule applies at the END of a match, which is one character long or none.

    Where ``last_characters`` are known, they are what is searched for: much faster than looking behind everywhere.
    """
    return [
        regex.compile(f"{characters}(?:{pattern})" if characters else pattern, regex.VERSION1)
        for pattern, characters in _alternations(rules)
    ]


def _alternations(rules: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str | None]]:
    """Patterns of no width, each with the characters it can stand behind, or None for all."""
    shared: dict[str, list[str]] = {}
    for before, after in rules:
        translated = translate(before), translate(after)
        if compile_rule(before, after).groups:
            yield _zero_width(*translated), last_characters(translated[0])
        else:
            shared.setdefault(translated[0], []).append(f"(?:{translated[1]})")
    if shared:
        sets = [last_characters(before) for before in shared]
        known = [one for one in sets if one is not None]
        yield (
            "|".join(f"(?:{_zero_width(before, '|'.join(afters))})" for before, afters in shared.items()),
            f"[{''.join(known)}]" if len(known) == len(sets) else None,
        )


#: One escaped character, one simple set, or one character; nested sets are for ``last_characters`` to give up on.
_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|.", re.DOTALL)
_LAST_SET = re.compile(r"(\[(?:[^\[\]\\&|~-]|\\[^\w\s])+\])\)?\Z")


def last_characters(pattern: str) -> str | None:
    r"""A set with every character that a match of ``pattern`` can end in, where that is plain to see; None elsewhere.

    Plain is: no alternatives at the top, no flags, and at the end an escaped mark (``\.``) or a simple set without
    ranges (``[.!?]``), repeated or not (``+``), or a look back at such a set (``(?<=[.!?])``).
    """
    if re.search(r"\(\?[A-Za-z-]+[:)]", pattern):
        return None
    atoms = _ATOM.findall(pattern)
    if atoms[-2:] in (["+", "+"], ["+", "?"]):
        atoms.pop()
    if atoms[-1:] == ["+"]:
        atoms.pop()
    depth = 0
    for atom in atoms:
        depth += (atom == "(") - (atom == ")")
        if atom == "|" and depth == 0:
            return None
    if atoms and re.fullmatch(r"\\[^\w\s]", atoms[-1]):
        return f"[{atoms[-1]}]"
    core = "".join(atoms)
    found = _LAST_SET.search(core)
    if found is None or found[1] not in atoms:
        return None
    return found[1] if not found[0].endswith(")") or core.endswith(f"(?<={found[0]}") else None


def matches_language(pattern: str, language: str) -> bool:
    """Whether a ``languagemap``'s pattern is the whole of a language tag; case does not count, as in BCP 47 and OmegaT.

    Raises:
        PatternError: it is no regular expression.
    """
    return regex.fullmatch(translate(pattern), language, regex.VERSION1 | regex.IGNORECASE) is not None
