"""`python -m siberia_quest` is the command `siberia-quest`."""

from siberia_quest.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
