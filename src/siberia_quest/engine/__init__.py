"""The verbs: begin a game and advance it. Pure: same in, same out, nothing else touched."""
