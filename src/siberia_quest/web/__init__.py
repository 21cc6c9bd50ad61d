"""A story as one page for a browser: the code tree printed as JavaScript, and the runtime it calls."""
