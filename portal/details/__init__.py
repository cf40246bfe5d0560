"""The SEND team puts right the name or date of birth of a child, or of an adult with access to the record."""
