"""HTTP in, command out; reads; live events."""
