"""One module per resource: the shapes it reads and answers, its handlers, its routes."""
