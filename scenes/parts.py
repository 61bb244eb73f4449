"""The cards of the film's parts."""

from __future__ import annotations

from collections.abc import Sequence

from manim import VGroup, VMobject

from cnnmath import Pooling, digits
from scenes._look.theme import theme
from scenes._mobjects.cells import Grid
from scenes._mobjects.code import Listing
from scenes._mobjects.grids import ImageGrid, result_grid, weight_grid
from scenes._pictures.activation_stage import ActivationStage
from scenes._pictures.pooled import PooledNetwork
from scenes._stories.part_card import PartCard
from scenes._words.activations import Activations
from scenes._words.listings import listings
from scenes._words.piece import Piece
from scenes._words.pooling import Pooled


class OneConvolution(PartCard):
    """The first part: one convolution in different views."""

    def emblems(self) -> Sequence[VMobject]:
        """The filter, on the image, and the results."""
        image = ImageGrid(self.subject, 1.0)
        return [weight_grid(self.subject, 1.0), VGroup(image, image.patch(0)), result_grid(self.subject, 1.0)]


class ANetworkOfThem(PartCard):
    """The second part: what stands around a convolution in a network."""

    def emblems(self) -> Sequence[VMobject]:
        """A digit as a network sees it, the curve of an activation, and the lines of pooling."""
        digit = digits.IMAGES[0]
        shades = theme().shades(digit.ravel().tolist())
        seen = Grid((1, 1, *digit.shape[-2:]), [Piece(str(i)) for i in range(digit.size)], 0.1, shades=shades)
        stage = ActivationStage(Activations(self.convolution, "relu"))
        pooled = PooledNetwork(Pooled(Pooling(digit[..., 2:6, 2:6], 2)))
        return [seen, VGroup(stage.plot, stage.curve), pooled]


class OtherViews(PartCard):
    """The third part: views that the post did not show."""

    def emblems(self) -> Sequence[VMobject]:
        """The lines of the code."""
        return [Listing(listing.narrow, 0.4) for listing in listings(self.convolution)]
