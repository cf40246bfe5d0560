"""The draft of an EHC plan: the family's 15 days, what they say about each section, and the answers."""
