"""English inflection: the plural of a rendering, and the forms of a verb.

Regular plurals with the exceptions glossaries need; source of the rules: Quirk et al., *A Comprehensive Grammar of the
English Language*; of compounds: *New Hart's Rules*. The column ``plural`` of a glossary wins.
"""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.text.tables import pairs, words

_IRREGULAR = pairs(
    """
    man=men|woman=women|child=children|person=people|foot=feet|tooth=teeth|goose=geese|mouse=mice|ox=oxen|penny=pence
    criterion=criteria|phenomenon=phenomena|medium=media|memorandum=memoranda|addendum=addenda|erratum=errata
    corrigendum=corrigenda|bacterium=bacteria|modus=modi|stimulus=stimuli|nucleus=nuclei|alumnus=alumni|index=indices
    appendix=appendices|matrix=matrices|vertex=vertices|bureau=bureaus|plateau=plateaus|tableau=tableaux
    knife=knives|life=lives|wife=wives|half=halves|shelf=shelves|thief=thieves|leaf=leaves|loaf=loaves|wolf=wolves
    self=selves|calf=calves|wharf=wharves|elf=elves|scarf=scarves|quiz=quizzes|gas=gases|bus=buses|lens=lenses
    hero=heroes|potato=potatoes|tomato=tomatoes|cargo=cargoes|embargo=embargoes|echo=echoes|veto=vetoes
    torpedo=torpedoes|volcano=volcanoes|tornado=tornadoes|mosquito=mosquitoes|domino=dominoes
    runner-up=runners-up|passer-by=passers-by|hanger-on=hangers-on|looker-on=lookers-on|go-between=go-betweens
    """
)
_PLURALS = frozenset(_IRREGULAR.values())
#: No plural: uncountable, plural already, or the same for one and for many.
_UNCOUNTABLE = words(
    """
    abuse access alertness preparedness readiness accommodation accountability advice aid air ammunition assistance
    awareness baggage behaviour business cannabis capital care cash cattle clothing cocaine commerce compliance
    confidence confidentiality contraband cooperation co-operation coordination corruption crack custody cybercrime
    cybersecurity damage data democracy deterrence diligence disarmament dissemination ecstasy education energy
    enforcement equipment espionage ethics evidence expertise extortion extradition fentanyl food forensics fraud
    freedom freight fuel furniture governance gratitude guidance hardware harm health help heroin homeland housing
    hunger impunity information infrastructure insurance integrity intelligence interoperability ivory jewellery
    justice knowledge labour land law legislation leadership logistics luck luggage machinery mail malware management
    mankind marijuana media medicine methamphetamine migration militancy money music narcotics news nature obscenity
    oil paperwork parking peace people personnel phishing piracy police policing pollution poverty power pressure
    prevention privacy profit progress propaganda prosperity protection radicalisation radicalization ransomware
    rehabilitation research resilience respect rubbish safety salt sand scrutiny secrecy security shipping slavery
    smuggling software solidarity sovereignty spyware staff stability steel strength sugar support surveillance
    teamwork telecommunications timber tobacco traceability trade traffic trafficking training transparency transport
    travel trust violence vigilance waste water weather welfare wildlife wood work youth aircraft deer fish
    headquarters means offspring salmon series sheep species spacecraft whereabouts hovercraft Interpol INTERPOL
    Europol Frontex Eurojust USA
    """
)
#: Uncountable only in phrases: "organized crime", but "crimes".
_UNCOUNTABLE_PHRASES = re.compile(
    r"\b(?:(?:organi[sz]ed|wildlife|financial|economic|environmental|maritime|forestry|forest|fisheries|violent|serious"
    r"|transnational|cross-border|international|gun|drug|juvenile|pharmaceutical|petty|property|vehicle|waterborne)"
    r" crime|law and order|modern slavery|child labour|public (?:health|order|opinion)|open source|rule of law)$",
    re.IGNORECASE,
)
#: Words in -ing that have a plural; the others are uncountable ("trafficking", "money laundering").
_COUNTABLE_ING = words(
    """
    being beginning bombing briefing building bearing clearing crossing cutting dealing drawing dwelling ending
    engraving filing finding gathering greeting hearing holding hijacking kidnapping killing king landing listing
    meeting mooring offering opening painting posting proceeding rating reading recording ring ruling saying screening
    setting shooting sighting sitting spring stabbing string thing undertaking warning wing wiretapping writing sling
    outing mapping
    """
)
#: Nouns that an adjective follows: "Secretary General", "court martial".
_POSTPOSED = re.compile(
    r"(?P<noun>(?:secretary|attorney|director|inspector|solicitor|governor|auditor|consul|advocate|surgeon|procurator"
    r"|commissioner|postmaster|prosecutor|court|notary|heir|president|governor|professor|knight|body))"
    r"(?P<rest>[ -](?:general|martial|public|apparent|elect|designate|emeritus|errant|politic))",
    re.IGNORECASE,
)
_POSTPOSED_PLURAL = re.compile(r"\w(?:ies|[^s]s) (?:general|martial|public|apparent|elect|designate)$", re.IGNORECASE)
#: Words that end the head of a phrase: "Director of Police Services" is about a director.
_AFTER_HEAD = re.compile(
    r"(?<=\w) (?:of|in|for|on|to|at|against|with|without|from|by|and|or|under|between|into|as|within|per|charged"
    r"|responsible|aimed|related|relating|based|linked|who|which|that)\b|[ ]?[,(]| [–—] |(?<=\w)-(?:in|at|of|to)-",
    re.IGNORECASE,
)


