/** Hides parts whose conditions do not hold, and parts and contacts that are not for today. A part stays with its
    condition if that is unknown. */
function showParts(view, root) {
  for (const part of root.querySelectorAll("[data-when], [data-from], [data-until]")) {
    const { when = "[]", from, until } = part.dataset;
    part.hidden = from > localDay() || until < localDay() || holds(view.tree, JSON.parse(when), view.past, view.here) === false;
  }
}
