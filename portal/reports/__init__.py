"""The statutory board: what was on time, what waits, and the shape of the SEN2 return."""
