"""Installing a model package from the Argos index, from a URL or from a file.

Nothing that came over the network is installed unless its SHA-256 is the expected one. The Argos index has no sums, so
they are pinned here, given by the person, or waived by the person in so many words.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from toolkit.errors import DownloadError, ModelError, WriteError
from toolkit.translation.install import install_archive, staging_folder, verify_package
from toolkit.translation.packages import ModelPackage, installed_packages, read_record, require_pair
from toolkit.translation.transfer import Progress, Wait, download, fetch, public

DEFAULT_INDEX = "https://raw.githubusercontent.com/argosopentech/argospm-index/main/index.json"
"""The index that Argos Translate itself uses."""

PINNED: dict[str, tuple[int, str]] = {
    "translate-fr_en-1_9.argosmodel": (
        66_585_033,
        "3b3052fee6bb1e8e8e632a26a723eb2a2c7710dfe73ba61ffd9b83e85d4f14c1",
    ),
}
"""Size in bytes and SHA-256 of official packages, by file name."""

_INDEX_CAP = 8 << 20
_SUM = re.compile(r"[0-9a-fA-F]{64}")
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})


def install_source(
    words: Sequence[str],
    directory: Path,
    *,
    index_url: str = DEFAULT_INDEX,
    sha256: str | None = None,
    trust: bool = False,
    progress: Progress | None = None,
    wait: Wait = time.sleep,
) -> ModelPackage:
    """Install what a person asked for.

    Args:
        words: one word: a file or an http(s) URL; two words: a language pair ("fr", "en").
        directory: packages directory to install into; made if missing.
        index_url: for a pair: the index, or the folder that holds its index.json.
        sha256: what the package's SHA-256 must be; needed for what is downloaded and not pinned, unless ``trust``.
        trust: install a download that no sum is known for.
        progress: called while downloading with the bytes done and in all.
        wait: pauses between attempts.

    Returns:
        The installed package; the one that is there already if it is the same.

    Raises:
        ModelError: it is no package, not the expected one, or no sum is known for it.
        DownloadError, WriteError, LockedError: as ``download`` and ``install_archive``.
    """
    if len(words) == 2:
        return install_pair(
            words[0],
            words[1],
            directory,
            index_url=index_url,
            sha256=sha256,
            trust=trust,
            progress=progress,
            wait=wait,
        )
    if len(words) != 1:
        raise ModelError("say which package: a file, an address, or two language codes", hint=_EXAMPLE)
    if "://" in words[0]:
        return install_url(words[0], directory, sha256=sha256, trust=trust, progress=progress, wait=wait)
    return install_archive(Path(words[0]), directory, sha256=_checked_sum(sha256))


def install_pair(
    from_code: str,
    to_code: str,
    directory: Path,
    *,
    index_url: str = DEFAULT_INDEX,
    sha256: str | None = None,
    trust: bool = False,
    progress: Progress | None = None,
    wait: Wait = time.sleep,
) -> ModelPackage:
    """Install the newest package that an index has for a language pair. Arguments and errors: ``install_source``."""
    index_url = index_address(index_url)
    entry = pick(fetch_index(index_url, wait=wait), from_code, to_code)
    stated = str(entry.get("sha256", ""))
    index_sha256 = stated if _authentic(index_url) and _SUM.fullmatch(stated) else None
    links = entry.get("links")
    usable = [link for link in links if re.match("https?://", str(link))] if isinstance(links, list) else []
    failure = DownloadError(
        f"the index has no http address for its package from {from_code!r} to {to_code!r}",
        where=public(index_url),
        hint="download the package yourself, then: toolkit models install FILE",
    )
    for link in usable:
        try:
            return install_url(
                str(link),
                directory,
                expect_pair=(from_code, to_code),
                sha256=sha256,
                index_sha256=index_sha256,
                trust=trust,
                progress=progress,
                wait=wait,
            )
        except DownloadError as error:
            failure = error
    raise failure


def install_url(
    url: str,
    directory: Path,
    *,
    expect_pair: tuple[str, str] | None = None,
    sha256: str | None = None,
    index_sha256: str | None = None,
    trust: bool = False,
    progress: Progress | None = None,
    wait: Wait = time.sleep,
) -> ModelPackage:
    """Download a package and install it. Arguments and errors: ``install_source``.

    ``expect_pair`` are the languages it must be of; ``index_sha256`` the sum an index states, which counts only where
    no sum is given or pinned.
    """
    name = re.sub(r"[^A-Za-z0-9._-]", "_", urlsplit(url).path.rpartition("/")[2])[-100:] or "package"
    size, expected = _expected(name, url, sha256, index_sha256, trust)
    present = _already_there(directory, expected)
    if present:
        return require_pair(present, expect_pair) if expect_pair else present
    try:
        directory.mkdir(parents=True, exist_ok=True)
        target = staging_folder(directory).with_name(f".toolkit-download-{name}")
    except OSError as error:
        message = f"the packages directory cannot be made: {error.strerror or error}"
        raise WriteError(message, where=str(directory), hint="set ARGOS_PACKAGES_DIR to another folder") from error
    download(url, target, size=size, sha256=expected, progress=progress, wait=wait)
    try:
        return install_archive(target, directory, expect_pair=expect_pair, sha256=expected, source=public(url))
    finally:
        target.unlink(missing_ok=True)


def index_address(url: str) -> str:
    """The index itself: Argos' own setting is the folder that holds it."""
    return url if url.endswith(".json") else url.rstrip("/") + "/index.json"


