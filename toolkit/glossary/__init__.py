"""The glossary: terms a house wants translated its way, found in French whatever their inflection."""

from toolkit.glossary.model import Glossary, Status, Term
from toolkit.glossary.reading import encodings, load

__all__ = ["Glossary", "Status", "Term", "encodings", "load"]
