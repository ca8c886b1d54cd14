"""The tables of access, as numbered SQL files."""
