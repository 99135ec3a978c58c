"""The gradient of all samples as one arrow, and the gradients of batches around it."""

import base64

import numpy as np
import traitlets

from .. import plots
from ..contracts import require_count
from ..style import style_of
from .kit import Widget

_EACH = 16  # up to this size, the slider stops at every number


class GradientCloud(Widget, js="gradient_cloud.js"):
    """Made by ``gradient_cloud``."""

    scene = traitlets.Dict().tag(sync=True)

    @property
    def words(self):
        scene = self.scene
        return (
            f"A strong arrow for the gradient of all {len(scene['gradients'])} samples, and "
            f"{scene['arrows']} thin ones, each for the gradient of a batch drawn at random. A "
            "slider sets how many samples are in a batch."
        )

    def picture(self):
        """The gradients of the single samples, with their mean."""
        points = np.array(self.scene["gradients"])
        ax = plots.cloud(points, label="all samples")
        sides = [style_of(name).color for name in np.where(points[:, 0] > 0, "momentum", "sgd")]
        ax.collections[0].set_color(sides)
        ax.lines[0].remove()
        ax.scatter(*points.T, s=10, c=sides, alpha=0.45, lw=0, zorder=5)
        ax.set(xlabel="along the gradient of all samples", ylabel="across it")
        return base64.b64decode(plots.picture(ax, self.words)["image/png"])


def gradient_cloud(gradients, *, batch=1, arrows=100, goal=0.95):
    """Show how batches scatter around the gradient of all samples.

    Parameters
    ----------
    gradients : array, ``(n, d)``
        The gradient of each sample. With d > 2 they are seen in a plane: along their mean, and
        across it in the direction in which they differ most. Whether a batch points the right
        way, at less than a right angle to the mean, can be read off there as in all d directions.
    batch : int
        Samples in a batch at first.
    arrows : int
        Batches drawn at a time.
    goal : float
        The share of batches that shall point the right way, to be met with the smallest batch.
    """
    gradients = np.asarray(gradients, float)
    if gradients.ndim != 2 or len(gradients) < 2 or not np.isfinite(gradients).all():
        raise ValueError(
            "gradient_cloud takes the gradient of each sample, finite and of shape (n, d); "
            f"got shape {gradients.shape}."
        )
    require_count("arrows", arrows)
    n = len(gradients)
    if not 1 <= batch <= n:
        raise ValueError(f"batch must be between 1 and n = {n}, got {batch}.")
    sizes = {batch, *range(1, min(n, _EACH) + 1), *np.geomspace(1, n, 30).round()}
    scene = {
        "gradients": np.round(seen_along_the_mean(gradients), 5).tolist(),
        "sizes": sorted(map(int, sizes)),
        "batch": int(batch),
        "arrows": int(arrows),
        "goal": float(goal),
    }
    return GradientCloud(scene=scene)


def seen_along_the_mean(gradients):
    """Gradients ``(n, d)`` in a plane, ``(n, 2)``: along their mean, and most widely across it."""
    mean = gradients.mean(axis=0)
    length = np.linalg.norm(mean)
    if length == 0:
        raise ValueError("The gradients cancel: their mean is 0 and points nowhere.")
    along = gradients @ (mean / length)
    across = gradients - np.outer(along, mean / length)
    widest = np.linalg.svd(across - across.mean(axis=0), full_matrices=False)[2][0]
    widest = widest * np.sign(widest[np.abs(widest).argmax()])  # else its sign is anybody's guess
    return np.stack([along, across @ widest], axis=-1)
