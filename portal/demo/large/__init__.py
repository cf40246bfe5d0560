"""A demo as large as a county: 7,800 children with four years of history, for trying what is slow only when it is big.

Drawn from one seed, so that two councils see the same families; dates are relative to today. Written with
COPY, not by the portal's commands; tests prove that the commands' rules would have let every step through.
"""
