"""How far apart colours look: CIEDE2000, also to eyes without red or green cones.

- CIELAB of sRGB under D65: IEC 61966-2-1, CIE 15.
- CIEDE2000: G. Sharma, W. Wu, E. N. Dalal, "The CIEDE2000 color-difference formula", 2005.
- Protanopia and deuteranopia: G. M. Machado, M. M. Oliveira, L. A. F. Fernandes, "A physiologically-based model for
  simulation of color vision deficiency", 2009, severity 1.0, on linear RGB.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

EYES = {
    "all cones": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = np.array([0.95047, 1.0, 1.08883])


def seen(colours: Sequence[str], eyes: str = "all cones") -> np.ndarray:
    """CIELAB of colours written `#RRGGBB`, as these eyes see them: (n, 3)."""
    rgb = np.array([[int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)] for colour in colours])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    relative = np.clip(linear @ EYES[eyes].T, 0, 1) @ _XYZ.T / _WHITE
    small = 6 / 29
    f = np.where(relative > small**3, np.cbrt(relative), relative / (3 * small**2) + 4 / 29)
    return np.stack([116 * f[:, 1] - 16, 500 * (f[:, 0] - f[:, 1]), 200 * (f[:, 1] - f[:, 2])], axis=1)


def difference(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """CIEDE2000 of CIELAB colours (…, 3)."""
    (light1, a1, b1), (light2, a2, b2) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    stretch = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25.0**7))
    chroma1, chroma2 = np.hypot(stretch * a1, b1), np.hypot(stretch * a2, b2)
    hue1, hue2 = (np.degrees(np.arctan2(b, stretch * a)) % 360 for a, b in ((a1, b1), (a2, b2)))
    grey = chroma1 * chroma2 == 0
    turn = np.where(grey, 0.0, (hue2 - hue1 + 180) % 360 - 180)
    light, chroma = (light1 + light2) / 2, (chroma1 + chroma2) / 2
    hue = np.radians(np.where(grey, hue1 + hue2, hue1 + turn / 2))
    weight = (
        1
        - 0.17 * np.cos(hue - np.radians(30))
        + 0.24 * np.cos(2 * hue)
        + 0.32 * np.cos(3 * hue + np.radians(6))
        - 0.20 * np.cos(4 * hue - np.radians(63))
    )
    by_light = (light2 - light1) / (1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2))
    by_chroma = (chroma2 - chroma1) / (1 + 0.045 * chroma)
    by_hue = 2 * np.sqrt(chroma1 * chroma2) * np.sin(np.radians(turn) / 2) / (1 + 0.015 * chroma * weight)
    blue = np.exp(-(((np.degrees(hue) % 360 - 275) / 25) ** 2))
    turned = -np.sin(np.radians(60) * blue) * 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    return np.asarray(np.sqrt(by_light**2 + by_chroma**2 + by_hue**2 + turned * by_chroma * by_hue))


def differences(colours: Sequence[str], eyes: str) -> np.ndarray:
    """The distances of all pairs of colours, as these eyes see them."""
    lab = seen(colours, eyes)
    first, second = np.triu_indices(len(colours), 1)
    return difference(lab[first], lab[second])
