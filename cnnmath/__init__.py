"""The numbers behind the pictures: the layers of a network, and everything that the views read off them.

A linear layer is a list of taps, (result, pixel, weight) index triples. The filter's positions, the equations,
the weight matrix and the network are readings of that one list. Results and gradients are sums over it, which are
worked out without it, for speed; the tests hold them to it. Nothing here draws anything.
"""

from cnnmath import symbols
from cnnmath.activations import Activated, activation, activation_slope
from cnnmath.chains import Composition, compose, receptive_field
from cnnmath.convolution import Convolution
from cnnmath.dense import Dense
from cnnmath.descent import Descent
from cnnmath.examples import EXAMPLE, PADDED_EXAMPLE
from cnnmath.kernels import KERNELS, named_kernel
from cnnmath.linear import LinearLayer
from cnnmath.losses import (
    cross_entropy,
    cross_entropy_gradient,
    softmax,
    softmax_steps,
    squared_error,
    squared_error_gradient,
)
from cnnmath.pooling import Pooling
from cnnmath.values import (
    ActivationGradients,
    ChannelShare,
    Counts,
    DenseGradients,
    Equation,
    Gradients,
    Network,
    PoolingGradients,
    SoftmaxSteps,
    Term,
    Window,
)

__all__ = [
    "EXAMPLE",
    "KERNELS",
    "PADDED_EXAMPLE",
    "Activated",
    "ActivationGradients",
    "ChannelShare",
    "Composition",
    "Convolution",
    "Counts",
    "Dense",
    "DenseGradients",
    "Descent",
    "Equation",
    "Gradients",
    "LinearLayer",
    "Network",
    "Pooling",
    "PoolingGradients",
    "SoftmaxSteps",
    "Term",
    "Window",
    "activation",
    "activation_slope",
    "compose",
    "cross_entropy",
    "cross_entropy_gradient",
    "named_kernel",
    "receptive_field",
    "softmax",
    "softmax_steps",
    "squared_error",
    "squared_error_gradient",
    "symbols",
]
