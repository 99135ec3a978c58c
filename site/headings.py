"""The ids of headings: those that JupyterLab gives, so that one link to a heading does for both."""


def as_in_jupyterlab(heading):
    """The id of a heading's text."""
    return heading.replace(" ", "-")
