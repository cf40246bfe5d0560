"""A manager looks up one account by its whole email address."""
