"""A front end for Siberia Quest in a hundred lines: it plays a story by protocol 1, which docs/json.md tells.

    python docs/front_end.py [STORY]

It needs nothing but Python. The program runs beside it, gets a request a line, and answers each with a line.
"""  # noqa: INP001  # a program beside the pages, no package

import json
import subprocess
import sys
from collections.abc import Iterator

#: What a program knows of JSON before it has looked: an object, by its keys.
Reply = dict[str, object]
PROTOCOL = 1


class Game:
    """The program that plays, and what is asked of it."""

    def __init__(self, *arguments: str) -> None:
        """Start it; `hello` is its first line, `page` the page that was shown last."""
        command = [sys.executable, "-m", "siberia_quest", "play", "--json", *arguments]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8")
        self.hello = self._take()
        if self.hello["protocol"] != PROTOCOL:
            sys.exit(f"This front end speaks protocol {PROTOCOL}, the program {self.hello['protocol']}.")
        self.page = self._take()

    def ask(self, **request: object) -> Reply:
        """Send a request; return its reply."""
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(request) + "\n")
        self._process.stdin.flush()
        reply = self._take()
        if reply["type"] == "page":
            self.page = reply
        return reply

    def _take(self) -> Reply:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            sys.exit("The program is gone.")
        reply: Reply = json.loads(line)
        return reply


def items(reply: Reply, name: str) -> Iterator[Reply]:
    """Yield what stands in a list."""
    found = reply[name]
    assert isinstance(found, list)
    yield from found


def show_page(page: Reply) -> None:
    """Print a page: its prose, what changed, and what can be chosen."""
    print(f"\n== {page['title']} ==" if page["title"] else "")
    paragraphs = page["paragraphs"]
    assert isinstance(paragraphs, list)
    print("\n".join(paragraphs))
    for change in items(page, "changes"):
        print(f"  {change['label']}: {change['after']} {change['band_after']}")
    for option in items(page, "options"):
        why = "" if option["enabled"] else f" (locked: {option['reason']})"
        print(f"{option['number']:>3}. {option['text']}{why}")
    if page["ask"]:
        print("?", page["ask"]["prompt"] if isinstance(page["ask"], dict) else "")
    print(" · ".join(f"{each['label']} {each['text']}" for each in items(page, "status")))


def show_report(reply: Reply) -> None:
    """Print a report; each has its own shape, and this knows two of them."""
    if reply["report"] == "stats":
        for stat in items(reply, "stats"):
            print(f"  {stat['label']}: {stat['value'] if stat['value'] is not None else ''} {stat['band']}")
    elif reply["report"] == "history":
        for turn in items(reply, "turns"):
            print(f"  {turn['turn']}. {turn['words']}")
    else:
        print(json.dumps({name: part for name, part in reply.items() if name not in {"type", "report"}}, indent=1))


def choose_settings(game: Game) -> None:
    """Ask for the story's settings, and begin anew with them: an empty line leaves one as it is."""
    chosen = {}
    for setting in items(game.hello, "settings"):
        names = [str(option["id"]) for option in items(setting, "options")]
        typed = input(f"{setting['ask']} {' / '.join(names)} [{setting['start']}] ").strip()
        if typed:
            chosen[str(setting["name"])] = typed
    if chosen:
        reply = game.ask(do="restart", settings=chosen)
        print(reply.get("refused", ""))


def main() -> None:
    """Play: a number or id picks, /WORD is a command, and text answers a question."""
    game = Game(*sys.argv[1:])
    story = game.hello["story"]
    assert isinstance(story, dict)
    print(f"{story['title']}, by {story['by']}\n{story['content_notes']}")
    choose_settings(game)
    show_page(game.page)
    while True:
        typed = input("> ").strip()
        what = "do" if typed.startswith("/") else "answer" if game.page["ask"] else "pick"
        reply = game.ask(**{what: typed.removeprefix("/")})
        if reply["type"] == "page":
            show_page(game.page)
        elif reply["type"] == "refusal":
            print(reply["refused"])
        elif reply["report"] == "quit":
            break
        else:
            show_report(reply)


if __name__ == "__main__":
    main()
