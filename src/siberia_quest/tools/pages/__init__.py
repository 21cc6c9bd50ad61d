"""Pages for a browser: one file each, which works offline."""
