"""What there is to see in an Axes: its texts, and the line that carries a label."""

from course_utils.plots.labels import EndLabels


def texts(ax):
    return [text.get_text() for text in ax.texts if text.get_text()]


def line_of(ax, label):
    (line,) = [line for line in ax.get_lines() if line.get_label() == label]
    return line


def end_labels(ax):
    """The names at the ends of curves, laid out: name -> Text."""
    ax.figure.canvas.draw()
    kinds = (child for child in ax.get_children() if isinstance(child, EndLabels))
    return {text.get_text(): text for kind in kinds for text in kind.texts}
