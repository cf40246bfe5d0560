"""The people and teams of the SEND team, to choose from."""
