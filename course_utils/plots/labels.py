"""Labels that find their place when the figure is drawn."""

import numpy as np
from matplotlib.artist import Artist
from matplotlib.text import Text

from .figure import PX, halo


class Labels(Artist):
    """Texts of one Axes that are laid out together, each time before they are drawn."""

    def __init__(self, ax):
        super().__init__()
        self.set_zorder(-1)  # before the texts
        self.texts = []
        ax.add_artist(self).set_clip_on(False)  # what is clipped is left out of the layout

    @classmethod
    def on(cls, ax):
        """The labels of this kind that ``ax`` has, made at the first call."""
        known = (child for child in ax.get_children() if type(child) is cls)
        return next(known, None) or cls(ax)

    def get_tightbbox(self, renderer=None):
        self.arrange(renderer)

    def draw(self, renderer):
        self.arrange(renderer)


class EndLabels(Labels):
    """A label to the right of each curve's end, pushed apart where ends are close."""

    def add(self, xy, text, color, beyond=9 * PX):
        self.texts.append(
            self.axes.annotate(
                text, xy, xytext=(beyond, 0), textcoords="offset points", va="center",
                color=color, fontweight="bold", fontsize=9.5, annotation_clip=False, zorder=12,
            )
        )  # fmt: skip

    def arrange(self, renderer):
        if not self.texts:
            return
        box, point = self.axes.get_window_extent(renderer), renderer.points_to_pixels(1)
        ends = np.array([self.axes.transData.transform(text.xy) for text in self.texts])
        places = spread(ends[:, 1], 12.5 * point, box.y0 + 4 * point, box.y1)
        for text, end, place in zip(self.texts, ends, places, strict=True):
            text.xyann = text.xyann[0], (place - end[1]) / point


class CurveLabels(EndLabels):
    """Labels of curves: at their ends or, where ends crowd, where a curve stands most alone."""

    alone = 24, 12, 6  # pixels to the next curve, as far as can be had

    def __init__(self, ax):
        super().__init__(ax)
        self.curves = []

    def add_curve(self, x, curve, text, color):
        there = np.isfinite(curve)
        points = np.stack([np.asarray(x, float)[there], curve[there]], axis=-1)
        if len(points):
            self.curves.append(points)
            self.add(points[-1], text, color)

    def arrange(self, renderer):
        texts, point = self.texts, renderer.points_to_pixels(1)
        for text, curve in zip(texts, self.curves, strict=True):
            text.set(ha="left", path_effects=[])
            text.xy, text.xyann = curve[-1], (9 * PX, 0)
        heights = np.array([self.axes.transData.transform(text.xy)[1] for text in texts])
        apart = np.abs(heights[:, None] - heights) + 1e9 * np.eye(len(heights))
        crowded = apart.min(axis=0, initial=1e9) < 12.5 * point
        moved, taken = set(), []
        for row in np.flatnonzero(crowded):
            tries = (self._alone(row, renderer, taken, gap) for gap in self.alone)
            found = next(filter(None, tries), None)
            if found:
                place, center, box = found
                texts[row].set(ha="center", path_effects=halo())
                texts[row].xy = self.axes.transData.inverted().transform(place)
                texts[row].xyann = tuple((center - place) / point)
                moved.add(row)
                taken.append(box)
        self.texts = [text for row, text in enumerate(texts) if row not in moved]
        super().arrange(renderer)
        self.texts = texts

    def _alone(self, row, renderer, taken, gap):
        """Where a label hides no curve and is nearest to its own: (place, center, box)."""
        frame, pixel = self.axes.get_window_extent(renderer), renderer.points_to_pixels(PX)
        size = Text.get_window_extent(self.texts[row], renderer)
        half = np.array([size.width, size.height]) / 2
        xs = np.arange(frame.x0 + half[0], frame.x1 - half[0], 3 * pixel)
        lines = [self.axes.transData.transform(curve) for curve in self.curves]
        ways = [line.T for line in lines]
        own, *others = (np.stack([xs, np.interp(xs, *way)]).T for way in [ways.pop(row), *ways])
        gaps = np.abs(np.array(others)[..., 1] - own[:, 1]).min(axis=0)
        lines = np.concatenate([_dense(way, 2 * pixel) for way in lines])
        steep = np.abs(np.gradient(own[:, 1], xs))
        for k in np.argsort(40 * pixel * steep - np.minimum(gaps, 90 * pixel), kind="stable"):
            for side in (1, -1):
                away = half[1] + 4 * pixel + min(steep[k], 1) * half[0]  # a slope needs more room
                center = own[k] + [0, side * away]
                low, high = center - half, center + half
                inside = low[1] > frame.y0 and high[1] < frame.y1
                hidden = _inside(lines, low - 2 * pixel, high + 2 * pixel).any()
                clash = any((low < t[1]).all() and (t[0] < high).all() for t in taken)
                if gaps[k] > gap * pixel and inside and not (hidden or clash):
                    return own[k], center, np.array([low, high])
        return None


