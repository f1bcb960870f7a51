"""Who holds what: carrying, holding, retaining; the graph."""
