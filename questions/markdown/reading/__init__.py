"""Reads note files into topics and questions: blocks → form → entries → notes. Pure."""
