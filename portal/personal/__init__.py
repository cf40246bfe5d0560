"""What is asked of a person's names, addresses, numbers and dates."""
