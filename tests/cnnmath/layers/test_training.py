"""Training: what a step is, what a seed decides, and what is written down."""

import numpy as np
from test_networks import close, small

from cnnmath.layers import Sequential

NETWORK, IMAGES, LABELS = small()


def parameters(network: Sequential) -> list[np.ndarray]:
    return [values for layer in network.layers for values in layer.parameters.values()]


def gradients(network: Sequential, images, labels) -> list[np.ndarray]:
    found = network.gradients(images, labels).layers
    return [getattr(part, name) for layer, part in zip(network.layers, found, strict=True) for name in layer.parameters]


def test_a_step_is_the_rate_times_the_gradient():
    trained, _ = NETWORK.fit(IMAGES, LABELS, epochs=1, learning_rate=0.3, batch_size=100)
    steps = gradients(NETWORK, IMAGES, LABELS)
    for before, step, after in zip(parameters(NETWORK), steps, parameters(trained), strict=True):
        close(after, before - 0.3 * step)


def test_an_epoch_takes_every_image_once_in_batches():
    """With the shuffled order known, two batches of 4 and 3 are two steps."""
    trained, _ = NETWORK.fit(IMAGES, LABELS, epochs=1, learning_rate=0.3, batch_size=4, seed=5)
    order = np.argsort(np.random.default_rng(5).random(7), kind="stable")
    expected = NETWORK
    for chosen in (order[:4], order[4:]):
        expected, _ = expected.fit(IMAGES[chosen], LABELS[chosen], epochs=1, learning_rate=0.3, batch_size=100)
    for ours, theirs in zip(parameters(trained), parameters(expected), strict=True):
        close(ours, theirs)


def test_a_training_gives_another_network():
    before = [values.copy() for values in parameters(NETWORK)]
    trained, _ = NETWORK.fit(IMAGES, LABELS, epochs=2, learning_rate=0.3)
    for kept, values, other in zip(before, parameters(NETWORK), parameters(trained), strict=True):
        np.testing.assert_array_equal(kept, values)
        assert not np.array_equal(values, other)
        assert not other.flags.writeable


def test_the_seed_decides():
    first, again, other = (NETWORK.fit(IMAGES, LABELS, 3, 0.3, batch_size=2, seed=seed)[0] for seed in (1, 1, 2))
    for one, same, different in zip(parameters(first), parameters(again), parameters(other), strict=True):
        np.testing.assert_array_equal(one, same)
        assert not np.array_equal(one, different)


def test_the_history_begins_before_the_first_step():
    trained, history = NETWORK.fit(IMAGES, LABELS, 20, 0.5, batch_size=4, validation=(IMAGES[:3], LABELS[:3]))
    assert history.epochs == 20
    assert len(history.loss) == len(history.accuracy) == len(history.validation_loss) == 21
    for network, place in ((NETWORK, 0), (trained, -1)):
        assert network.evaluate(IMAGES, LABELS) == (history.loss[place], history.accuracy[place])
        measured = history.validation_loss[place], history.validation_accuracy[place]
        assert network.evaluate(IMAGES[:3], LABELS[:3]) == measured
        (filters,) = history.filters
        np.testing.assert_array_equal(filters[place], network.layers[0].kernel)
    assert filters.shape == (21, 3, 1, 3, 3)
    assert history.loss[-1] < history.loss[0] / 4
    assert history.accuracy[-1] == 1
    assert not any(values.flags.writeable for values in (history.loss, history.accuracy, filters))


def test_a_history_without_validation_or_filters():
    network = Sequential(NETWORK.layers[3:])
    _, history = network.fit(np.ones((2, 12)), [0, 1], epochs=1, learning_rate=0.1)
    assert history.filters == ()
    assert history.validation_loss is history.validation_accuracy is None
