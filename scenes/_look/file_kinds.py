"""What a file is that is no picture, told by how it begins. Imports no manim."""

from __future__ import annotations

from pathlib import Path

_KINDS = (
    (0, b"%PDF", "a PDF document"),
    (0, b"%!PS", "an EPS drawing"),
    (0, b"\xd7\xcd\xc6\x9a", "a Windows metafile"),
    (40, b" EMF", "a Windows metafile"),
    (0, b"PK\x03\x04", "a ZIP archive, as PowerPoint and Word files are"),
    (0, b"\xd0\xcf\x11\xe0", "a document of an old Office program"),
    (0, b"\x1a\x45\xdf\xa3", "a video (WebM or Matroska)"),
    (8, b"AVI ", "a video (AVI)"),
    (0, b"\x00\x00\x01\xba", "a video (MPEG)"),
    (0, b"FLV", "a video (Flash)"),
    (0, b"\xff\x0a", "a JPEG XL picture"),
    (4, b"JXL ", "a JPEG XL picture"),
    (0, b"#?RADIANCE", "an HDR picture (Radiance)"),
    (0, b"\x76\x2f\x31\x01", "an HDR picture (OpenEXR)"),
    (0, b"FUJIFILMCCD-RAW", "a raw picture of a camera"),
    (0, b"version https://git-lfs", "the pointer to a file in Git LFS, which `git lfs pull` fetches"),
)
"""Where in a file something stands, what, and what such a file is."""
_BRANDS = {
    "an AVIF picture": (b"avif", b"avis"),
    "a HEIC picture, as phones take them": (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"),
    "a raw picture of a camera": (b"crx ",),
}
"""What begins with ftyp and then one of these; everything else that does is a video or sound."""

_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"RIFF")
"""How pictures begin that Pillow opens, unless they are damaged or of a rare sort."""


def begins_as_picture(path: Path) -> bool:
    """Whether a file begins as a picture does."""
    return _head(path).startswith(_PICTURES)


def kind_of_file(path: Path) -> str:
    """Tell what a file is by how it begins; nothing if that is unknown, or may be a picture that Pillow opens."""
    head = _head(path)
    if not head:
        return "an empty file"
    if head[4:8] == b"ftyp":
        brands = head[8 : max(12, int.from_bytes(head[:4]))]
        for kind, known in _BRANDS.items():
            if any(brand in brands for brand in known):
                return kind
        return "a video (MP4 or QuickTime)"
    for start, said, kind in _KINDS:
        if head[start : start + len(said)] == said:
            return kind
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<svg", b"<?xml", b"<!doctype svg", b"<!--")) and b"<svg" in text:
        return "an SVG drawing"
    return "a web page" if text.startswith((b"<!doctype html", b"<html")) else ""


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(1024)
