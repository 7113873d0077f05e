"""Block → sentences, by SRX rules."""

from toolkit.segmentation.segmenter import Decision, Piece, Segmenter, segment_block, segment_release
from toolkit.segmentation.srx import LanguageMap, LanguageRules, Rule, SrxDocument, load_srx, parse_srx

__all__ = [
    "Decision",
    "LanguageMap",
    "LanguageRules",
    "Piece",
    "Rule",
    "Segmenter",
    "SrxDocument",
    "load_srx",
    "parse_srx",
    "segment_block",
    "segment_release",
]
