"""What a story does when it is played by itself: exact odds where they can be had, samples elsewhere, and what was never reached."""
