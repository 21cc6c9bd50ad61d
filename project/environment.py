"""Makes the virtual environment of this checkout, once: `environment.py play` or `environment.py test`.

Run by `make` before anything is installed, so it uses the standard library alone; and down to `require_python` it is
readable for Pythons that are too old for the rest, so that they can say so.
"""

import hashlib
import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / ".venv"
STAMP = FOLDER / "ready-for"
INTERPRETER = FOLDER / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
LEVELS = ("play", "test")
NEW_ENOUGH = ("python3.14", "python3.13", "python3.12", "python3.11")


def require_python(level: str) -> None:
    """Leave with one line of advice where this Python is too old, or cannot make an environment."""
    version = ".".join(str(number) for number in sys.version_info[:2])
    if sys.version_info < (3, 11):  # noqa: UP036  # this is where an older one is turned away
        found = [name for name in NEW_ENOUGH if shutil.which(name)] + ["python3.12"]
        sys.exit(f"Siberia Quest needs Python 3.11 or newer; this is {version}. Try: make {level} PYTHON={found[0]}")
    if not all(importlib.util.find_spec(name) for name in ("venv", "ensurepip")):
        name = "python3" if base_interpreter().name in {"python", "python3"} else f"python{version}"
        sys.exit(f"Siberia Quest needs Python's `venv`. On Debian and Ubuntu: sudo apt-get install {name}-venv")


def base_interpreter() -> Path:
    """The Python that environments are made from, also when this one runs inside an environment."""
    return Path(getattr(sys, "_base_executable", "") or sys.executable)


def wanted() -> str:
    """What the environment depends on, as one line: a new Python, a moved checkout or an edited file changes it."""
    version = ".".join(str(number) for number in sys.version_info[:2])
    contents = b"".join((ROOT / name).read_bytes() for name in ("constraints.txt", "pyproject.toml"))
    return f"python{version} {ROOT} {hashlib.sha256(contents).hexdigest()}"


def is_ready(level: str) -> bool:
    """Whether the environment was finished for this level, or a higher one, from what lies here now."""
    if not (STAMP.is_file() and INTERPRETER.exists()):
        return False
    for_level, _, made_from = STAMP.read_text("utf-8").partition(" ")
    return for_level in LEVELS[LEVELS.index(level) :] and made_from == wanted()


def requirements(level: str) -> "list[str]":
    """What pip is asked for: pyproject.toml says what, constraints.txt which version."""
    import tomllib  # noqa: PLC0415  # not there before Python 3.11

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    names: list[str] = project["project"]["dependencies"] + project["build-system"]["requires"]
    return names + (project["dependency-groups"]["dev"] if level == "test" else [])


def is_usable() -> bool:
    """Whether there is an environment of this very Python, with a pip that starts."""
    question = "import sys, pip; print('python%d.%d' % sys.version_info[:2])"
    if not INTERPRETER.exists():
        return False
    answer = subprocess.run([INTERPRETER, "-c", question], capture_output=True, text=True, check=False)
    return answer.stdout.strip() == wanted().split(" ", 1)[0]


def pip(*arguments: str) -> None:
    """Run the environment's pip; leave with one line where it cannot do its work."""
    quietly = ("--disable-pip-version-check", "--no-input", "-qq")
    if subprocess.run([INTERPRETER, "-m", "pip", "install", *quietly, *arguments], check=False).returncode:
        sys.exit("pip could not fetch what Siberia Quest needs (its words are above). Is there a network?")


def make(level: str) -> None:
    """Make or mend the environment, and stamp it last, so that an interrupted run is taken up again."""
    print("Setting up .venv (once; about ten seconds)", file=sys.stderr, flush=True)
    STAMP.unlink(missing_ok=True)
    if not is_usable():
        subprocess.run([base_interpreter(), "-m", "venv", "--clear", FOLDER], check=True)
    pip("--constraint", str(ROOT / "constraints.txt"), *requirements(level))
    pip("--no-deps", "--no-build-isolation", "--editable", str(ROOT))
    STAMP.write_text(f"{level} {wanted()}", "utf-8")


def main() -> None:
    """Make the environment ready for the level named by the one argument."""
    level = sys.argv[1] if sys.argv[1:] and sys.argv[1] in LEVELS else sys.exit("usage: environment.py play|test")
    require_python(level)
    if not is_ready(level):
        make(level)


if __name__ == "__main__":
    main()
