"""Holds the bundled notes against the promises of docs/content.md. Run by `make check-content`."""
