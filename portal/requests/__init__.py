"""Asking the council for an EHC needs assessment."""
