"""Diagrams damaged at random, judged in child processes whose time and memory are limited."""
