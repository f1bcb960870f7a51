"""One writer a format: a document's tree in, text out. None of them leaves a node out."""
