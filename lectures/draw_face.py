"""Draw face.png, the picture of the sample lecture: python lectures/draw_face.py.

It is drawn on a grid of 8 by 8 fields, and in vectors finer than that, so that it is still a face at 8 by 8 pixels
(`size: [8, 8]`), and shows at 96 by 96 what scaling with antialiasing does.
"""

from pathlib import Path

from PIL import Image, ImageDraw

FIELD, FINER = 12, 4
"""Pixels a field of the picture, and pixels of the drawing a pixel: Pillow draws without antialiasing."""


def face() -> Image.Image:
    """Give a bright face on a dark ground."""
    side = FIELD * FINER
    drawing = Image.new("L", (8 * side, 8 * side), 20)
    pen = ImageDraw.Draw(drawing)

    def fields(*corners: float) -> list[float]:
        return [corner * side for corner in corners]

    pen.ellipse(fields(-0.1, -0.1, 8.1, 8.1), fill=235)
    for left in (1.9, 5):
        pen.ellipse(fields(left, 1.7, left + 1.1, 3.3), fill=10)
    pen.arc(fields(0.9, 1, 7.1, 7), 25, 155, fill=10, width=side)
    return drawing.resize((8 * FIELD, 8 * FIELD), Image.Resampling.BOX)


if __name__ == "__main__":
    face().save(Path(__file__).with_name("face.png"), optimize=True)
