"""The little language of conditions, effects and text: parse, check kinds."""
