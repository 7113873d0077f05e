"""Word and OpenDocument: ZIP archives of XML parts."""
