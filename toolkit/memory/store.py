"""The memory's cache: units of all files in SQLite, found exactly, by shape, or by likeness.

Everything in it can be made again from the files it was made from, so nothing here is mended: what is damaged, of
another version, or not what it says of itself is reported as DamagedError, and whoever holds the files makes it anew.
"""

from __future__ import annotations

import sqlite3
from array import array
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from zlib import crc32

from rapidfuzz.distance import Indel

from toolkit.errors import LockedError, MemoryFileError, WriteError
from toolkit.memory.index import BUCKETS, Hasher, buckets, digest, shape
from toolkit.memory.model import APPROVED, Match, Trust, Unit, trust_of
from toolkit.model import Key
from toolkit.placeholders import bare
from toolkit.text.spelling import folded

#: Counted up whenever tables, hashes, or what is taken in change: a cache of another version is made anew.
VERSION = 3
#: "tkmm", for file(1) and for telling our file from anybody else's.
_APPLICATION = 0x746B6D6D
#: Units whose postings are collected before they are written.
_BLOCK = 200_000
_BATCH = 5_000
#: Postings looked at, and candidates compared word by word, for one sentence: what keeps a search under 10 ms.
_MOST_POSTINGS, _MOST_CANDIDATES = 6_000, 64
#: Units with the same words that are looked at.
_MOST_SAME = 100
#: Seconds to wait for another program that has the cache open.
_PATIENCE = 2.0

_TABLES = f"""
PRAGMA application_id = {_APPLICATION};
PRAGMA user_version = {VERSION};
CREATE TABLE files (
    id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, rank INTEGER NOT NULL, trust TEXT NOT NULL,
    size INTEGER NOT NULL, modified INTEGER NOT NULL, checksum TEXT NOT NULL, units INTEGER NOT NULL,
    problem TEXT NOT NULL);
CREATE TABLE units (
    id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL, same INTEGER NOT NULL, shape INTEGER,
    words BLOB NOT NULL, seal INTEGER NOT NULL, context TEXT, source TEXT NOT NULL, target TEXT NOT NULL);
CREATE INDEX units_same ON units (same);
CREATE INDEX units_shape ON units (shape) WHERE shape IS NOT NULL;
CREATE INDEX units_file ON units (file);
CREATE TABLE postings (
    bucket INTEGER NOT NULL, block INTEGER NOT NULL, units BLOB NOT NULL, PRIMARY KEY (bucket, block)) WITHOUT ROWID;
CREATE TABLE blocks (id INTEGER PRIMARY KEY AUTOINCREMENT, file INTEGER NOT NULL);
"""
_UNIT = "units.id, units.context, units.source, units.target, units.seal, files.name, files.trust"
_FROM = "FROM units JOIN files ON files.id = units.file"


