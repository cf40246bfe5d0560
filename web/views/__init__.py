"""What the pages of each feature show: the answers of `portal` as frozen views, in the order of the page."""
