// The core's taps again: the one place of the page where results, pixels and weights are matched. Nothing else in the
// page does index arithmetic, and tests hold this to cnnmath. Indices are flat, in C order.

export const range = (count) => Array.from({ length: count }, (_, index) => index);
export const product = (numbers) => numbers.reduce((all, one) => all * one, 1);
export const flat = (nested) => (Array.isArray(nested) ? nested.flat(Infinity) : [nested]);

/** Nest a flat list by a shape: the inverse of `flat`. */
export function nest(values, shape) {
  if (shape.length <= 1) return values.slice();
  const size = product(shape.slice(1));
  return range(shape[0]).map((index) => nest(values.slice(index * size, (index + 1) * size), shape.slice(1)));
}

/** The shape of a nested list. */
export function shapeOf(nested) {
  return Array.isArray(nested) ? [nested.length, ...shapeOf(nested[0])] : [];
}

/** The place of a flat index in a shape. */
export function place(index, shape) {
  const places = [];
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    places.unshift(index % shape[axis]);
    index = Math.floor(index / shape[axis]);
  }
  return places;
}

/** Where the filter can stand: shapes, stride, dilation and padding, without any values. */
export function layout({ image, kernel, stride, padding, dilation }) {
  const [channels, ...sides] = image;
  const [filters, , ...window] = kernel;
  const span = [0, 1].map((axis) => dilation[axis] * (window[axis] - 1) + 1);
  const pads = padding === "same" ? [0, 1].map((axis) => same(sides[axis], span[axis], stride[axis])) : padding;
  const padded = sides.map((side, axis) => side + pads[axis][0] + pads[axis][1]);
  const places = padded.map((side, axis) => Math.floor((side - span[axis]) / stride[axis]) + 1);
  const fits = padded.every((side, axis) => span[axis] <= side);
  return {
    image, kernel, stride, dilation, pads, span, fits,
    padded: [channels, ...padded], output: [filters, ...places],
  };
}

/** TensorFlow's "SAME" along one axis: ⌈length / stride⌉ results, an odd one more padded after. */
function same(length, span, stride) {
  const results = Math.ceil(length / stride);
  const total = Math.max(0, (results - 1) * stride + span - length);
  return [Math.floor(total / 2), total - Math.floor(total / 2)];
}

/** The taps [result, pixel, weight], and apart from them the touches on padding [result, position, weight]. */
export function touches({ image, kernel, stride, dilation, pads, padded, output }) {
  const [channels, height, width] = image;
  const taps = [];
  const padding = [];
  let result = 0;
  for (let filter = 0; filter < output[0]; filter++)
    for (let down = 0; down < output[1]; down++)
      for (let across = 0; across < output[2]; across++) {
        let weight = filter * product(kernel.slice(1));
        for (let channel = 0; channel < channels; channel++)
          for (let row = 0; row < kernel[2]; row++)
            for (let column = 0; column < kernel[3]; column++) {
              const y = down * stride[0] + row * dilation[0];
              const x = across * stride[1] + column * dilation[1];
              const [iy, ix] = [y - pads[0][0], x - pads[1][0]];
              if (iy >= 0 && iy < height && ix >= 0 && ix < width)
                taps.push([result, (channel * height + iy) * width + ix, weight]);
              else padding.push([result, (channel * padded[1] + y) * padded[2] + x, weight]);
              weight++;
            }
        result++;
      }
  return { taps, padding };
}

/** Each position of the padded image, by channel, row and column: its pixel, or −1 on the padding. */
export function positions({ image, pads, padded }) {
  const [, height, width] = image;
  const cells = range(product(padded)).map((position) => {
    const [channel, y, x] = place(position, padded);
    const [iy, ix] = [y - pads[0][0], x - pads[1][0]];
    const inside = iy >= 0 && iy < height && ix >= 0 && ix < width;
    return { position, pixel: inside ? (channel * height + iy) * width + ix : -1 };
  });
  return nest(cells, padded);
}

/** Where the window of a result stands in the padded image: first row and column, and how far it reaches. */
export function windowOf({ output, stride, span }, result) {
  const [filter, row, column] = place(result, output);
  return { filter, top: row * stride[0], left: column * stride[1], high: span[0], wide: span[1] };
}

