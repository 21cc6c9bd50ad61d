"""`explain`: the page about a diagnostic."""

import json
import re
import sys

from siberia_quest.cli.arguments import Options
from siberia_quest.cli.shipped_files import problems_folder
from siberia_quest.model.markup import clean
from siberia_quest.play.catalogue import say
from siberia_quest.play.exits import FINE
from siberia_quest.play.play_request import WrongRequest

_CODE = re.compile(r"SQ\d{3}")


def explain(options: Options) -> int:
    """Print the page about a diagnostic; return the exit status. Raises WrongRequest for what is no code."""
    code = options.code.upper()
    page = problems_folder() / f"{code}.md"
    if not _CODE.fullmatch(code) or not page.is_file():
        raise WrongRequest(say("no_such_code", code=clean(code)))
    text = page.read_text(encoding="utf-8")
    if options.form == "json":
        title = text.partition("\n")[0].removeprefix(f"# {code}: ")
        text = json.dumps({"code": code, "title": title, "page": text}, ensure_ascii=False, indent=1) + "\n"
    sys.stdout.write(text)
    return FINE
