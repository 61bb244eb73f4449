// A state as code that runs by itself and prints the numbers of the page, and as an entry of a lecture file.
// Lines are stripped where the page is put together: what a text begins a line with is written as INDENT.

import { write } from "./entry.js";
import { derive } from "./derive.js";
import { shapeOf } from "./numbers.js";

const tuple = (items) => `(${items.join(", ")}${items.length === 1 ? "," : ""})`;
const tuples = (pairs) => tuple(pairs.map((pair) => tuple(pair)));
const INDENT = "    ";

/** Write nested lists, a row of a matrix on a line of its own. */
function rows(nested, indent = "") {
  if (!Array.isArray(nested) || !Array.isArray(nested[0])) return JSON.stringify(nested).replaceAll(",", ", ");
  const inner = `${indent}${INDENT}`;
  return `[\n${nested.map((item) => `${inner}${rows(item, inner)},\n`).join("")}${indent}]`;
}

const parts = (state) => {
  const { geometry, conv } = derive({ ...state, learn: null });
  const [filters, channels, ...size] = geometry.kernel;
  const { stride, dilation, pads, span } = geometry;
  const [[top, bottom], [left, right]] = pads;
  return { filters, channels, size, stride, dilation, pads, span, top, bottom, left, right, conv, padded: pads.flat().some(Boolean) };
};

const lists = (state) => `image = ${rows(state.image)}\nkernel = ${rows(state.kernel)}\nbias = ${rows(state.bias)}\n`;
const ofDense = (state) => `image = ${rows(state.image)}\nweights = ${rows(state.learn.dense.weights)}\nbias = ${rows(state.learn.dense.bias)}\n`;

function cnnmath(state) {
  if (state.learn?.dense) return `from cnnmath import Dense\n\n${ofDense(state)}\nprint(Dense(image, weights, bias).output())\n`;
  const { stride, dilation, pads } = parts(state);
  const padding = state.padding === "same" ? '"same"' : tuples(pads);
  return `from cnnmath import Convolution\n\n${lists(state)}\nconvolution = Convolution(image, kernel, bias, stride=${tuple(stride)}, padding=${padding}, dilation=${tuple(dilation)})\nprint(convolution.output())\n`;
}

function numpy(state) {
  if (state.learn?.dense) return `import numpy as np\n\n${ofDense(state)}\nprint(np.array(weights) @ np.ravel(image) + bias)\n`;
  const { stride, dilation, pads, span } = parts(state);
  const steps = [...stride, ...dilation].map((step) => (step === 1 ? ":" : `::${step}`)).join(", ");
  return `import numpy as np\n\n${lists(state)}
padded = np.pad(np.array(image, float), ((0, 0), ${tuple(pads[0])}, ${tuple(pads[1])}))
# (channels, rows, columns, kernel rows, kernel columns)
windows = np.lib.stride_tricks.sliding_window_view(padded, ${tuple(span)}, axis=(1, 2))[:, ${steps}]
output = np.einsum("chwij,fcij->fhw", windows, np.array(kernel, float)) + np.array(bias)[:, None, None]
print(output)
`;
}

function pytorch(state) {
  if (state.learn?.dense) {
    const [outputs, inputs] = shapeOf(state.learn.dense.weights);
    return `import torch\n\n${ofDense(state)}
layer = torch.nn.Linear(${inputs}, ${outputs}, dtype=torch.float64)
with torch.no_grad():
${INDENT}layer.weight.copy_(torch.tensor(weights))
${INDENT}layer.bias.copy_(torch.tensor(bias))
${INDENT}print(layer(torch.tensor(image, dtype=torch.float64).ravel()))
`;
  }
  const { filters, channels, size, stride, dilation, top, bottom, left, right } = parts(state);
  return `import torch\n\n${lists(state)}
layer = torch.nn.Conv2d(${channels}, ${filters}, ${tuple(size)}, stride=${tuple(stride)}, dilation=${tuple(dilation)}, dtype=torch.float64)
with torch.no_grad():
${INDENT}layer.weight.copy_(torch.tensor(kernel))
${INDENT}layer.bias.copy_(torch.tensor(bias))
${INDENT}padded = torch.nn.functional.pad(torch.tensor(image, dtype=torch.float64), ${tuple([left, right, top, bottom])})
${INDENT}print(layer(padded))
`;
}

function keras(state) {
  if (state.learn?.dense) {
    const { bias } = state.learn.dense;
    return `import keras\nimport numpy as np\n\n${ofDense(state)}
layer = keras.layers.Dense(${bias.length})
layer.build((1, np.size(image)))
layer.set_weights([np.array(weights).T, np.array(bias)])
print(np.array(layer(np.reshape(np.array(image, float), (1, -1))))[0])
`;
  }
  const { filters, size, stride, dilation, pads, padded } = parts(state);
  const both = stride.some((step) => step > 1) && dilation.some((gap) => gap > 1);
  const steps = stride.map((step) => (step === 1 ? ":" : `::${step}`)).join(", ");
  const strides = both ? "" : `, strides=${tuple(stride)}`;
  return `import keras\nimport numpy as np\n\n${lists(state)}
values = np.moveaxis(np.array(image, float), 0, -1)[None]  # (1, rows, columns, channels)
${padded ? `values = keras.layers.ZeroPadding2D(${tuples(pads)})(values)\n` : ""}layer = keras.layers.Conv2D(${filters}, ${tuple(size)}${strides}, dilation_rate=${tuple(dilation)})
layer.build(values.shape)
layer.set_weights([np.transpose(np.array(kernel, float), (2, 3, 1, 0)), np.array(bias)])  # (rows, columns, channels, filters)
output = np.array(layer(values))[0]${both ? `[${steps}]  # Keras takes no stride together with a dilation` : ""}
print(np.moveaxis(output, -1, 0))  # (filters, rows, columns)
`;
}

function lecture(state) {
  const entry = write({ ...state, learn: null });
  const lines = (value, indent) => (Array.isArray(value?.[0]) ? `\n${value.map((row) => `${indent}- ${JSON.stringify(row).replaceAll(",", ", ")}`).join("\n")}` : ` ${JSON.stringify(value).replaceAll(",", ", ")}`);
  const said = (key) => `  ${key}:${key === "notation" || entry[key] === "same" ? ` ${entry[key]}` : lines(entry[key], "    ")}\n`;
  return `- name: MyConvolution\n  scene: FilterSliding\n${Object.keys(entry).map(said).join("")}`;
}

/** Each way to take a state along as text: its name, what it is good for, and the text. */
export const WAYS = [
  { id: "link", title: "Link", advice: "Opens this page as it is now, where it lies.", text: (_, address) => address },
  { id: "lecture", title: "Lecture entry", advice: "For a lecture file: make render LECTURE=my_lecture.yaml films it.", text: lecture },
  { id: "cnnmath", title: "cnnmath", advice: "Python with this project’s core.", text: cnnmath },
  { id: "numpy", title: "NumPy", advice: "Python with NumPy alone.", text: numpy },
  { id: "pytorch", title: "PyTorch", advice: "Python with PyTorch.", text: pytorch },
  { id: "keras", title: "Keras", advice: "Python with Keras.", text: keras },
];
