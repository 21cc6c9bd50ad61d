"""The files of a new story, as they are copied."""