/** A convolution as a linear layer: its taps with the numbers that they take. */
export function convolution(geometry, { taps }, image, kernel, bias) {
  const results = product(geometry.output);
  const each = results / geometry.output[0];
  const ofBias = range(results).map((result) => Math.floor(result / each));
  return { taps, inputs: flat(image), weights: flat(kernel), biases: bias, ofBias, results };
}

/** The dense layer of all pairs, each with a weight of its own: (results, pixels) weights, and a bias a result. */
export function dense(weights, bias, inputs) {
  const taps = weights.flatMap((row, result) => row.map((_, pixel) => [result, pixel, result * row.length + pixel]));
  return { taps, inputs, weights: flat(weights), biases: bias, ofBias: range(bias.length), results: bias.length };
}

/** The dense layer that does the same as another one, until it learns: its matrix and a bias a result. */
export function twin(layer) {
  return { weights: matrix(layer), bias: layer.ofBias.map((bias) => layer.biases[bias]) };
}

/** The result: for each sum its products, one tap after the other, and the bias. */
export function output({ taps, inputs, weights, biases, ofBias }) {
  const sums = ofBias.map(() => 0);
  for (const [result, pixel, weight] of taps) sums[result] += weights[weight] * inputs[pixel];
  return sums.map((sum, result) => sum + biases[ofBias[result]]);
}

/** The taps of each result, each pixel and each weight, as lists of their indices. */
export function byEnd({ taps, inputs, weights, results }) {
  const ends = [results, inputs.length, weights.length].map((count) => range(count).map(() => []));
  taps.forEach((tap, index) => tap.forEach((end, kind) => ends[kind][end].push(index)));
  return { results: ends[0], pixels: ends[1], weights: ends[2] };
}

/** The tap of each entry of the matrix, by result and pixel; −1 for an untrainable zero. */
export function entries({ taps, inputs, results }) {
  const table = range(results).map(() => inputs.map(() => -1));
  taps.forEach(([result, pixel], index) => { table[result][pixel] = index; });
  return table;
}

/** The weight matrix, (results, pixels). */
export function matrix(layer) {
  return entries(layer).map((row) => row.map((tap) => (tap < 0 ? 0 : layer.weights[layer.taps[tap][2]])));
}

/** The gradients from those at the result: of each weight, each bias and each pixel, sums over taps. */
export function backward({ taps, inputs, weights, biases, ofBias }, upstream) {
  const gradients = { weights: weights.map(() => 0), biases: biases.map(() => 0), inputs: inputs.map(() => 0) };
  for (const [result, pixel, weight] of taps) {
    gradients.weights[weight] += inputs[pixel] * upstream[result];
    gradients.inputs[pixel] += weights[weight] * upstream[result];
  }
  ofBias.forEach((bias, result) => { gradients.biases[bias] += upstream[result]; });
  return gradients;
}

/** What each entry of the matrix would wish if it were a weight of its own: pixel times difference. */
export const wishes = ({ inputs }, upstream) => upstream.map((difference) => inputs.map((pixel) => pixel * difference));

/** Half the sum of the squared differences. */
export const loss = (differences) => differences.reduce((sum, one) => sum + one * one, 0) / 2;

/** One step of gradient descent: weights and biases less rate times gradient. */
export function step({ weights, biases }, gradients, rate) {
  const stepped = (values, slopes) => values.map((value, index) => value - rate * slopes[index]);
  return { weights: stepped(weights, gradients.weights), biases: stepped(biases, gradients.biases) };
}

/** The largest number of each window that does not overlap, by plane; what does not fill a window is left out. */
export function maxPooled(values, [planes, rows, columns], [high, wide]) {
  const shape = [planes, Math.floor(rows / high), Math.floor(columns / wide)];
  const largest = range(product(shape)).map((index) => {
    const [plane, row, column] = place(index, shape);
    const seen = range(high * wide).map((cell) => {
      const [down, across] = place(cell, [high, wide]);
      return values[(plane * rows + row * high + down) * columns + column * wide + across];
    });
    return Math.max(...seen);
  });
  return { values: largest, shape };
}

/** Probabilities of scores: each e to its power, divided by their sum. */
export function softmax(scores) {
  const most = Math.max(...scores);
  const powers = scores.map((score) => Math.exp(score - most));
  const total = powers.reduce((sum, one) => sum + one, 0);
  return powers.map((power) => power / total);
}