class DamagedError(MemoryFileError):
    """The cache is not what it should be; it can be made again."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """A file as it was when its units were taken in.

    Attributes:
        name: what units are told by: a release's id, or "memory/auto/x.tmx".
        modified: of the file, in nanoseconds.
        checksum: SHA-256.
        problem: why it gave no units; "" where all is well.
    """

    name: str
    trust: Trust
    size: int
    modified: int
    checksum: str
    units: int = 0
    problem: str = ""


class Store:
    """A connection to the cache. Not for use by several threads."""

    def __init__(self, path: Path | None = None) -> None:
        """Open the cache, or make an empty one.

        Args:
            path: the file; its folder exists. None keeps everything in memory.

        Raises:
            DamagedError: not a cache of this version. LockedError, WriteError: it cannot be opened.
        """
        self.path = path
        self._hasher = Hasher()
        with self._told():
            self._connection = sqlite3.connect(str(path or ":memory:"), timeout=_PATIENCE, isolation_level=None)
            try:
                self._prepare()
            except BaseException:
                self._connection.close()
                raise

    def _prepare(self) -> None:
        ask = self._connection.execute
        ask("PRAGMA cache_size = -65536")
        ask("PRAGMA synchronous = NORMAL")
        if not ask("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            self._connection.executescript(f"BEGIN IMMEDIATE; {_TABLES} COMMIT;")
        elif ask("PRAGMA application_id").fetchone()[0] != _APPLICATION:
            raise self._damaged("it is a database of another program")
        elif ask("PRAGMA user_version").fetchone()[0] != VERSION:
            raise self._damaged("it was made by another version of the toolkit")
        ask("SELECT id FROM files LIMIT 1")

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    @contextmanager
    def _told(self) -> Iterator[None]:
        """SQLite's errors as a person would say them."""
        try:
            yield
        except sqlite3.Error as error:
            where = str(self.path or "")
            code = getattr(error, "sqlite_errorcode", 0) & 0xFF
            if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
                raise LockedError(
                    "another program has the memory's cache open", where=where, hint="close it, then run again"
                ) from None
            if code in (sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM):
                raise WriteError(
                    f"cannot write the memory's cache: {error}", where=where, hint="check free space and permissions"
                ) from None
            raise self._damaged(str(error)) from None
        except (ValueError, TypeError) as error:  # a row that another program has changed
            raise self._damaged(f"what it holds cannot be read ({error})") from None

    def _damaged(self, reason: str) -> DamagedError:
        return DamagedError(
            f"the memory's cache cannot be used: {reason}",
            where=str(self.path or ""),
            hint="`toolkit memory rebuild` makes it anew; nothing is lost",
        )

    # --- what is in it -------------------------------------------------------------------------------------------

    def stamps(self) -> tuple[Stamp, ...]:
        """The files whose units are in it, by name."""
        with self._told():
            rows = self._connection.execute(
                "SELECT name, trust, size, modified, checksum, units, problem FROM files ORDER BY name"
            ).fetchall()
            return tuple(Stamp(row[0], self._trust(row[1]), *row[2:]) for row in rows)

    def _trust(self, name: str) -> Trust:
        trust = APPROVED if name == APPROVED.name else trust_of(name)
        if trust is None:
            raise self._damaged(f"it holds the unknown trust “{name}”")
        return trust

    @contextmanager
    def changing(self) -> Iterator[None]:
        """A transaction: all changes in it are made, or none."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._connection.rollback()
            raise
        with self._told():
            self._connection.execute("COMMIT")

    def touch(self, stamp: Stamp) -> None:
        """Note how a file is now, whose units stay as they are. Inside ``changing``."""
        with self._told():
            put = "UPDATE files SET size = ?, modified = ?, checksum = ?, problem = ? WHERE name = ?"
            self._connection.execute(put, (stamp.size, stamp.modified, stamp.checksum, stamp.problem, stamp.name))

    def drop(self, name: str) -> None:
        """Forget a file's units. Inside ``changing``."""
        with self._told():
            ask = self._connection.execute
            found = ask("SELECT id, units FROM files WHERE name = ?", (name,)).fetchone()
            if found is None:
                return
            blocks = [row[0] for row in ask("SELECT id FROM blocks WHERE file = ?", (found[0],))]
            if found[1] < BUCKETS // 4:  # its own buckets are few
                near = {
                    bucket
                    for row in ask("SELECT words FROM units WHERE file = ?", (found[0],))
                    for bucket in buckets(_unpacked(row[0]))
                }
                pairs = ((bucket, block) for bucket in near for block in blocks)
                self._connection.executemany("DELETE FROM postings WHERE bucket = ? AND block = ?", pairs)
            else:
                ask(f"DELETE FROM postings WHERE block IN ({_listed(blocks)})")  # noqa: S608
            ask("DELETE FROM blocks WHERE file = ?", (found[0],))
            ask("DELETE FROM units WHERE file = ?", (found[0],))
            ask("DELETE FROM files WHERE id = ?", (found[0],))

    def add(self, stamp: Stamp, units: Iterable[tuple[Key, str]]) -> int:
        """Take in a file's units, instead of those it had. Inside ``changing``.

        Returns:
            How many.
        """
        self.drop(stamp.name)
        with self._told():
            trust = stamp.trust
            row = (stamp.name, trust.rank, trust.name, stamp.size, stamp.modified, stamp.checksum, 0, stamp.problem)
            file = (
                self._connection.execute("INSERT INTO files VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?)", row).lastrowid or 0
            )
        count = 0
        rest = iter(units)
        while block := list(islice(rest, _BLOCK)):
            with self._told():
                self._add_block(file, block)
            count += len(block)
        with self._told():
            self._connection.execute("UPDATE files SET units = ? WHERE id = ?", (count, file))
        return count

    def _add_block(self, file: int, units: Sequence[tuple[Key, str]]) -> None:
        ask = self._connection.execute
        block = ask("INSERT INTO blocks VALUES (NULL, ?)", (file,)).lastrowid
        last = ask("SELECT seq FROM sqlite_sequence WHERE name = 'units'").fetchone()
        number = last[0] if last else 0
        postings: dict[int, array[int]] = {}
        for start in range(0, len(units), _BATCH):
            rows = []
            for key, target in units[start : start + _BATCH]:
                number += 1
                words = bare(key.source)
                codes = self._hasher.codes(words)
                form = shape(words)
                rows.append(
                    (
                        number,
                        file,
                        digest(folded(words)),
                        digest(form) if form else None,
                        codes.tobytes(),
                        _seal(key, target),
                        key.context,
                        key.source,
                        target,
                    )
                )
                for bucket in buckets(codes):
                    postings.setdefault(bucket, array("I")).append(number)
            self._connection.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
        self._connection.executemany(
            "INSERT INTO postings VALUES (?, ?, ?)",
            ((bucket, block, postings[bucket].tobytes()) for bucket in sorted(postings)),
        )

    # --- what is found in it -------------------------------------------------------------------------------------

    def same(self, source: str) -> tuple[Unit, ...]:
        """Units with the words of a sentence, whatever their context, placeholders and typography; best trust first."""
        words = folded(bare(source))
        found = self._units("units.same = ?", digest(words))
        return tuple(unit for unit in found if folded(bare(unit.key.source)) == words)

    def shaped(self, source: str) -> tuple[Unit, ...]:
        """Units whose sentence differs from this one in figures, dates and addresses only; best trust first."""
        form = shape(bare(source))
        found = self._units("units.shape = ?", digest(form)) if form else ()
        return tuple(unit for unit in found if shape(bare(unit.key.source)) == form)

    def _units(self, condition: str, value: int) -> list[Unit]:
        with self._told():
            ask = f"SELECT {_UNIT} {_FROM} WHERE {condition} ORDER BY rank, name, units.id LIMIT {_MOST_SAME}"
            rows = self._connection.execute(ask, (value,)).fetchall()
        return sorted((self._unit(row) for row in rows), key=lambda unit: (unit.trust, unit.origin))

    def _unit(self, row: tuple[int, str | None, str, str, int, str, str]) -> Unit:
        _, context, source, target, seal, name, trust = row
        unit = Unit(Key(context, source), target, name, self._trust(trust))
        if _seal(unit.key, target) != seal:
            raise self._damaged("a sentence in it has changed by itself")
        return unit

    def similar(self, source: str, least: int, limit: int = 5) -> tuple[Match, ...]:
        """The units most like a sentence.

        Args:
            source: a sentence as a catalogue holds it.
            least: per cent, after penalties.
            limit: how many at most.

        Returns:
            The most alike first, of equally alike ones the most trusted.
        """
        words = bare(source)
        codes = self._hasher.codes(words)
        with self._told():
            numbers = self._candidates(codes, least)
            close = self._closest(codes, numbers, least)
            rows = self._connection.execute(
                f"SELECT {_UNIT} {_FROM} WHERE units.id IN ({', '.join('?' * len(close))})", list(close)
            ).fetchall()
        matches = []
        for row in rows:
            unit = self._unit(row)
            alike = 100 if folded(unit.key.source) == folded(source) else min(99, int(close[row[0]]))
            matches.append(Match(unit, alike - unit.trust.penalty))
        matches = [match for match in matches if match.per_cent >= least]
        matches.sort(key=lambda match: (-match.per_cent, match.unit.trust, match.unit.origin, match.unit.key.source))
        return tuple(matches[:limit])

    def _candidates(self, codes: Sequence[int], least: int) -> list[int]:
        """Numbers of the units that share most of the sentence's rarest pairs of words."""
        wanted = buckets(codes)
        measure = f"SELECT bucket, sum(length(units)) FROM postings WHERE bucket IN ({_listed(wanted)}) GROUP BY bucket"  # noqa: S608
        rows = self._connection.execute(measure).fetchall()
        rarest = [bucket for bucket, _ in sorted(rows, key=lambda row: (row[1], row[0]))]
        sizes = {bucket: size // 4 for bucket, size in rows}
        enough = _pairs_needed(len(codes), least)
        chosen: list[int] = []
        budget = _MOST_POSTINGS
        for bucket in rarest:
            if chosen and (budget < sizes[bucket] or len(chosen) >= enough):
                break
            chosen.append(bucket)
            budget -= sizes[bucket]
        hits: Counter[int] = Counter()
        for (blob,) in self._connection.execute(
            f"SELECT units FROM postings WHERE bucket IN ({_listed(chosen)})"  # noqa: S608
        ):
            hits.update(_unpacked(blob)[-_MOST_POSTINGS:])
        best = max(hits.values(), default=0)
        near = [(-count, number) for number, count in hits.items() if 2 * count > best]
        return [number for _, number in sorted(near)[:_MOST_CANDIDATES]]

    def _closest(self, codes: array[int], numbers: Sequence[int], least: int) -> dict[int, float]:
        """Of these units the most alike ones, with how alike they are in per cent."""
        rows = self._connection.execute(
            f"SELECT id, words FROM units WHERE id IN ({_listed(numbers)})"  # noqa: S608
        )
        cutoff = least / 100
        scored = (
            (100 * Indel.normalized_similarity(codes, _unpacked(words), score_cutoff=cutoff), number)
            for number, words in rows
        )
        return {number: alike for alike, number in sorted(scored, reverse=True)[:_MOST_SAME] if alike >= least}


def _pairs_needed(words: int, least: int) -> int:
    """How many of a sentence's rarest pairs to look up, so that every match of ``least`` per cent has one of them.

    A match has at least a = least · m / (200 - least) of the m words; each word it lacks takes two pairs with it.
    """
    lacking = words - int(least * words / (200 - least))
    return max(3, min(words + 1, 2 * lacking + 1))


def _listed(numbers: Iterable[int]) -> str:
    """Numbers as SQL lists them: our own, never anybody's text."""
    return ", ".join(map(str, numbers))


def _unpacked(blob: bytes) -> array[int]:
    numbers = array("I")
    numbers.frombytes(blob)
    return numbers


def _seal(key: Key, target: str) -> int:
    return crc32(f"{key.context}\0{key.source}\0{target}".encode("utf-8", "surrogatepass"))
