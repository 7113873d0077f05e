"""Fields of a Word paragraph: instructions stay, results are text or words that the program computes.

ECMA-376 part 1, 17.16. A field's result is text to translate, except where Word computes it: a page number, a date.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.formats.office.runs import Atom, Kind
from toolkit.model import Code, Role

#: Fields whose results nobody translates: numbers, dates, names, what a mail merge fills in, index marks.
_OPAQUE = frozenset(
    {"PAGE", "NUMPAGES", "SECTIONPAGES", "SECTION", "PAGEREF", "NOTEREF", "SEQ", "LISTNUM", "AUTONUM", "AUTONUMLGL"}
    | {"DATE", "TIME", "CREATEDATE", "SAVEDATE", "PRINTDATE", "EDITTIME", "REVNUM", "NUMWORDS", "NUMCHARS", "FILESIZE"}
    | {"AUTHOR", "LASTSAVEDBY", "USERNAME", "USERINITIALS", "USERADDRESS", "FILENAME", "TEMPLATE", "MERGEFIELD"}
    | {"MERGEREC", "MERGESEQ", "NEXT", "=", "EQ", "FORMCHECKBOX", "FORMDROPDOWN", "SYMBOL", "ADVANCE", "BARCODE"}
    | {"XE", "TC", "RD", "TA", "ADDIN", "CITATION", "DISPLAYBARCODE", "DOCVARIABLE", "AUTONUMOUT"}
)
_ADDRESS = re.compile(r"HYPERLINK\s+(?:\"([^\"]*)\"|([^\\\s]\S*))?", re.IGNORECASE)
_ANCHOR = re.compile(r"\\l\s+(?:\"([^\"]*)\"|(\S+))", re.IGNORECASE)


@dataclass(slots=True)
class Mark(Atom):
    """A mark of a field, or its instruction.

    Attributes:
        sign: "begin", "separate", "end" or "instruction".
        holder: where the element begins that holds its run: marks in different ones do not enclose whole elements.
    """

    sign: str = ""
    holder: int = 0


@dataclass(frozen=True, slots=True)
class _Field:
    begin: int
    separate: int
    end: int
    instruction: str


def is_opaque(instruction: str) -> bool:
    """Whether a field's result is not to be translated."""
    name = re.match(r"\s*(=|[A-Za-z]+)", instruction)
    return name is None or name[1].upper() in _OPAQUE


def target(instruction: str) -> Code:
    """What a field with text as its result is: a link, or nothing that a reader must see."""
    address = _ADDRESS.match(instruction.strip())
    if address is None:
        return Code(0)
    anchor = _ANCHOR.search(instruction)
    href = address[1] or address[2] or ""
    return Code(0, Role.LINK, href=f"{href}#{anchor[1] or anchor[2]}" if anchor else href)


def folded(atoms: Sequence[Atom]) -> list[Atom]:
    """Atoms with fields as pairs or fixed words; halves of fields that go on in other paragraphs stand alone."""
    fields = {found.begin: found for found in _fields(atoms)}
    out: list[Atom] = []
    ends: dict[int, str] = {}
    at = 0
    while at < len(atoms):
        atom = atoms[at]
        found = fields.get(at)
        if found is None:
            if at in ends:
                atom = Atom(Kind.CLOSE, atom.start, atom.end, run=atom.run, name=ends[at], scope=True)
            elif isinstance(atom, Mark):
                at = _half(atoms, at, ends)
                atom = Atom(Kind.EMPTY, atom.start, atoms[at].end, run=atom.run)
            out.append(atom)
            at += 1
            continue
        result = atoms[found.separate + 1 : found.end]
        plain = all(each.kind is Kind.TEXT or isinstance(each, Mark) for each in result)
        last = atoms[found.end]
        if found.separate == found.end or (is_opaque(found.instruction) and plain):
            shown = "".join(each.text for each in result if not isinstance(each, Mark))
            kind = Kind.FIXED if shown.strip() else Kind.EMPTY
            out.append(Atom(kind, atom.start, last.end, shown, run=atom.run))
            at = found.end + 1
        else:
            name = f"field {atom.start}"
            end = atoms[found.separate].end
            code = target(found.instruction)
            out.append(Atom(Kind.OPEN, atom.start, end, code=code, run=atom.run, name=name, scope=True))
            ends[found.end] = name
            at = found.separate + 1
    return out


def _half(atoms: Sequence[Atom], at: int, ends: dict[int, str]) -> int:
    """The last of the marks that stand together from ``at`` on, for a field that goes on in another paragraph."""
    first, last = atoms[at], at
    while last + 1 < len(atoms) and last + 1 not in ends:
        mark = atoms[last + 1]
        if not (isinstance(first, Mark) and isinstance(mark, Mark)) or mark.holder != first.holder:
            break
        if mark.sign not in ("instruction", "separate"):
            break
        last += 1
    return last


def _fields(atoms: Sequence[Atom]) -> list[_Field]:
    """Fields that begin and end here and hold whole elements; those with no result have separate == end."""
    found: list[_Field] = []
    stack: list[tuple[int, int, list[str], int]] = []
    depth = 0
    for at, atom in enumerate(atoms):
        depth += (atom.kind is Kind.OPEN) - (atom.kind is Kind.CLOSE) if atom.scope else 0
        if not isinstance(atom, Mark):
            continue
        if atom.sign == "begin":
            stack.append((at, -1, [], depth))
        elif stack and atom.sign == "instruction" and stack[-1][1] < 0:
            stack[-1][2].append(atom.text)
        elif stack and atom.sign == "separate" and stack[-1][1] < 0:
            begin, _, words, level = stack[-1]
            stack[-1] = (begin, at, words, level)
        elif stack and atom.sign == "end":
            begin, separate, words, level = stack.pop()
            marks = (atoms[begin], atoms[separate if separate >= 0 else at], atom)
            holders = {each.holder for each in marks if isinstance(each, Mark)}
            if level == depth and len(holders) == 1:
                found.append(_Field(begin, separate if separate >= 0 else at, at, "".join(words)))
    return found
