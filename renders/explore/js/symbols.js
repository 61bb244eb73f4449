// The names of things, as cnnmath.symbols gives them: each kind has its own alphabet.

const ALPHABETS = { pixel: "ABCDEFGHJKLMN", result: "PQRSTUVWXYZ", weight: "αβγδεζηθκλμνξπρστυφχψω" };
const subscript = (number) => [...String(number)].map((digit) => "₀₁₂₃₄₅₆₇₈₉"[digit]).join("");

/** Name a pixel, result or weight; past the alphabet's end it begins again with a subscript. */
export function symbol(kind, index) {
  const letters = ALPHABETS[kind];
  const turn = Math.floor(index / letters.length);
  return letters[index % letters.length] + (turn ? subscript(turn) : "");
}

/** Name the bias of a filter, out of so many. */
export const biasSymbol = (index, count) => (count === 1 ? "b" : `b${subscript(index + 1)}`);
