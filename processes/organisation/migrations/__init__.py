"""The tables of the organisation, as numbered SQL files."""
