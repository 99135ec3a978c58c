"""Color by numbers: mixing in OKLab, where equal steps look equal, and contrast."""

import numpy as np

# OKLab to linear sRGB. (Ottosson, 2020)
_LAB_TO_LMS = np.array(
    [
        [1, 0.3963377774, 0.2158037573],
        [1, -0.1055613458, -0.0638541728],
        [1, -0.0894841775, -1.2914855480],
    ]
)
_LMS_TO_RGB = np.array(
    [
        [4.0767416621, -3.3077115913, 0.2309699292],
        [-1.2684380046, 2.6097574011, -0.3413193965],
        [-0.0041960863, -0.7034186147, 1.7076147010],
    ]
)


def mix(stops, t):
    """Colors at the places t of a ramp.

    Parameters
    ----------
    stops : list of (lightness, chroma, hue in degrees)
        OKLCH colors at even distances along the ramp, mixed straight in OKLab.
    t : array ``(…)``
        Places from 0, the first stop, to 1, the last.

    Returns
    -------
    array ``(…, 3)``
        sRGB from 0 to 1.
    """
    lightness, chroma, hue = np.array(stops, float).T
    hue = np.radians(hue)
    lab = [lightness, chroma * np.cos(hue), chroma * np.sin(hue)]
    places = np.linspace(0, 1, len(stops))
    mixed = np.stack([np.interp(t, places, channel) for channel in lab], axis=-1)
    linear = (mixed @ _LAB_TO_LMS.T) ** 3 @ _LMS_TO_RGB.T
    linear = np.clip(linear, 0, 1)
    return np.where(linear <= 0.0031308, 12.92 * linear, 1.055 * linear ** (1 / 2.4) - 0.055)


def to_hex(rgb):
    """Write one color as ``#rrggbb``.

    Parameters
    ----------
    rgb : array ``(3,)``
        sRGB from 0 to 1.

    Returns
    -------
    str
    """
    return "#" + "".join(f"{round(255 * float(channel)):02x}" for channel in rgb)


def to_rgb(color):
    """Read a color written as ``#rrggbb``.

    Parameters
    ----------
    color : str

    Returns
    -------
    array ``(3,)``
        sRGB from 0 to 1.
    """
    return np.array([int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)])


def contrast(a, b):
    """Contrast of two colors as WCAG 2 defines it.

    Parameters
    ----------
    a, b : str
        Written as ``#rrggbb``.

    Returns
    -------
    float
        From 1 to 21.
    """
    low, high = sorted([_luminance(a), _luminance(b)])
    return float((high + 0.05) / (low + 0.05))


def _luminance(color):
    channels = to_rgb(color)
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    return linear @ [0.2126, 0.7152, 0.0722]
