"""Which function does which command."""

import sys

from siberia_quest import __version__
from siberia_quest.cli.arguments import Options


def dispatch(options: Options) -> int:
    """Do a command; return its exit status. Each command pays for its own imports. Raises Unwise."""
    if options.version:
        sys.stdout.write(f"siberia-quest {__version__}\n")
        return 0
    if options.command in {"play", "continue"}:
        from siberia_quest.cli.plays import go_on, play  # noqa: PLC0415

        return (play if options.command == "play" else go_on)(options.story, options.wishes(), options.saves)
    if options.command in {"new", "pack"}:
        from siberia_quest.cli.starting import new, pack  # noqa: PLC0415

        return new(options) if options.command == "new" else pack(options)
    if options.command in {"check", "explain", "schema"}:
        from siberia_quest.cli.authors import check, explain, schema  # noqa: PLC0415

        return {"check": check, "explain": explain, "schema": schema}[options.command](options)
    if options.command == "test":
        from siberia_quest.cli.testing import test  # noqa: PLC0415

        return test(options)
    if options.command == "explore":
        from siberia_quest.cli.exploring import explore  # noqa: PLC0415

        return explore(options)
    if options.command in {"words", "why"}:
        from siberia_quest.cli.telling import why, words  # noqa: PLC0415

        return words(options) if options.command == "words" else why(options)
    from siberia_quest.cli.lists import endings, saves, stories  # noqa: PLC0415

    return {"saves": saves, "endings": endings, "stories": stories}[options.command](options)
