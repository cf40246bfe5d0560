"""Evidence for each recipient of a document or of a letter about a decision."""