class MapLabels(Labels):
    """A label near each point of a map, where it hides least."""

    rings = 13, 38, 63  # pixels from the point; the outer ones get a leader

    def __init__(self, ax):
        super().__init__(ax)
        self.points, self.trails = [], []

    def add(self, xy, text, color):
        self.avoid(xy)
        label = self.axes.annotate(
            text, xy, xytext=(0, 0), textcoords="offset points", va="center", ha="center",
            color=color, fontweight="bold", fontsize=9.5, zorder=12, path_effects=halo(),
            arrowprops={"arrowstyle": "-", "color": color, "lw": 0.8, "shrinkB": 6 * PX},
        )  # fmt: skip
        label.set_in_layout(False)
        self.texts.append(label)

    def avoid(self, point):
        """Keep labels off a point."""
        self.points.append(np.asarray(point, float))

    def avoid_trail(self, points):
        """Keep labels off a line, if there is room elsewhere."""
        self.trails.append(np.asarray(points, float))

    def arrange(self, renderer):
        pixel = renderer.points_to_pixels(PX)
        to_pixels = self.axes.transData.transform
        frame = self.axes.get_window_extent(renderer)
        marks = to_pixels(self.points) if self.points else np.empty((0, 2))
        trail = np.concatenate([_dense(to_pixels(t), 6 * pixel) for t in self.trails] or [marks])
        taken = []
        for text in self.texts:
            size = Text.get_window_extent(text, renderer)
            anchor = to_pixels(text.xy)
            best = min(
                self._places(anchor, size, pixel),
                key=lambda place: self._cost(place, frame, marks, trail, taken, pixel),
            )
            taken.append(best[0])
            center = best[0].mean(axis=0)
            text.xyann = (center - anchor) / renderer.points_to_pixels(1)
            text.arrow_patch.set_visible(best[1] > 0)

    def _places(self, anchor, size, pixel):
        half = np.array([size.width, size.height]) / 2
        for far, gap in enumerate(self.rings):
            for angle in np.arange(8) * np.pi / 4:
                way = np.array([np.cos(angle), np.sin(angle)])
                side = np.sign(np.round(way, 6)) * half * [1, 0.6]
                center = anchor + way * gap * pixel + side
                yield np.array([center - half, center + half]), far

    def _cost(self, place, frame, marks, trail, taken, pixel):
        (low, high), far = place
        outside = low[0] < frame.x0 or low[1] < frame.y0 or high[0] > frame.x1 or high[1] > frame.y1
        cost = 60 * outside + 5 * far
        cost += 14 * _inside(marks, low - 6 * pixel, high + 6 * pixel).sum()
        cost += 0.5 * _inside(trail, low, high).sum()
        return cost + 25 * sum((low < t[1]).all() and (t[0] < high).all() for t in taken)


def spread(wanted, gap, low, high):
    """Places in the order of ``wanted`` and close to them, at least ``gap`` apart, in bounds."""
    order = np.argsort(wanted, kind="stable")
    steps = gap * np.arange(len(order))
    groups = []  # least squares under order: pool neighbors until their means rise
    for value in np.asarray(wanted, float)[order] - steps:
        groups.append([value, 1])
        while len(groups) > 1 and groups[-2][0] >= groups[-1][0]:
            (a, m), (b, n) = groups[-2:]
            groups[-2:] = [[(a * m + b * n) / (m + n), m + n]]
    pooled = np.concatenate([np.full(count, mean) for mean, count in groups])
    places = np.empty(len(order))
    places[order] = np.clip(pooled, low, max(low, high - steps[-1])) + steps
    return places


def _inside(points, low, high):
    return ((points > low) & (points < high)).all(axis=-1)


def _dense(points, gap):
    """Points on a polyline about ``gap`` apart."""
    if len(points) < 2:
        return points
    along = np.concatenate([[0], np.hypot(*np.diff(points, axis=0).T).cumsum()])
    places = np.arange(0, along[-1] + gap, gap)
    return np.stack([np.interp(places, along, column) for column in points.T], axis=-1)
