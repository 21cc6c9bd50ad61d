"""Games that play themselves: styles of picking, walkthroughs, and targets that many games must meet."""
