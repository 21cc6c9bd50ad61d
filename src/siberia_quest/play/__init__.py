"""A game under way, for any front end: opening it, picking, the commands, what is kept, and every sentence of the interface."""
