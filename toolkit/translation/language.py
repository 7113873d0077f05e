"""Whether an answer is English: small words tell, and long runs that stand in the French as well."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from toolkit.text.tables import words
from toolkit.text.typography import VERBATIM

_WORD = re.compile(r"[^\W\d_]+")
#: Words that are no names by their looks: in small letters, or where a sentence begins.
_PLAIN = re.compile(r"(?:^|(?<=[.!?:…“‘«(]) ?)[^\W\d_]+|(?<!\w)[^\W\d_A-ZÀ-Þ]+(?!\w)")
_ENGLISH = words(
    """
    the of and to is was were that for with by this these those are has have had be been it its their they he she his
    her from as at not which who will would we our us you your an a or but there into between than more also in on if
    can could may might must should shall do does did no so when where what how why him them being about after before
    over under until against during without within near since because while through all any both each some such only i
    my me am up out off down then here per while toward towards across along among amid upon despite via whose
    """
)
#: Small words by language, those that stand in names ("la", "von") among them; names are taken out before counting.
_SMALL = {
    "French": words(
        """
        le la les du des un une et est sont dans pour que qui aux sur par avec ce cette ces il elle ils elles nous vous
        leur leurs ne pas été être ont avait mais ou où dont se sa ses au en de à y plus très son je tu cela ça notre
        nos votre vos mon ma mes tout toute tous toutes encore aussi si sans chez selon lors sous aucun rien jamais
        fait
        """
    ),
    "German": words(
        """
        der die das den dem des ein eine einen einem einer eines und oder aber ist sind war waren wird werden wurde
        wurden hat haben hatte nicht kein keine mit von vom zu zum zur bei beim nach aus auf für über unter durch gegen
        ohne um im in am an als auch sich sie er es wir ihr ihre sein seine wie dass diese dieser dieses noch nur kann
        soll zwei drei vor seit bis zwischen wenn
        """
    ),
    "Spanish": words(
        """
        el la los las un una unos unas y e o u de del al en con por para que se su sus es son fue fueron ha han ser
        está están no lo le les más como pero sin sobre entre hasta desde este esta estos estas ese esa cuando también
        ya muy todo todos dos tres hay había
        """
    ),
    "Italian": words(
        """
        il lo la i gli le un uno una e ed o di del dello della dei degli delle a al allo alla ai agli alle da dal dallo
        dalla dai dagli dalle in nel nello nella nei negli nelle con su sul sulla sui sulle per tra fra che non si è
        sono ha hanno era stato stata stati state anche più come questo questa questi queste suo sua loro ma due tre
        dell nell all dall sull
        """
    ),
    "Portuguese": words(
        """
        o a os as um uma uns umas e ou de do da dos das em no na nos nas ao aos à às por pelo pela pelos pelas para com
        que se não é são foi foram tem têm ser seu sua seus suas mais como mas sem sobre entre até desde este esta isto
        também já muito dois duas três num numa
        """
    ),
    "Dutch": words(
        """
        de het een en of maar is zijn was waren wordt worden werd werden heeft hebben had niet geen met van voor op aan
        in uit bij naar door over onder tegen zonder om te ten ter als ook zich ze hij zij wij hun haar dat die dit
        deze er nog kan zal moet twee drie om tot tussen
        """
    ),
}
#: In each language, what is no small English word.
_FOREIGN = {language: small - _ENGLISH for language, small in _SMALL.items()}
_SURELY_ENGLISH = _ENGLISH.difference(*_SMALL.values())
_IN_CLAUSES = _SMALL["French"] - _ENGLISH - words("le la les du des un une et en au aux de à y sur sous plus")
#: Small words elsewhere that are English words too, or stand in names: one alone tells nothing.
_NO_SIGN = words(
    """
    die war hat man des sin son fue ha come due state tot ten ter om bis e o i u y el la le les los las de del der den
    di da do dos das du von van al ai em er es est et een il lo los os se su te tres un una une uno ou non per plus sur
    """
)
#: "Anne du Bois", "Luc de la Tour": small words between capitals.
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w’'-]*(?:(?: (?:d[aeiu]|du|des|del|le|la|les|sur|sous|en|v[ao]n|de[rnm])){1,3} (?:[dl][’'])?| [dl][’'])"
    r"[A-ZÀ-Þ][\w’'-]*"
)
_ENOUGH, _LEAST, _RUN, _MOSTLY = 5, 2, 4, 0.6
#: So many words in small letters, and not one small English word among them: no English sentence does without.
_SURELY = 10


def another_language(source: str, answer: str) -> str | None:
    """Judge whether an answer, or most of it, is still French, or came out in a third language.

    Args:
        source: the French.
        answer: what should be its English.

    Returns:
        "left in French", "partly left in French", "in another language"; None when it is English, or too short to tell.
    """
    answer = VERBATIM.sub(" ", answer).strip()
    given, got = _words(source), _words(answer)
    if len(got) < _ENOUGH:
        return None
    if given == got:
        return "left in French"
    nameless = _NAME.sub(lambda name: " " if name[0] in source else name[0], answer)
    if language := _language(given, _plain(nameless), got):
        return "left in French" if language == "French" else "in another language"
    if len(got) >= 2 * _ENOUGH and _copied(given, _words(nameless)) > _MOSTLY * len(got):
        return "partly left in French"
    if sum(word.islower() for word in _WORD.findall(answer)) >= _SURELY and not _ENGLISH.intersection(got):
        return "in another language"
    return None


def speaks_english(source: str, answer: str) -> bool:
    """Whether an answer is surely English, whatever French names and titles it has.

    Its small words tell: more that only English has than such as French has in clauses, and seldom in names.
    """
    got = _words(answer)
    english = _SURELY_ENGLISH.intersection(got).difference(_words(source))
    return len(english) > len(_IN_CLAUSES.intersection(got))


def _plain(text: str) -> list[str]:
    """The words of a text that are no names by their looks."""
    return _words(text) if text.isupper() else [word.strip().lower() for word in _PLAIN.findall(text)]


def _language(given: list[str], small: list[str], got: list[str]) -> str:
    """The language that has more small words in an answer than English has; "" where English leads."""
    found = ""
    most = 0
    for language, foreign in _FOREIGN.items():
        there = [word for word in small if word in foreign]
        english = sum(word in _ENGLISH and word not in _SMALL[language] for word in got)
        surely = any(word not in _NO_SIGN and word not in given for word in there)
        if len(there) > english and len(there) > most and (len(there) >= _LEAST or surely):
            found, most = language, len(there)
    return found


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _copied(given: list[str], got: list[str]) -> int:
    """Words in runs that both have, of four words or more with a small French one among them: names do not count."""
    french = _FOREIGN["French"]
    blocks = SequenceMatcher(None, given, got, autojunk=False).get_matching_blocks()
    runs = (got[block.b : block.b + block.size] for block in blocks if block.size >= _RUN)
    return sum(len(run) for run in runs if any(word in french for word in run))
