"""Catalogue ↔ PO, and the merge that loses no reviewed word."""
