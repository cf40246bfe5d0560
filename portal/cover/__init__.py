"""Being away: who answers for a colleague's children meanwhile."""
