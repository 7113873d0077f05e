"""Bilingual publishing: French releases in, aligned French–English editions out, offline."""

__version__ = "0.1.0"
