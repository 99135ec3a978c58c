"""Packages that a lesson can use and the course does not need."""

from importlib import import_module


class Missing(ImportError):
    """A package that is not installed; a notebook shows the sentence alone."""

    def _render_traceback_(self):
        return [str(self)]


def optional(name, install=None):
    """Import a package, or stop with a sentence that says how to get it.

    Parameters
    ----------
    name : str
    install : str, optional
        The command that installs it, by default ``pip install`` and the name.

    Returns
    -------
    module

    Raises
    ------
    Missing
    """
    try:
        return import_module(name)
    except ImportError:
        command = install or f"pip install {name}"
        raise Missing(
            f"This needs the package {name}, which is not installed here. Install it with "
            f"`{command}`, restart the kernel, and run this cell again. "
            "The rest of the course does without it."
        ) from None
