"""Who opened a child's record: families can see it, since it is about them."""
