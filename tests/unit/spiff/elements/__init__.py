"""Every element that is executed, as a part that fits into any surroundings."""
