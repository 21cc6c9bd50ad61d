"""What the program says to the shell when it leaves."""

FINE = 0
PROBLEMS = 1
USAGE = 2
REFUSED = 3
BUG = 70
BY_SIGNAL = 128
INTERRUPTED = BY_SIGNAL + 2
BROKEN_PIPE = BY_SIGNAL + 13
