"""The numbers behind the pictures: one convolution, and everything that the views read off it.

A convolution is a list of taps, (result, pixel, weight) index triples. The filter's positions, the equations,
the weight matrix and the network are readings of that one list. Results and gradients are sums over it, which are
worked out without it, for speed; the tests hold them to it. Nothing here draws anything.
"""

from cnnmath import symbols
from cnnmath.convolution import Convolution
from cnnmath.examples import EXAMPLE, PADDED_EXAMPLE
from cnnmath.values import ChannelShare, Counts, Equation, Gradients, Network, Term, Window

__all__ = [
    "EXAMPLE",
    "PADDED_EXAMPLE",
    "ChannelShare",
    "Convolution",
    "Counts",
    "Equation",
    "Gradients",
    "Network",
    "Term",
    "Window",
    "symbols",
]
