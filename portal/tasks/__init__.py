"""Work that opens by itself, and closes by itself when its reason has gone."""
