// A view as a picture: what stands on the screen, drawn again as SVG shapes and texts, which no program has to load.

const NAMESPACE = "http://www.w3.org/2000/svg";
const PAINT = ["fill", "stroke", "stroke-width", "opacity", "font-size", "font-family", "font-weight", "text-anchor", "dominant-baseline", "paint-order", "stroke-linecap", "stroke-linejoin", "stroke-dasharray"];
const AROUND = 12;

const escaped = (text) => text.replace(/[&<>"]/g, (letter) => `&#${letter.charCodeAt(0)};`);
const rounded = (value) => Number(value.toFixed(2));
const seen = (colour) => colour && colour !== "transparent" && !/^rgba\(.*, 0\)$/.test(colour);

/** The border or ring of a box: [colour, width], or null. */
function ring(style) {
  const width = parseFloat(style.borderTopWidth);
  if (width > 0 && style.borderTopStyle !== "none" && seen(style.borderTopColor)) return [style.borderTopColor, width, style.borderTopStyle];
  const shadow = style.boxShadow.match(/^((?:color|rgba?|oklab|oklch)\([^)]*\)) 0px 0px 0px (\d+)px inset/);
  return shadow && seen(shadow[1]) ? [shadow[1], Number(shadow[2]), "solid"] : null;
}

function box(element, style, at) {
  const edge = ring(style);
  const filled = seen(style.backgroundColor);
  if (!edge && !filled) return "";
  const inset = edge ? edge[1] / 2 : 0;
  const [width, height] = [at.width - 2 * inset, at.height - 2 * inset];
  const round = style.borderTopLeftRadius.includes("%") ? [width / 2, height / 2] : [parseFloat(style.borderTopLeftRadius) || 0, parseFloat(style.borderTopLeftRadius) || 0];
  const stroke = edge ? ` stroke="${edge[0]}" stroke-width="${edge[1]}"${edge[2] === "dashed" ? ' stroke-dasharray="4 3"' : ""}` : "";
  return `<rect x="${rounded(at.x + inset)}" y="${rounded(at.y + inset)}" width="${rounded(width)}" height="${rounded(height)}" rx="${rounded(round[0])}" ry="${rounded(round[1])}" fill="${filled ? style.backgroundColor : "none"}"${stroke}/>`;
}

function letters(text, style, at) {
  const struck = style.textDecorationLine.includes("line-through") || getComputedStyle(at.parent.parentElement).textDecorationLine.includes("line-through");
  const weight = style.fontWeight === "400" ? "" : ` font-weight="${style.fontWeight}"`;
  return `<text x="${rounded(at.x + at.width / 2)}" y="${rounded(at.y + at.height / 2)}" text-anchor="middle" dominant-baseline="central" font-size="${style.fontSize}"${weight} fill="${style.color}"${struck ? ' text-decoration="line-through"' : ""}>${escaped(text)}</text>`;
}

/** An SVG of the page with the colours written into it. */
function drawn(svg, at) {
  const copy = svg.cloneNode(true);
  const [from, to] = [svg.querySelectorAll("*"), copy.querySelectorAll("*")];
  from.forEach((element, index) => {
    const style = getComputedStyle(element);
    if (to[index].matches(".catch, .cursor, title")) return;
    to[index].setAttribute("style", PAINT.map((name) => `${name}:${style.getPropertyValue(name)}`).join(";"));
  });
  for (const extra of copy.querySelectorAll(".catch, .cursor, title")) extra.remove();
  for (const name of ["class", "style", "tabindex"]) copy.removeAttribute(name);
  for (const [name, value] of Object.entries({ x: at.x, y: at.y, width: at.width, height: at.height })) copy.setAttribute(name, rounded(value));
  return new XMLSerializer().serializeToString(copy);
}

/** Give a view as the text of an SVG file. Raises what it cannot find as null. */
export function asSvg(view) {
  const origin = view.getBoundingClientRect();
  const parts = [];
  const place = (rect) => ({ x: rect.x - origin.x + AROUND, y: rect.y - origin.y + AROUND, width: rect.width, height: rect.height });
  const walk = (element) => {
    const style = getComputedStyle(element);
    const at = place(element.getBoundingClientRect());
    if (style.display === "none" || style.visibility === "hidden" || element.matches("button, select, .hidden, nav, label")) return;
    if (element.localName === "svg") { parts.push(drawn(element, at)); return; }
    parts.push(box(element, style, at));
    if (element.localName === "input") {
      if (element.type === "text") parts.push(letters(element.value, style, { ...at, parent: element }));
      return;
    }
    for (const child of element.childNodes) {
      if (child.nodeType === Node.ELEMENT_NODE) walk(child);
      else if (child.nodeType === Node.TEXT_NODE && child.textContent.trim()) {
        const range = document.createRange();
        range.selectNodeContents(child);
        for (const line of lines(child, range)) parts.push(letters(line.text, style, { ...place(line.rect), parent: element }));
      }
    }
  };
  walk(view);
  const [width, height] = [Math.ceil(origin.width + 2 * AROUND), Math.ceil(origin.height + 2 * AROUND)];
  const page = getComputedStyle(document.documentElement);
  return `<svg xmlns="${NAMESPACE}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family='${page.fontFamily.replaceAll("'", "")}'><rect width="100%" height="100%" fill="${page.backgroundColor}"/>${parts.join("")}</svg>`;
}

/** The lines of a text as they stand on the screen. */
function lines(node, range) {
  const whole = [...range.getClientRects()];
  if (whole.length <= 1) return whole.length ? [{ text: node.textContent.trim(), rect: whole[0] }] : [];
  const found = [];
  for (const word of node.textContent.matchAll(/\S+\s*/g)) {
    range.setStart(node, word.index);
    range.setEnd(node, word.index + word[0].trimEnd().length);
    const rect = range.getBoundingClientRect();
    const last = found.at(-1);
    if (last && Math.abs(last.rect.y - rect.y) < 4) {
      last.text += ` ${word[0].trim()}`;
      last.rect = new DOMRect(last.rect.x, last.rect.y, rect.right - last.rect.x, last.rect.height);
    } else found.push({ text: word[0].trim(), rect });
  }
  return found;
}

/** Give an SVG as a PNG of twice its size, as a Blob. */
export async function asPng(svg, scale = 2) {
  const picture = new Image();
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [picture.width * scale, picture.height * scale];
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => { canvas.toBlob(done, "image/png"); });
}
