"""Where notes may come from: a folder or file, a zip archive, a git repository, pasted text."""
