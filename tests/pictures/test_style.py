"""Looks: readable on every ground, never shared, told apart without color."""

from itertools import combinations

import numpy as np
import pytest

from course_utils.colors import contrast, mix, to_hex, to_rgb
from course_utils.optimizers import RULES
from course_utils.style import DARK, LIGHT, OWN, PAPER, STYLES, Looks, ramp, styles_of

ALL = [*STYLES.values(), *OWN[:4]]
# Linear RGB as eyes without red or green cones see it. (Viénot, Brettel and Mollon, 1999)
BLIND = {
    "red": [[0.11238, 0.88762, 0], [0.11238, 0.88762, 0], [0.00401, -0.00401, 1]],
    "green": [[0.29275, 0.70725, 0], [0.29275, 0.70725, 0], [-0.02234, 0.02234, 1]],
}
LMS = [  # from linear RGB, and from there to OKLab (Ottosson, 2020)
    [0.4122214708, 0.5363325363, 0.0514459929],
    [0.2119034982, 0.6806995451, 0.1073969566],
    [0.0883024619, 0.2817188376, 0.6299787005],
]
LAB = [
    [0.2104542553, 0.7936177850, -0.0040720468],
    [1.9779984951, -2.4285922050, 0.4505937099],
    [0.0259040371, 0.7827717662, -0.8086757660],
]


def grounds(theme):
    return [to_hex(color) for color in mix(theme.ground, np.linspace(0, 1, 15))]


def oklab(color, eyes=None):
    rgb = to_rgb(color)
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    seen = np.array(BLIND[eyes]) @ linear if eyes else linear
    return np.array(LAB) @ np.cbrt(np.array(LMS) @ np.clip(seen, 0, 1))


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.005)


def test_colors_are_mixed_in_oklab():
    stops = [(0.4, 0.1, 30), (0.8, 0.05, 200)]
    a, half, b = (oklab(to_hex(color)) for color in mix(stops, np.array([0, 0.5, 1])))
    np.testing.assert_allclose(half, (a + b) / 2, atol=3e-3)
    assert a[0] == pytest.approx(0.4, abs=3e-3)
    assert np.hypot(*b[1:]) == pytest.approx(0.05, abs=3e-3)


@pytest.mark.parametrize("style", ALL, ids=lambda style: style.label or style.color)
def test_rules_stand_out_on_every_ground_of_both_themes(style):
    for ground in [*grounds(LIGHT), PAPER, LIGHT.page]:
        assert contrast(style.color, ground) >= 3
    for ground in [*grounds(DARK), DARK.page]:
        assert contrast(style.dark, ground) >= 3


@pytest.mark.parametrize("theme, page", [(LIGHT, PAPER), (LIGHT, LIGHT.page), (DARK, DARK.page)])
def test_words_are_readable(theme, page):
    assert contrast(theme.ink, page) >= 7 and contrast(theme.muted, page) >= 4.5


@pytest.mark.parametrize("eyes", [None, *BLIND])
@pytest.mark.parametrize("tone", ["color", "dark"])
def test_rules_are_told_apart_by_all_eyes(eyes, tone):
    often_together = [STYLES[name] for name in ("sgd", "momentum", "nesterov", "adam")]
    for a, b in combinations(ALL, 2):
        far = np.linalg.norm(oklab(getattr(a, tone), eyes) - oklab(getattr(b, tone), eyes))
        assert a.marker != b.marker
        if eyes is None or (a in often_together and b in often_together):
            assert far > 0.08, (a.label, b.label)


def test_every_rule_has_a_look():
    assert set(STYLES) == set(RULES)
    assert styles_of(RULES) == STYLES


def test_own_rules_never_share_a_look():
    names = [*RULES, *(f"rule_{number}" for number in range(len(OWN)))]
    looks = [(style.color, style.marker) for style in styles_of(names).values()]
    assert len(set(looks)) == len(names)
    first = list(styles_of(["mine", "yours", "theirs", "another"]).values())
    assert len({s.color for s in first}) == len({s.marker for s in first}) == 4
    with pytest.raises(ValueError, match="tells up to 28 own rules apart"):
        styles_of([f"rule_{number}" for number in range(len(OWN) + 1)])


def test_a_rule_keeps_its_look_and_a_second_label_gets_another_dash():
    looks = Looks()
    one, two, again = looks.of("mine", "a"), looks.of("mine", "b"), looks.of("mine", "a")
    assert one == again and (one.color, one.marker) == (two.color, two.marker)
    assert one.dash != two.dash and one.label == "a"
    settings = looks.of("momentum(beta=0.5)")
    assert settings.color == STYLES["momentum"].color and settings.label == "momentum(beta=0.5)"
    assert looks.of("sgd").label == "SGD" and looks.of("fourth").label == "fourth"


def test_line_takes_the_color_of_the_theme():
    style = STYLES["adam"]
    assert style.line()["color"] == style.color and style.line(dark=True)["color"] == style.dark


@pytest.mark.parametrize("n", [1, 2, 5, 9])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_a_ramp_has_one_hue_and_rising_strength_and_no_color_of_a_rule(n, dark):
    colors = ramp(n, dark)
    strengths = [contrast(color, DARK.page if dark else PAPER) for color in colors]
    assert len(colors) == n and strengths == sorted(strengths) and min(strengths) >= 3
    labs = np.array([oklab(color) for color in colors])
    if not dark:
        assert np.ptp(np.degrees(np.arctan2(labs[:, 2], labs[:, 1]))) < 15
    taken = [oklab(style.dark if dark else style.color) for style in STYLES.values()]
    assert min(np.linalg.norm(a - b) for a in labs for b in taken) > (0.03 if dark else 0.08)
