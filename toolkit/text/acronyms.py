"""Acronyms: those that English knows by other letters, and all others, which stay as they are written.

English names are those the bodies themselves use. An acronym behind its gloss in brackets is an introduction, which
English may make otherwise; it is only suggested, and so are initials with points.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.capitals import ACRONYMS as KNOWN
from toolkit.text.capitals import fold, is_capitals
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.tables import pairs, words

#: Abbreviations that English knows by other letters; all others are kept as written.
ACRONYMS = pairs("""
ONU=UN|ONUDC=UNODC|OMS=WHO|UE=EU|OTAN=NATO|OIT=ILO|OIM=IOM|OMC=WTO|OMI=IMO|OCDE=OECD|HCR=UNHCR|FMI=IMF|CPI=ICC
CIJ=ICJ|B.C.N.=NCB|BCN=NCB|CICR=ICRC|CEDH=ECHR|BCE=ECB|CEDEAO=ECOWAS|OEA=OAS|PNUD=UNDP|PNUE=UNEP|OMD=WCO|OMM=WMO
AIEA=IAEA|UIT=ITU|BERD=EBRD|BEI=EIB|ONG=NGO|O.N.U.=UN|U.E.=EU|O.M.S.=WHO|HCDH=OHCHR|GAFI=FATF|OACI=ICAO|PAM=WFP
FNUAP=UNFPA|ONUSIDA=UNAIDS|OIAC=OPCW|GIEC=IPCC|OPEP=OPEC|OUA=OAU|AELE=EFTA|ALENA=NAFTA|ANASE=ASEAN|EEE=EEA|TPIY=ICTY
TPIR=ICTR|PESC=CFSP|PESD=CSDP|RDC=DRC|EAU=UAE|GRC=RCMP|PIB=GDP|PNB=GNP|TVA=VAT|RGPD=GDPR|ADN=DNA|VIH=HIV|SRAS=SARS
TIC=ICT|PME=SME|OGM=GMO|PDG=CEO|ODD=SDGs|EEI=IED|ALPC=SALW|CRF=FIU|ZEE=EEZ|ADM=WMD|OLP=PLO
""")
#: Those of them that are common nouns and take a plural.
_COUNTABLE = words("B.C.N. BCN ONG PME OGM PDG EEI CRF ZEE")
_PLURAL = re.compile(
    r"(?<!\w)(?:les|des|ces|ses|nos|vos|leurs|aux|plusieurs|certaines|certains|quelques|deux|trois|quatre|cinq|six|sept|"
    r"huit|neuf|dix|\d+)(?:[ \u00a0\u202f]\w+(?:aux|s))?[ \u00a0\u202f]$",
    re.IGNORECASE,
)
_DOTTED = re.compile(r"(?<![\w.@/-])(?:[A-ZÀ-Þ]\.){2,8}(?![\w@])")
_PLAIN = re.compile(r"(?<![\w.@/-])[A-ZÀ-Þ]{2,10}(?![\w@/])(?!-\w)")
_NEIGHBOUR = re.compile(r"[\s’'-]+[A-ZÀ-Þ]{2,}(?!\w)")
_NEIGHBOUR_BEFORE = re.compile(r"(?<!\w)[A-ZÀ-Þ]{2,}[\s’'-]+$")
_LONGEST_WORD = 24
#: Words that are shouted, not abbreviated.
_SHOUTED = words("""
IMPORTANT ATTENTION URGENT NOUVEAU NON OUI TOUS TOUT TOUTES PAS JAMAIS STOP INFO ET OU LE LA LES DE DU DES UN UNE EN AU
AUX POUR PAR SUR AVEC NE NI PLUS TRES SANS DANS QUI QUE CE SE SA SON SES IL ELLE ON NOUS VOUS MAIS SI ICI FIN NOTE MERCI
LIRE VOIR AVIS DATE LIEU CONTACT PRESSE COMMUNIQUE EMBARGO RAPPEL BREF MM
""")
_GLOSSED = re.compile(r"[^\W\d_]{3,}[ \u00a0\u202f]\($")
_DETERMINER_REACH = 30


def find(text: str) -> Iterator[Fixture]:
    """The acronyms of a French sentence; none but the known ones in a line of capitals."""
    shouting = is_capitals(text)
    for pattern in (_DOTTED, _PLAIN):
        for match in pattern.finditer(text):
            if fixture := _acronym(text, match, dotted=pattern is _DOTTED, shouting=shouting):
                yield fixture


def _acronym(text: str, match: re.Match[str], *, dotted: bool, shouting: bool) -> Fixture | None:
    word = match[0]
    before = text[max(match.start() - _DETERMINER_REACH, 0) : match.start()]
    plural = bool(_PLURAL.search(before))
    ways: tuple[str, ...]
    if word in ACRONYMS:
        english = ACRONYMS[word]
        ways = (english,)
        if word in _COUNTABLE:
            ways = (f"{english}s", english) if plural else (english, f"{english}s")
        return Fixture(match.start(), match.end(), Kind.ACRONYM, ways, plural=plural or None, origin="acronym")
    if not dotted and fold(word) not in KNOWN and (shouting or fold(word) in _SHOUTED or _is_shouted(text, match)):
        return None
    settled = not dotted and not (_GLOSSED.search(before) and text[match.end() : match.end() + 1] == ")")
    ways = (word, f"{word}s") if not dotted else (word, word.replace(".", ""))
    return Fixture(match.start(), match.end(), Kind.ACRONYM, ways, settled=settled, origin="acronym")


def _is_shouted(text: str, match: re.Match[str]) -> bool:
    """Whether a neighbour is in capitals, too: "LES PORTS", and no abbreviation."""
    behind = _NEIGHBOUR.match(text, match.end(), match.end() + _LONGEST_WORD)
    before = _NEIGHBOUR_BEFORE.search(text[max(match.start() - _LONGEST_WORD, 0) : match.start()])
    others = [found[0].strip(" \u00a0\u202f’'-\n") for found in (behind, before) if found]
    return any(
        fold(other) not in KNOWN and not re.fullmatch("[IVXLC]+", other) for other in others
    ) and not re.fullmatch("[IVXLC]+", match[0])
