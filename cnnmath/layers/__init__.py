"""Layers without their input, and networks of them: `Sequential([Conv2D(kernel), Activation("relu"), …])`.

Their names are those of `keras.layers`, what they take is ordered as in PyTorch: kernels (F, C, kh, kw), dense weights
(outputs, inputs), images (C, H, W), batches (N, C, H, W). A layer called with an input gives the bound layer, which
shows its taps, its matrix and its gradients. `import cnnmath` does not import this: the scenes start faster so.
"""

from cnnmath.layers._activation import Activation
from cnnmath.layers._answers import Answer, strongest_answers
from cnnmath.layers._conv import Conv2D
from cnnmath.layers._dense import Dense
from cnnmath.layers._flatten import Flatten, Flattened
from cnnmath.layers._foreign._files import from_file
from cnnmath.layers._foreign._keras import from_keras
from cnnmath.layers._foreign._torch import from_torch
from cnnmath.layers._layer import Layer, Shape
from cnnmath.layers._pass import Evaluation, NetworkGradients, Pass
from cnnmath.layers._pooling import AveragePooling2D, MaxPooling2D
from cnnmath.layers._sequential import Sequential
from cnnmath.layers._training import History

__all__ = [
    "Activation",
    "Answer",
    "AveragePooling2D",
    "Conv2D",
    "Dense",
    "Evaluation",
    "Flatten",
    "Flattened",
    "History",
    "Layer",
    "MaxPooling2D",
    "NetworkGradients",
    "Pass",
    "Sequential",
    "Shape",
    "from_file",
    "from_keras",
    "from_torch",
    "strongest_answers",
]
