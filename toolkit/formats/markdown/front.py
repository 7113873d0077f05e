r"""Front matter: the lines of YAML or TOML at the head of a Markdown file, read one by one without a YAML library.

All of it is kept as it stands. Only values on one line at the outermost level are understood, plain ones or in
quotation marks: the others are for the programs that make the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

#: Keys whose values people read, as Hugo, Jekyll, Pandoc, Docusaurus and MkDocs know them, and their French names.
_SHOWN = frozenset(
    {"title", "titre", "subtitle", "sous-titre", "description", "summary", "résumé", "excerpt", "abstract"}
)
_LANGUAGE = frozenset({"lang", "language", "locale"})

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|$)")
_YAML_KEY = re.compile(r"(?P<key>[^\W\d][\w-]*)[ \t]*:(?:[ \t]+|(?=[\r\n]|$))")
_TOML_KEY = re.compile(r"(?P<key>[^\W\d][\w-]*)[ \t]*=[ \t]*")
_BLANK = re.compile(r"[ \t]*(?:#[^\r\n]*)?[\r\n]*$")
_REST = r"[ \t]*(?:(?<=[ \t])#[^\r\n]*)?[\r\n]*$"
_DOUBLE = re.compile(r'"(?P<inner>(?:[^"\\\r\n]|\\["\\/])*)"' + _REST)
_SINGLE = re.compile(r"'(?P<inner>(?:[^'\r\n]|'')*)'" + _REST)
_LITERAL = re.compile(r"'(?P<inner>[^'\r\n]*)'" + _REST)
#: YAML 1.2 section 7.3.3: no indicator in front, no ": " and no " #" inside.
_PLAIN = re.compile(
    r"(?P<inner>[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:[^\s:#]|:(?=[^\s])|(?<=[^\s])#|[^\S\r\n]+(?=[^\s#]))*)" + _REST
)
#: A plain value that YAML would not read as text.
_NOT_TEXT = re.compile(r"(?i)(?:true|false|yes|no|on|off|null|y|n|~|[-+.\d][\d_.,:eE+-]*|0[xo][\da-f]+|\.inf|\.nan)$")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*$")


@dataclass(frozen=True, slots=True)
class Value:
    """A value in its place: ``start`` to ``end`` with its quotation marks, ``text`` without.

    Attributes:
        style: how new text is spelled there: "yaml", 'yaml"', "yaml'" or "toml".
    """

    key: str
    start: int
    end: int
    text: str
    style: str


@dataclass(slots=True)
class Front:
    """Front matter that ends at ``end``.

    Attributes:
        shown: values to translate.
        language: the value that names the language of the file.
        said: every value that was understood, by its key in lower case.
    """

    end: int = 0
    shown: list[Value] = field(default_factory=list)
    language: Value | None = None
    said: dict[str, str] = field(default_factory=dict)


def front_matter(text: str) -> Front:
    """The front matter of a file; an empty one where it has none."""
    mark = text[:3]
    if mark not in ("---", "+++"):
        return Front()
    lines = _lines(text)
    if next(lines)[1].rstrip() != mark:
        return Front()
    inside: list[tuple[int, str]] = []
    for start, line in lines:
        if line.rstrip() == mark or (mark == "---" and line.rstrip() == "..."):
            return _read(inside, start + len(line), toml=mark == "+++")
        inside.append((start, line))
    return Front()


def _lines(text: str) -> Iterator[tuple[int, str]]:
    return ((match.start(), match[0]) for match in _LINE.finditer(text) if match[0])


def _read(lines: list[tuple[int, str]], end: int, *, toml: bool) -> Front:
    """Lines between the marks; two rules with a paragraph between them are no front matter."""
    pattern = _TOML_KEY if toml else _YAML_KEY
    first = next((line for _, line in lines if not _BLANK.match(line)), "")
    if not pattern.match(first) or not lines[0][1].strip():
        return Front()
    front = Front(end)
    for (start, line), (_, following) in zip(lines, [*lines[1:], (end, "")], strict=True):
        if toml and line.lstrip().startswith("["):
            break  # a table: what follows is inside it
        match = pattern.match(line)
        if match is None or (following[:1] in (" ", "\t") and following.strip()):
            continue
        value = _toml_value(line, match) if toml else _yaml_value(line, match)
        if value is None:
            continue
        value = Value(value.key, start + value.start, start + value.end, value.text, value.style)
        front.said.setdefault(value.key, value.text)
        if value.key in _SHOWN:
            front.shown.append(value)
        elif value.key in _LANGUAGE and _TAG.match(value.text) and front.language is None:
            front.language = value
    return front


def _yaml_value(line: str, key: re.Match[str]) -> Value | None:
    name, at = key["key"].lower(), key.end()
    if match := _DOUBLE.match(line, at):
        return Value(name, at, match.end("inner") + 1, re.sub(r"\\(.)", r"\1", match["inner"]), 'yaml"')
    if match := _SINGLE.match(line, at):
        return Value(name, at, match.end("inner") + 1, match["inner"].replace("''", "'"), "yaml'")
    if match := _PLAIN.match(line, at):
        return Value(name, at, match.end("inner"), match["inner"], "yaml")
    return None


def _toml_value(line: str, key: re.Match[str]) -> Value | None:
    name, at = key["key"].lower(), key.end()
    if match := _DOUBLE.match(line, at):
        return Value(name, at, match.end("inner") + 1, re.sub(r"\\(.)", r"\1", match["inner"]), "toml")
    if match := _LITERAL.match(line, at):
        return Value(name, at, match.end("inner") + 1, match["inner"], "toml")
    return None


def spelled(text: str, style: str) -> str:
    """New text as a value: plain where YAML reads it as it stands, else in quotation marks."""
    if style == "yaml" and _PLAIN.fullmatch(text) and not _NOT_TEXT.match(text) and "#" not in text:
        return text
    if style == "yaml'":
        return "'" + text.replace("'", "''") + "'"
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
