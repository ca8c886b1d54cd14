"""The tables of media, as numbered SQL files."""
