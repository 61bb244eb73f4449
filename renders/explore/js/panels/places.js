// Where the neurons stand, and which of them or which connection a pointer is nearest to. In units of the picture.

const WIDTH = 400;
const LEAST = 260;
const MOST = 540;
const EACH = 34;
const NEAR = 9;
const REACH = 18; // to either side of a neuron: a finger's width on a phone

/** Give the places of pixels and results, and how large they are drawn. */
export function placed(pixels, results) {
  const height = Math.min(MOST, Math.max(LEAST, pixels * EACH, results * EACH));
  const small = Math.min(15, (height / pixels) * 0.44);
  const large = Math.min(22, (height / results) * 0.44);
  const column = (count, x) => Array.from({ length: count }, (_, index) => [x, ((index + 0.5) * height) / count]);
  return { width: WIDTH, height, small, large, readable: 9, pixels: column(pixels, 26), results: column(results, WIDTH - 30) };
}

function distance([x, y], [x1, y1], [x2, y2]) {
  const [dx, dy] = [x2 - x1, y2 - y1];
  const along = Math.max(0, Math.min(1, ((x - x1) * dx + (y - y1) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(x - x1 - along * dx, y - y1 - along * dy);
}

/** Give the neuron under a point, else the connection that is nearest to it, if it is near at all. */
export function nearest({ layer, table }, places, point, zeros) {
  const near = (nodes, radius, kind) => {
    const index = nodes.findIndex(([x, y]) => Math.abs(point[0] - x) < Math.max(radius, REACH) && Math.abs(point[1] - y) < Math.max(radius, places.height / nodes.length / 2));
    return index < 0 ? null : `${kind}:${index}`;
  };
  const node = near(places.pixels, places.small, "pixel") ?? near(places.results, places.large, "result");
  if (node) return node;
  let best = { ref: null, away: NEAR };
  const consider = (ref, result, pixel) => {
    const away = distance(point, places.pixels[pixel], places.results[result]);
    if (away < best.away) best = { ref, away };
  };
  layer.taps.forEach(([result, pixel], index) => consider(`tap:${index}`, result, pixel));
  if (zeros && !best.ref) table.forEach((row, result) => row.forEach((tap, pixel) => { if (tap < 0) consider(`zero:${result}:${pixel}`, result, pixel); }));
  return best.ref;
}
