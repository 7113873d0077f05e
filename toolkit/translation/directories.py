"""Where Argos packages live on this machine: the rules of argostranslate.settings, without importing it.

Importing that module creates folders in the home directory; looking should not.
"""

from __future__ import annotations

import json
import os
from pathlib import Path


def package_directories() -> tuple[Path, ...]:
    """The packages directories that Argos programs use; the first is where installation goes. They need not exist."""
    found = [_main_directory()]
    if snap := os.environ.get("SNAP"):
        custom = Path(snap) / "snap_custom"
        found.append(custom / "packages")
        content = custom / "content_snap_packages"
        if content.is_dir():
            found += sorted(path for path in content.iterdir() if path.is_dir())
    return tuple(found)


def _main_directory() -> Path:
    if chosen := os.environ.get("ARGOS_PACKAGES_DIR"):
        return Path(chosen)
    home = _home()
    config = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config") / "argos-translate" / "settings.json"
    if chosen := _setting(config, "ARGOS_PACKAGES_DIR"):
        return Path(chosen)
    return Path(os.environ.get("XDG_DATA_HOME") or home / ".local" / "share") / "argos-translate" / "packages"


def _home() -> Path:
    if os.environ.get("SNAP") and (data := os.environ.get("SNAP_USER_DATA")):
        return Path(data)
    try:
        return Path.home()
    except RuntimeError:  # no HOME and no entry in the password file, as in some containers
        return Path(os.sep)


def _setting(path: Path, key: str) -> str:
    try:
        settings = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    value = settings.get(key) if isinstance(settings, dict) else None
    return value if isinstance(value, str) else ""


def cache_directory() -> Path:
    """Where what can be found out again is kept between runs. It need not exist."""
    return Path(os.environ.get("XDG_CACHE_HOME") or _home() / ".cache") / "toolkit"
