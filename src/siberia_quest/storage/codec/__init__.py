"""A game as text and back: the document of a save, the state and the page in it."""
