"""Reads note files into topics and questions: blocks → form → entries → notes. Pure."""

VERSION = 3  # raised whenever the same files are read differently than before
