"""What waits for one member of the SEND team today."""
