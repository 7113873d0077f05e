"""Release + Catalogue → Edition → HTML and TEI."""
