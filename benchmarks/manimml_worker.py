"""ManimML's side: its animation of a 3×3 filter that goes over one 7×7 feature map and gives one of 5×5.

Its own forward pass plays this too, but under manim 0.22 it stops at an empty group of animations before it.
"""

from manim import Scene
from manim_ml.neural_network import Convolutional2DLayer, Convolutional2DToConvolutional2D, NeuralNetwork


class Sliding(Scene):
    """Only the filter's way: 25 positions."""

    def construct(self) -> None:
        """Show the layers, then let the filter go over them."""
        layers = NeuralNetwork([Convolutional2DLayer(1, 7), Convolutional2DLayer(1, 5, 3)], layer_spacing=0.25)
        self.add(layers)
        (between,) = (layer for layer in layers.all_layers if isinstance(layer, Convolutional2DToConvolutional2D))
        self.play(between.make_forward_pass_animation())
