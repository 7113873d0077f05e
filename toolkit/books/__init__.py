"""Editions → books: EPUB 3.3 and PDF, of one release or of several."""
