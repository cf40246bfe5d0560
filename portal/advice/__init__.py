"""Who is asked for advice in an assessment, by when, and what came back (regs 6 and 8)."""