def fetch_index(url: str = DEFAULT_INDEX, *, wait: Wait = time.sleep) -> list[dict[str, Any]]:
    """The entries of an Argos index.

    Raises:
        DownloadError: it cannot be had, is larger than 8 MiB, or is no index.
    """
    content = fetch(url, _INDEX_CAP, wait)
    try:
        index = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise DownloadError("the index is not JSON", where=public(url), hint=_ADDRESS) from error
    if not isinstance(index, list):
        raise DownloadError("this is not an Argos index", where=public(url), hint=_ADDRESS)
    return [entry for entry in index if isinstance(entry, dict)]


def pick(index: Sequence[dict[str, Any]], from_code: str, to_code: str) -> dict[str, Any]:
    """The newest translation package of a pair. Raises ModelError if there is none."""
    found = [
        entry
        for entry in index
        if (entry.get("from_code"), entry.get("to_code")) == (from_code, to_code)
        and entry.get("type", "translate") == "translate"
    ]
    if not found:
        others = sorted({str(entry.get("to_code")) for entry in index if entry.get("from_code") == from_code})
        message = f"the index has no package from {from_code!r} to {to_code!r}"
        hint = f"from {from_code!r} it has: {', '.join(others)}" if others else "check the language codes (ISO 639)"
        raise ModelError(message, hint=hint)
    return max(found, key=_version)


_EXAMPLE = "toolkit models install fr en"
_ADDRESS = "check the address of the index (--index)"


def _version(entry: dict[str, Any]) -> Version:
    try:
        return Version(str(entry.get("package_version")))
    except InvalidVersion:
        return Version("0.dev0")  # below every real one


def _expected(
    name: str, url: str, sha256: str | None, index_sha256: str | None, trust: bool
) -> tuple[int | None, str | None]:
    """Size and SHA-256 that a download must have: the person's word, else the pin, else what the index states."""
    given = _checked_sum(sha256)
    if given:
        return None, given
    if name in PINNED:
        return PINNED[name]
    if index_sha256:
        return None, index_sha256.lower()
    if trust:
        return None, None
    raise ModelError(
        f"no SHA-256 is known for {name}, so it cannot be told from another file",
        where=public(url),
        hint="give the sum with --sha256, or --trust to install it unchecked",
    )


def _checked_sum(sha256: str | None) -> str | None:
    if sha256 is not None and not _SUM.fullmatch(sha256.strip()):
        raise ModelError(f"this is not a SHA-256 sum: {sha256!r}", hint="it is 64 hexadecimal digits")
    return sha256.strip().lower() if sha256 else None


def _authentic(url: str) -> bool:
    """Whether sums in an index prove anything: over plain http somebody on the way could have put them there."""
    return urlsplit(url).scheme == "https" or urlsplit(url).hostname in _LOOPBACK


def _already_there(directory: Path, sha256: str | None) -> ModelPackage | None:
    """The installed package that was unpacked from the same archive and is unharmed."""
    for package in installed_packages([directory])[0] if sha256 else ():
        try:
            record = read_record(package)
            if record and record.archive == sha256:
                return verify_package(package).package
        except ModelError:
            continue  # a damaged one is replaced
    return None
