"""The full screen: a page with its panels and choices on one screen, what was told to read back, and side views."""
