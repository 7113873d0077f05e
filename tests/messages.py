"""Collects the words of the interface: toolkit/editions, toolkit/books, their templates → locale/*.pot → locale/*.po.

``make messages`` runs this module; tests/test_interface.py says whether it has been run. Dates in the headers change
only with the messages, so that a second run changes nothing.
"""

from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

from tests.judges import ROOT
from toolkit.editions.interface import TRANSLATED

FOLDER = ROOT / "toolkit" / "editions"
#: Where messages stand.
FOLDERS = (FOLDER, ROOT / "toolkit" / "books")
LOCALE = FOLDER / "locale"
TEMPLATE = LOCALE / "interface.pot"

#: Functions that take a message, and where in their arguments it stands.
KEYWORDS: dict[str, tuple[int | tuple[int, str], ...] | None] = {
    "both": None,
    "message": None,
    "both_in": ((1, "c"), 2),
    "both_plural": (1, 2),
    "say": (2,),
    "say_in": ((2, "c"), 3),
    "say_plural": (2, 3),
}
_METHODS = [("**.py", "python"), ("templates/**.j2", "jinja2")]
_OPTIONS = {"templates/**.j2": {"trim_blocks": "true", "lstrip_blocks": "true", "silent": "false"}}
_HEADER = "# The words of the interface. French: fr.po; collected by `make messages`.\n#"


def extracted() -> Catalog:
    """What code and templates say now."""
    made = _catalogue(None)
    for folder in FOLDERS:
        for path, line, text, comments, context in extract_from_dir(
            folder, _METHODS, _OPTIONS, keywords=KEYWORDS, comment_tags=("Translators:",), strip_comment_tags=True
        ):
            if not any(map(str.isalpha, str(text))):
                continue  # another function of the same name
            place = (folder / path).relative_to(ROOT).as_posix()
            made.add(text, None, [(place, line)], auto_comments=comments, context=context)
    for entry in made:
        entry.flags.discard("python-format")
        if entry.id and "{" in str(entry.id):
            entry.flags.add("python-brace-format")
    return made


def _catalogue(language: str | None) -> Catalog:
    return Catalog(
        locale=language,
        project="toolkit",
        version="editions",
        header_comment=_HEADER,
        charset="utf-8",
        fuzzy=False,
        last_translator="toolkit <toolkit@localhost>",
        language_team="French" if language else "",
        revision_date=datetime(2026, 11, 22, tzinfo=UTC),
        msgid_bugs_address="",
    )


def read(path_name: str) -> Catalog:
    """A catalogue of the package."""
    with (LOCALE / path_name).open("rb") as file:
        return read_po(file, locale=path_name.removesuffix(".po") if path_name.endswith(".po") else None)


def written(catalogue: Catalog) -> bytes:
    """A catalogue as it stands in the package."""
    out = BytesIO()
    write_po(out, catalogue, width=110, sort_output=True, include_lineno=False)
    return out.getvalue()


def collected() -> dict[str, bytes]:
    """The template, and each language brought up to date; what is new stands there without translation."""
    template = extracted()
    if TEMPLATE.exists():
        known = read(TEMPLATE.name)
        if {(entry.context, entry.id) for entry in known} == {(entry.context, entry.id) for entry in template}:
            template.creation_date = known.creation_date
    made = {TEMPLATE.name: written(template)}
    for language in TRANSLATED:
        name = f"{language}.po"
        known = read(name) if (LOCALE / name).exists() else _catalogue(language)
        known.update(template, update_creation_date=True)
        known.obsolete.clear()
        made[name] = written(known)
    return made


if __name__ == "__main__":
    for name, data in collected().items():
        (LOCALE / name).write_bytes(data)
