// What Python told the page: presets, limits, the trained network, the entry to begin with.

export const told = JSON.parse(document.getElementById("told").textContent);
export const limits = told.limits;
