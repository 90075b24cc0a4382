"""Markdown in, questions or safe HTML out. Pure: no database, no clock, no Django models."""
