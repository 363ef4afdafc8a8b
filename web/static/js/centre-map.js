// @ts-check
// Where a map is wider than the screen, begins with its middle: there stands what it is about.

for (const box of document.querySelectorAll(".gofar-map-box")) {
  box.scrollLeft = (box.scrollWidth - box.clientWidth) / 2;
}
