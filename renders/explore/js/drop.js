// A picture file becomes the numbers of the image: 0, black, to 9, white, as `scenes.load_image` reads it.

import { Refused } from "./entry.js";
import { html } from "./lib.js";
import { nest, range, shapeOf } from "./numbers.js";
import { attempt, say, state } from "./store.js";

const LEVELS = 10;
const FINE = 32; // so many parts of a pixel, along each side, are averaged
const GREY = [0.299, 0.587, 0.114]; // what Pillow takes of red, green and blue

/** The mean colours of a picture in rows and columns, each from 0 to 1, on white. */
async function colours(file, rows, columns) {
  const picture = await createImageBitmap(file);
  const fine = picture.width === columns && picture.height === rows ? 1 : FINE;
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [columns * fine, rows * fine];
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.fillStyle = "white";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.imageSmoothingQuality = "high";
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return range(rows).flatMap((row) => range(columns).map((column) => mean(context.getImageData(column * fine, row * fine, fine, fine).data)));
}

function mean(bytes) {
  const sums = [0, 0, 0];
  for (let at = 0; at < bytes.length; at += 4) for (const band of [0, 1, 2]) sums[band] += bytes[at + band];
  return sums.map((sum) => sum / (bytes.length / 4) / 255);
}

const level = (share) => Math.floor(share * (LEVELS - 1) + 0.5);

/** Take a picture as the image: in grey, or in red, green and blue where the image has three channels. */
export async function takePicture(file) {
  const [channels, rows, columns] = shapeOf(state.value.image);
  let found;
  try {
    found = await colours(file, rows, columns);
  } catch {
    attempt(() => { throw new Refused(`${file.name || "what was dropped"} is no picture that this browser opens; expected one such as PNG or JPEG`); });
    return;
  }
  const grey = (colour) => colour.reduce((sum, share, band) => sum + share * GREY[band], 0);
  const bands = channels === 3 ? [0, 1, 2].map((band) => found.map((colour) => colour[band])) : range(channels).map(() => found.map(grey));
  const shape = [channels, rows, columns];
  const image = nest(bands.flat().map(level), shape);
  if (attempt((now) => ({ ...now, image }))) say(`${file.name} is the image now, in ${rows}×${columns} pixels.`);
}

/** Take a picture that is dropped anywhere on the page. */
export function listenForPictures(root) {
  root.addEventListener("dragover", (event) => { event.preventDefault(); });
  root.addEventListener("drop", (event) => {
    event.preventDefault();
    const [file] = event.dataTransfer.files;
    if (file) takePicture(file);
  });
}

/** The same for whoever cannot drop anything. */
export const PictureField = () => html`<label class="field">a picture <input type="file" accept="image/*" onChange=${({ target }) => { if (target.files[0]) takePicture(target.files[0]); target.value = ""; }} /></label>`;
