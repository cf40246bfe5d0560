"""Everything that is held about one person, for that person (UK GDPR article 15)."""
