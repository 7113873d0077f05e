"""Bytes ↔ Release + Skeleton, one module per source format.

A format is a line in ``_MODULES`` and a module with a ``FORMAT`` that fulfils ``contract.Format``. The module is
imported when a file of its suffix is first met, so that reading text never pays for a DOCX library.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from importlib import import_module
from itertools import zip_longest
from pathlib import PurePath

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, Holding, ReadOptions, ReadResult
from toolkit.formats.recognition import Recognition
from toolkit.formats.slug import day_in
from toolkit.formats.writing import Localisation
from toolkit.model import Release
from toolkit.skeleton import Skeleton

__all__ = [
    "SUFFIXES",
    "Format",
    "Localisation",
    "ReadOptions",
    "ReadResult",
    "Recognition",
    "assemble",
    "embedded_file",
    "format_for",
    "read_release",
    "verify_round_trip",
]

#: Format name → (suffixes, module). Suffixes are compared in lower case.
_MODULES: dict[str, tuple[tuple[str, ...], str]] = {
    "text": ((".txt",), "toolkit.formats.text"),
    "html": ((".html", ".htm", ".xhtml"), "toolkit.formats.html"),
    "markdown": ((".md", ".markdown"), "toolkit.formats.markdown"),
    "xml": ((".xml",), "toolkit.formats.xml"),
    "docx": ((".docx",), "toolkit.formats.office.docx"),
    "odt": ((".odt",), "toolkit.formats.office.odt"),
}

#: Every suffix a source can have, in the registry's order.
SUFFIXES: tuple[str, ...] = tuple(suffix for suffixes, _ in _MODULES.values() for suffix in suffixes)


def _load(name: str) -> Format:
    found: Format = import_module(_MODULES[name][1]).FORMAT
    return found


def format_for(path: str) -> Format:
    """The format that reads ``path``, by its suffix.

    Raises:
        SourceError: no format has this suffix.
    """
    suffix = PurePath(path).suffix.lower()
    for name, (suffixes, _) in _MODULES.items():
        if suffix in suffixes:
            return _load(name)
    raise SourceError(
        f'"{suffix}" is not a format the toolkit reads' if suffix else "the file name has no suffix",
        where=path,
        hint=f"Give a file that ends in {', '.join(SUFFIXES)}.",
    )


def read_release(data: bytes, path: str, options: ReadOptions | None = None) -> ReadResult:
    """Bytes of a source → its release, unsegmented; dated by its file's name where nothing in it tells a date.

    Args:
        data: the whole file.
        path: relative to the project with ``/`` ("source/x.txt"); names the release and stands in every message.
        options: how to read; None for the defaults.

    Raises:
        SourceError: unknown suffix, too large, a bad name, or anything the format itself refuses.
    """
    options = options or ReadOptions()
    chosen = format_for(path)
    if len(data) > options.max_bytes:
        raise SourceError(
            f"the file has {len(data):,} bytes, over the limit of {options.max_bytes:,}",
            where=path,
            hint="Split the file, or raise max_bytes under [source] in toolkit.toml.",
        )
    result = chosen.read(data, path, options)
    release, day = result.release, day_in(result.release.id)
    if release.metadata.date or not day:
        return result
    return replace(result, release=replace(release, metadata=replace(release.metadata, date=day)))


def assemble(
    skeleton: Skeleton,
    texts: Mapping[str, str],
    localisation: Localisation | None = None,
    *,
    respell: bool = False,
) -> bytes:
    """The source file again, with ``texts[block id]`` in each block's place; everything else byte for byte.

    Args:
        skeleton: of the release.
        texts: each with exactly the placeholders of the block's own text.
        localisation: what the file is to say of its language; None leaves that alone too.
        respell: write texts anew that have not changed.

    Raises:
        SourceError: a text cannot be written in the file's encoding, is missing, or has other placeholders.
    """
    return _load(skeleton.format).assemble(skeleton, texts, localisation, respell=respell)


def embedded_file(skeleton: Skeleton, name: str) -> bytes | None:
    """A file inside the source (an image in a DOCX), by its member name; None when the source has no such file."""
    found = _load(skeleton.format)
    return found.embedded(skeleton, name) if isinstance(found, Holding) else None


def verify_round_trip(data: bytes, path: str, options: ReadOptions | None = None) -> ReadResult:
    """Proves that nothing is lost between reading ``data`` and writing it.

    Written back with its own text the file has the same bytes; and with every text spelled anew it reads the same.

    Raises:
        SourceError: the source is refused, a byte differs (the message names the first one), or a text reads otherwise.
    """
    result = read_release(data, path, options)
    texts = {block.id: block.text for block in result.release.blocks}
    again = assemble(result.release.skeleton, texts)
    if again != data:
        pairs = zip(again, data, strict=False)
        first = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(again), len(data)))
        raise SourceError(f"written back, the file differs from byte {first} on", where=path, hint=_DEFECT)
    _verify_respelled(result.release, texts, options)
    return result


_DEFECT = "This is a defect of the toolkit: please report it with the file."


def _verify_respelled(release: Release, texts: Mapping[str, str], options: ReadOptions | None) -> None:
    respelled = assemble(release.skeleton, texts, respell=True)
    limit = replace(options or ReadOptions(), max_bytes=len(respelled))
    try:
        blocks = read_release(respelled, release.path, limit).release.blocks
    except SourceError as error:
        raise SourceError(
            f"its texts could not be written so that they can be read again: {error.message}",
            where=release.path,
            hint=_DEFECT,
        ) from error
    if blocks == release.blocks:
        return
    for old, new in zip_longest(release.blocks, blocks):
        if old != new:
            origin = (old or new).origin
            shown = " ".join((old or new).text.split())[:60]
            raise SourceError(
                f"the text “{shown}” cannot be written so that it reads the same",
                where=str(origin) if origin else release.path,
                hint="Simplify the markup of this paragraph, or report it as a defect of the toolkit with the file.",
            )
