"""The colours of the films' theme as CSS: what the scenes use, not a copy of it."""

from __future__ import annotations

from scenes._look.theme import DARK, LIGHT, TINT, Theme

PLAIN = (
    *("background", "panel", "line", "text", "muted", "zero", "accent"),
    *("dark", "bright", "negative", "middle", "positive"),
)
"""The colours of a theme that have a name of their own."""


def variables(theme: Theme) -> str:
    """Write a theme's colours as CSS variables, the palette of the weights as `--w0`, `--w1` and so on."""
    named = {name: getattr(theme, name) for name in PLAIN}
    named |= {f"w{index}": colour for index, colour in enumerate(theme.weights)}
    return " ".join(f"--{name}: {colour};" for name, colour in named.items())


def colours() -> str:
    """Write both themes: the dark one, the light one where the reader's system asks for it, and either by hand."""
    dark, light = variables(DARK), variables(LIGHT)
    return (
        f":root {{ color-scheme: dark; --tint: {TINT:.0%}; {dark} }}\n"
        f"@media (prefers-color-scheme: light) {{ :root {{ color-scheme: light; {light} }} }}\n"
        f":root[data-theme=dark] {{ color-scheme: dark; {dark} }}\n"
        f":root[data-theme=light] {{ color-scheme: light; {light} }}\n"
    )
