"""Why the system refused something, to be told in the language of a story."""

import errno

from siberia_quest.model.language import Saying, Told, compose


def why_refused(error: OSError) -> Told:
    """Return what the system refused something for: in a language's own words where it has some, else in the system's."""
    if not error.strerror:
        return compose("disk_refused")
    return (Saying(f"errno_{errno.errorcode.get(error.errno or 0, '')}", plain=error.strerror),)