@lru_cache(maxsize=1 << 14)
def plural(phrase: str) -> str:
    """The plural of a noun phrase; the phrase itself where it has none or is plural already.

    Args:
        phrase: "National Central Bureau", "Secretary General", "Director of Police Services", "human trafficking".
    """
    end = _AFTER_HEAD.search(phrase, 1)
    head, rest = (phrase[: end.start()], phrase[end.start() :]) if end else (phrase, "")
    if _UNCOUNTABLE_PHRASES.search(head) or not head.strip():
        return phrase
    if _POSTPOSED_PLURAL.search(head):
        return phrase
    if (match := _POSTPOSED.search(head)) and match.end() == len(head):
        return head[: match.start()] + plural_word(match["noun"]) + match["rest"] + rest
    start = max(head.rfind(" "), head.rfind("/")) + 1
    if head[start:].lower() == "operandi":  # modus operandi
        return head.replace("modus", "modi").replace("Modus", "Modi") + rest
    return head[:start] + plural_word(head[start:]) + rest


def plural_word(word: str) -> str:
    """The plural of one word: "bureau" gives "bureaus", "NCB" "NCBs", "information" itself."""
    lower = word.lower()
    if word in _UNCOUNTABLE or lower in _UNCOUNTABLE or not lower[-1:].isalnum():
        return word
    if lower in _PLURALS or lower.endswith(("men", "women")) or lower == "operandi":
        return word
    if lower in _IRREGULAR:
        return _as_written(word, _IRREGULAR[lower])
    if (len(word) > 1 and word[:-1].isupper()) or word[-1].isdigit():  # acronyms, PhD, B-52
        return word if lower.endswith("s") else word + "s"
    return _as_written(word, _regular(lower))


def _regular(word: str) -> str:
    last = word.rpartition("-")[2]
    if last != word and last in _IRREGULAR:
        return word[: -len(last)] + _IRREGULAR[last]
    if last.endswith("ing") and last not in _COUNTABLE_ING:
        return word
    if word.endswith(("man", "woman")) and word not in ("human", "german", "roman", "talisman", "shaman", "ottoman"):
        return word[:-2] + "en"
    if word.endswith(("ism", "ware", "craft", "ics")):
        return word
    if word.endswith("sis") and len(word) > 4:
        return word[:-2] + "es"
    if word.endswith(("aus", "ous")):
        return word
    if word.endswith(("ss", "us", "x", "z", "sh")) or (word.endswith("ch") and not word.endswith(("arch", "omach"))):
        return word + "es"
    if word.endswith("s"):
        return word
    if word.endswith("y") and (word[-2:-1] not in "aeiou" or word.endswith("quy")):
        return word[:-1] + "ies"
    return word + "s"


def _as_written(word: str, plural_form: str) -> str:
    """A plural with the capitals of its singular."""
    if len(word) > 1 and word.isupper():
        return plural_form.upper()
    return word[:1] + plural_form[1:] if plural_form[:1] == word[:1].lower() else plural_form


_PAST = pairs(
    """
    be=was|begin=began|bring=brought|build=built|buy=bought|catch=caught|choose=chose|come=came|deal=dealt|do=did
    draw=drew|drive=drove|find=found|fight=fought|flee=fled|get=got|give=gave|go=went|have=had|hide=hid|hold=held
    keep=kept|know=knew|lay=laid|lead=led|leave=left|lose=lost|make=made|meet=met|overcome=overcame|pay=paid|put=put
    read=read|run=ran|say=said|see=saw|seek=sought|sell=sold|send=sent|set=set|shoot=shot|show=showed|shut=shut
    speak=spoke|spend=spent|spread=spread|stand=stood|steal=stole|strike=struck|take=took|teach=taught|tell=told
    think=thought|uphold=upheld|undertake=undertook|withdraw=withdrew|write=wrote
    """
)
_PARTICIPLE = pairs(
    """
    be=been|begin=begun|choose=chosen|come=come|do=done|draw=drawn|drive=driven|give=given|go=gone|hide=hidden
    know=known|overcome=overcome|run=run|see=seen|show=shown|speak=spoken|steal=stolen|take=taken
    undertake=undertaken|withdraw=withdrawn|write=written
    """
)


def verb_forms(phrase: str) -> dict[str, tuple[str, ...]]:
    """Forms of an English verb phrase: "infinitive", "past", "gerund", "present", each with what may be written.

    Args:
        phrase: with or without "to"; its first word is inflected ("carry out").
    """
    verb, space, rest = phrase.removeprefix("to ").partition(" ")
    past = _PAST.get(verb) or _ended(verb, "ed")
    done = _PARTICIPLE.get(verb, past)
    return {
        "infinitive": (verb + space + rest,),
        "present": (_third(verb) + space + rest, verb + space + rest),
        "past": tuple(dict.fromkeys((past + space + rest, done + space + rest))),
        "gerund": (_ended(verb, "ing") + space + rest,),
    }


def _third(verb: str) -> str:
    if verb.endswith(("s", "x", "z", "sh", "ch", "o")):
        return verb + "es"
    if verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ies"
    return verb + "s"


def _ended(verb: str, ending: str) -> str:
    """A verb with "ed" or "ing"; consonants double in words of one syllable ("stop", "stopped")."""
    if verb.endswith("e") and not (ending == "ing" and verb.endswith(("ee", "oe", "ye"))):
        return verb[:-1] + ending
    if ending == "ed" and verb.endswith("y") and verb[-2:-1] not in "aeiou":
        return verb[:-1] + "ied"
    if re.fullmatch(r"[^aeiou]*[aeiou][bdfgklmnprtv]", verb):
        return verb + verb[-1] + ending
    return verb + ending
