"""What handlers of families and of the SEND team do alike. No address of its own."""
