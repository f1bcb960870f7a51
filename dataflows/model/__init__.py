"""The words of the field: periods, ids, texts, records and the snapshot. No input or output."""
