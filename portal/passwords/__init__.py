"""What a password must be, how it is kept, and which are not taken again."""
