/** Hides the parts whose conditions do not hold. One that holds shows the guide's words, without its condition. A part
    stays with its condition, and folded, if that is unknown. */
function showParts(view, root) {
  for (const part of root.querySelectorAll(".gt-part")) {
    const fits = holds(view.tree, JSON.parse(part.dataset.when), view.past, view.here);
    part.hidden = fits === false;
    part.toggleAttribute("data-fits", fits === true);
    for (const line of part.querySelectorAll(".gt-part__when, summary")) line.hidden = fits === true;
    for (const folded of part.querySelectorAll("details")) folded.open = fits === true;
  }
}
