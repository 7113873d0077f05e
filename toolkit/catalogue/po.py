"""Catalogue ↔ PO bytes. The only import of polib.

``parse`` trusts nothing: polib reads a file cut in half, a merge conflict's leftovers and doubled entries without a
word, so the text is looked at first and the entries are counted afterwards. ``serialize`` never wraps a line and
orders everything by the catalogue, so that a change of one word is a change of one line in version control.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote, unquote

import polib

from toolkit.catalogue.provenance import from_lines, to_lines
from toolkit.digests import fits
from toolkit.errors import CatalogueError, TruncatedError
from toolkit.model import ENGINE_ALIGN, ENGINE_MEMORY, ENGINE_PREVIOUS, Catalogue, Entry, Key, Origin, Provenance, State

#: Header field with the number of live and obsolete entries: how a file cut short is noticed.
COUNT_FIELD = "X-Toolkit-Entries"

_CONFLICT = re.compile(r"^(<{7} |={7}$|>{7} |\|{7} )", re.MULTILINE)
_LINE_END = re.compile(r"\r\n?")
_FORBIDDEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
#: What gettext accepts and polib does not, or reads otherwise: sticky flags of gettext 1.0 ("#= no-wrap"), prefixes
#: without a space ("#,fuzzy", "#~msgid", "#note"), and the previous source of obsolete entries ("#~|").
_SPELLINGS = (
    (re.compile(r"^#[=,][ \t]*(?=\S)", re.MULTILINE), "#, "),
    (re.compile(r"^#~(?:\|.*|[ \t]*$)", re.MULTILINE), ""),
    (re.compile(r"^#([.:|])(?=\S)", re.MULTILINE), r"#\1 "),
    (re.compile(r"^#~[ \t]*(?=[\"m])", re.MULTILINE), "#~ "),
    (re.compile(r"^#(?=[^\s.:,|~=#])", re.MULTILINE), "# "),
)
#: Where one of them may be; a line's start is looked for by its break, which is many times faster than by ``^``.
_UNUSUAL = re.compile(r"\n#(?!\s|[.:|]\s|, \S|~ [\"m])")
#: Escapes of C that gettext writes (msgcat -E) and reads, and polib does not know.
_ESCAPE = re.compile(r"\\(?:([0-7]{1,3})|x([0-9A-Fa-f]{2})|(.))")
_KEYWORD = re.compile(r"\n[ \t]*(?:#~[ \t]*)?(msgctxt|msgid_plural|msgid|msgstr)\b")
_LAST_LINE = re.compile(r'[ \t]*(?:#~[ \t]*)?(?:msg\w+(?:\[\d\])?[ \t]*)?"(?:[^"\\]|\\.)*"[ \t]*|#.*')
_STRING = re.compile(r'^[ \t]*(?:#~[ \t]*|#\|[ \t]*)?(?:msg\w+[ \t]*)?"(?=.*\\[0-7xa]).*"$', re.MULTILINE)
_ODD_ESCAPE = re.compile(r"\\[0-7xa]")
_RESTORE = "restore the file from version control or a backup"


class _Lines(str):
    """Text that polib reads line by line as it would a file: str.splitlines() would also cut at U+2028 or U+0085."""

    __slots__ = ()

    def splitlines(self, keepends: bool = False) -> list[str]:
        return self.split("\n")


def parse(data: bytes, where: str, release: str, *, counted: bool = True) -> Catalogue:
    """Read a PO or POT file.

    Args:
        data: the file's bytes.
        where: its path, for messages.
        release: id of the release it belongs to.
        counted: refuse fewer entries than the header counts.

    Raises:
        CatalogueError: the file is not UTF-8, holds a merge conflict or a control character, breaks PO syntax, defines
            an entry twice, uses plural forms, or holds fewer entries than its header says (a cut file).
    """
    text = _decode(data, where)
    try:
        po = polib.pofile(_Lines(text), encoding="utf-8", wrapwidth=0)
    except (OSError, ValueError, IndexError) as error:
        raise CatalogueError(
            f"this is not a valid PO file ({_syntax(error)})",
            where=_at(where, error),
            hint=f"mend that line, or {_RESTORE}",
        ) from None
    header = tuple((name, value) for name, value in po.metadata.items())
    entries = tuple(_entry(item, where) for item in po)
    _refuse_duplicates(po, where)
    if counted:
        _refuse_truncated(dict(header), entries, where)
    live = [entry for entry in entries if entry.state is not State.OBSOLETE]
    obsolete = [entry for entry in entries if entry.state is State.OBSOLETE]
    comments = (*(po.header.split("\n") if po.header else ()), *_trailing_notes(text))
    header = tuple((name, value) for name, value in header if name != COUNT_FIELD)
    return Catalogue(release=release, header=header, entries=(*live, *obsolete), comments=comments)


def serialize(catalogue: Catalogue) -> bytes:
    """Write a catalogue as PO bytes (UTF-8, LF, one line a string): the inverse of ``parse``."""
    live, obsolete = catalogue.live, catalogue.obsolete
    # The count comes first: a file cut anywhere behind it is noticed.
    fields = [(COUNT_FIELD, f"{len(live)} live, {len(obsolete)} obsolete"), *catalogue.header]
    header = polib.POEntry(msgid="", msgstr="".join(f"{name}: {value}\n" for name, value in fields))
    comment = "".join(f"# {line}\n" if line else "#\n" for line in catalogue.comments)
    blocks = [comment + header.__unicode__(0), *(_po_entry(entry).__unicode__(0) for entry in (*live, *obsolete))]
    text = "\n".join(blocks)
    if control := _FORBIDDEN.search(text):
        raise CatalogueError(
            f"U+{ord(control.group()):04X} cannot be written into a catalogue",
            where=catalogue.release,
            hint="this is a mistake of the toolkit: please report it with the release",
        )
    return text.encode("utf-8")


def _decode(data: bytes, where: str) -> str:
    if not data.strip():
        raise CatalogueError(
            "the catalogue is empty: whatever wrote it last did not finish", where=where, hint=_RESTORE
        )
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise CatalogueError(
            f"the catalogue is not UTF-8 (byte 0x{data[error.start]:02x})",
            where=f"{where}:{line}",
            hint="open it in a PO editor, set the charset to UTF-8 and save it again",
        ) from None
    text = _LINE_END.sub("\n", text)
    if any(mark * 7 in text for mark in "<=>|") and (conflict := _CONFLICT.search(text)):
        raise CatalogueError(
            "a version-control conflict is left in the catalogue",
            where=f"{where}:{_line(text, conflict.start())}",
            hint="choose between the two versions, remove the <<<<<<< ======= >>>>>>> lines, and run the command again",
        )
    if control := _FORBIDDEN.search(text):
        raise CatalogueError(
            f"the control character U+{ord(control.group()):04X} does not belong in a catalogue",
            where=f"{where}:{_line(text, control.start())}",
            hint="remove it in a text editor",
        )
    if not text.endswith("\n"):
        if not _LAST_LINE.fullmatch(text[text.rfind("\n") + 1 :]):
            raise CatalogueError("the catalogue ends in the middle of a line", where=where, hint=_RESTORE)
        text += "\n"
    _check_charset(text, where)
    if _UNUSUAL.search("\n" + text):
        for pattern, spelling in _SPELLINGS:
            text = pattern.sub(spelling, text)
    _check_order(text, where)
    return _STRING.sub(lambda line: _plain_escapes(line.group()), text) if _ODD_ESCAPE.search(text) else text


def _trailing_notes(text: str) -> tuple[str, ...]:
    """A person's comment below the last entry, which polib drops: it is kept with the file's own, above the header."""
    start = len(text)
    while start:
        before = text.rfind("\n", 0, start - 1) + 1
        line = text[before : start - 1]
        if line not in ("", "#") and not line.startswith("# "):
            break
        start = before
    return tuple(line[1:].strip() for line in text[start:].split("\n") if line.strip("# "))


def _check_charset(text: str, where: str) -> None:
    charset = re.search(r'^[ \t]*"Content-Type:.*?charset=([^\\\s"]+)', text, re.MULTILINE)
    if charset is None:  # gettext takes that for ASCII; what is UTF-8 is UTF-8
        return
    if charset[1].lower() not in {"utf-8", "utf8"}:
        raise CatalogueError(
            f"the catalogue's header says charset={charset[1]}",
            where=f"{where}:{_line(text, charset.start())}",
            hint="only UTF-8 is read: convert it with `msgconv --to-code=UTF-8`, or set the charset in your editor",
        )


def _check_order(text: str, where: str) -> None:
    """Each msgid must have its msgstr and each msgstr its msgid: polib joins or drops what is left alone."""
    open_msgid = False
    for keyword in _KEYWORD.finditer("\n" + text):
        word = keyword[1]
        if word == "msgid_plural":
            return  # refused later, by name
        if (word == "msgstr") != open_msgid:
            raise CatalogueError(
                f"an entry is incomplete: {word} stands where {'msgstr' if open_msgid else 'msgid'} is expected",
                where=f"{where}:{_line(text, keyword.start())}",
                hint=f"mend that entry, or {_RESTORE}",
            )
        open_msgid = word != "msgstr" if word != "msgctxt" else False
    if open_msgid:
        raise CatalogueError("the catalogue ends in the middle of an entry", where=where, hint=_RESTORE)


def _plain_escapes(line: str) -> str:
    """A PO string with the octal and hexadecimal escapes of its UTF-8 bytes written as the characters they mean."""

    def plain(match: re.Match[str]) -> str:
        octal, hexadecimal, other = match.groups()
        if other:
            return "" if other == "a" else match.group()
        byte = int(octal, 8) & 0xFF if octal else int(hexadecimal, 16)
        if byte < 0x80:
            return polib.escape(chr(byte))
        return chr(0xDC00 + byte)  # a lone surrogate stands for the byte until its neighbours are known

    text = _ESCAPE.sub(plain, line)
    try:
        return re.sub(r"[\udc80-\udcff]+", lambda run: bytes(ord(c) - 0xDC00 for c in run[0]).decode("utf-8"), text)
    except UnicodeDecodeError:
        return line


def _line(text: str, offset: int) -> int:
    return text.count("\n", 0, offset) + 1


def _at(where: str, error: Exception) -> str:
    line = re.search(r"line (\d+)", str(error))
    return f"{where}:{line.group(1)}" if line else where


def _syntax(error: Exception) -> str:
    reason = str(error).rpartition("): ")[2]
    return reason if reason and "Syntax error" not in reason else "syntax error"


def _entry(item: polib.POEntry, where: str) -> Entry:
    if item.msgid_plural:
        raise CatalogueError(
            "plural forms have no place in a release's catalogue",
            where=f"{where}:{item.linenum}",
            hint="remove the msgid_plural entry; `toolkit extract` writes the entries anew",
        )
    if control := _FORBIDDEN.search(f"{item.msgctxt}{item.msgid}{item.msgstr}".replace("\r", "\n")):
        raise CatalogueError(
            f"an escape stands for the control character U+{ord(control.group()):04X}",
            where=f"{where}:{item.linenum}",
            hint="remove it in a text editor",
        )
    key = Key(item.msgctxt, item.msgid)
    target = _LINE_END.sub("\n", item.msgstr) if "\r" in item.msgstr else item.msgstr
    if not target.strip():
        target = ""
    provenance, notes = from_lines(tuple(item.tcomment.split("\n")) if item.tcomment else ())
    fuzzy = "fuzzy" in item.flags
    flags = tuple(flag for flag in dict.fromkeys(item.flags) if flag and flag != "fuzzy")
    previous = Key(item.previous_msgctxt, item.previous_msgid) if item.previous_msgid is not None else None
    if item.obsolete:
        return Entry(key, target, State.OBSOLETE, provenance, None, notes, flags=("fuzzy", *flags) if fuzzy else flags)
    if not target:
        state = State.UNTRANSLATED
    elif not fuzzy:
        state = State.REVIEWED
    elif previous is None and _is_draft(provenance, key, target):
        state = State.MACHINE
    else:
        state = State.FUZZY
    return Entry(
        key=key,
        target=target,
        state=state,
        provenance=provenance,
        # An editor that clears the fuzzy flag may leave the previous source behind: it says nothing any more.
        previous=previous if state is State.FUZZY else None,
        notes=notes,
        comments=tuple(item.comment.split("\n")) if item.comment else (),
        origins=tuple(_origins(item.occurrences)),
        flags=flags,
        line=item.linenum or 0,
    )


def _is_draft(provenance: Provenance | None, key: Key, target: str) -> bool:
    """Whether a fuzzy target is still what a machine wrote for this very sentence."""
    if provenance is None or provenance.engine in {ENGINE_PREVIOUS, ENGINE_MEMORY, ENGINE_ALIGN}:
        return False
    return fits(provenance, key, target)


_LINE = re.compile(r"[0-9]{1,9}")


def _origins(occurrences: Iterable[tuple[str, str | int]]) -> Iterator[Origin]:
    for path, line in occurrences:
        yield Origin(unquote(path), int(line) if _LINE.fullmatch(str(line)) else 0)


def _quote(path: str) -> str:
    """A reference without white space, which separates references: percent-encoded as in a URL."""
    return re.sub(r"[\s%]", lambda match: quote(match.group(), safe=""), path)


def _po_entry(entry: Entry) -> polib.POEntry:
    fuzzy = entry.state in {State.MACHINE, State.FUZZY}
    comments = [*entry.notes, *(to_lines(entry.provenance) if entry.provenance else ())]
    return polib.POEntry(
        msgctxt=entry.key.context,
        msgid=entry.key.source,
        msgstr=entry.target,
        tcomment="\n".join(comments),
        comment="\n".join(entry.comments),
        occurrences=[(_quote(origin.path), str(origin.line) if origin.line else "") for origin in entry.origins],
        flags=["fuzzy", *entry.flags] if fuzzy else list(entry.flags),
        previous_msgctxt=entry.previous.context if entry.previous else None,
        previous_msgid=entry.previous.source if entry.previous else None,
        obsolete=entry.state is State.OBSOLETE,
    )


def _refuse_duplicates(po: polib.POFile, where: str) -> None:
    seen: dict[Key, int | None] = {}
    for item in po:
        key = Key(item.msgctxt, item.msgid)
        if not key.source and key.context is None:
            hint = "delete the second header, and keep what a person wrote there"
            raise CatalogueError("the catalogue has a second header", where=where, hint=hint)
        if item.obsolete:
            continue
        if key in seen:
            raise CatalogueError(
                f"the sentence “{_short(item.msgid)}” has two entries, the first on line {seen[key]}",
                where=f"{where}:{item.linenum}",
                hint="keep the one with the right English and delete the other (`msguniq` shows both)",
            )
        seen[key] = item.linenum


def _refuse_truncated(header: dict[str, str], entries: tuple[Entry, ...], where: str) -> None:
    count = re.match(r"([0-9]{1,9}) live", header.get(COUNT_FIELD, ""))
    if not entries and not count:
        raise CatalogueError(
            "the catalogue was cut short in its header, or is no catalogue", where=where, hint=_RESTORE
        )
    # msgmerge turns live entries into obsolete ones; that there are fewer obsolete ones is no sign: editors purge them.
    if count and len(entries) < int(count.group(1)):
        raise TruncatedError(
            f"the catalogue holds {len(entries)} entries but its header counts {count.group(1)}: it was cut short",
            where=where,
            hint=f"{_RESTORE}; if a tool of yours removed entries, delete the line with {COUNT_FIELD}, too",
        )


def _short(text: str, width: int = 50) -> str:
    return text if len(text) <= width else text[: width - 1] + "…"
