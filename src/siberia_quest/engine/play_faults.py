"""What stops a story in play, and how it is said to its author."""


class PlayFault(Exception):  # noqa: N818  # it is said to the author as a diagnostic
    """The story cannot go on: a code, a message, and what mends it."""

    def __init__(self, code: str, message: str, fix: str = "") -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.fix = fix


class TooLarge(ArithmeticError):  # noqa: N818  # said to the author as a diagnostic
    """A number left the range of 10^15 either way, or is no number at all."""


def describe_error(error: Exception) -> tuple[str, str, str]:
    """Return a code, a message, and what mends it."""
    if isinstance(error, PlayFault):
        return error.code, error.message, error.fix
    if isinstance(error, ZeroDivisionError):
        return (
            "SQ405",
            "a division by zero",
            "make sure what stands under the line is never 0, for example with `max(1, …)`",
        )
    return (
        "SQ406",
        "a number grew beyond 1,000,000,000,000,000",
        "keep it within bounds, for example with `min(…)` or a stat's `range:`",
    )
