"""The map of a story: as an outline, as text for other tools, as a picture, as a page."""
