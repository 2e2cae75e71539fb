/** On a start page the way that the answers have gone, and where the reader comes from; elsewhere the way there. */
function showMap(view, root) {
  const { tree, here } = view;
  const steps = allSteps(view);
  for (const link of root.querySelectorAll(".gt-where")) {
    const mark = link.hash.slice(1).split("&").at(-1);
    const way = address(tree, tree.start, steps, true);
    // A browser that knows the place by its address alone would go there itself, and take the focus off it.
    link.href = `${way}${way.includes("#") ? "" : "#"}&${mark}`;
  }
  if (here) return;
  const taken = new Map(steps.map(({ key }, i) => [key, led(tree, steps, i)]));
  const passed = new Set([...taken].flatMap(([key, { target }]) => [key, target]));
  for (const [key, { answers }] of tree.nodes) {
    const box = document.getElementById(`map-${key}`);
    if (!box) continue; // a node of another tree
    box.classList.toggle("gt-on", passed.has(key));
    const cases = [...answers.values()].flatMap((answer) => answer.cases);
    const mapped = box.parentNode.querySelectorAll(".gt-map__answer");
    const listed = root.querySelectorAll(`#list-${key} > ul > li`);
    for (const parts of [mapped, listed]) {
      parts.forEach((part, i) => part.classList.toggle("gt-on", cases[i] === taken.get(key)));
    }
  }
  const mark = placeIn(fragment());
  for (const part of root.querySelectorAll(".gt-here")) part.classList.remove("gt-here");
  if (!mark) return;
  const node = mark.slice(mark.indexOf("-") + 1);
  const places = [`map-${node}`, `list-${node}`].map((id) => document.getElementById(id)).filter(Boolean);
  for (const place of places) place.classList.add("gt-here");
  const seen = places.filter((place) => viewOf(place).getClientRects().length);
  const place = seen.find(({ id }) => id === mark) ?? seen[0];
  if (place) showPlace(place, tree.nodes.get(node).title);
}

/** Opens the view that a place is in, and goes there: to its link, or to the map's frame, as the map is a picture. */
function showPlace(place, title) {
  viewOf(place).open = true;
  const link = place.querySelector("a") ?? place;
  const frame = place.closest(".gt-map__frame");
  link.scrollIntoView({ block: "center", inline: "nearest" });
  if (frame) frame.ariaDescription = `${words.you_are_here}: ${title}`;
  focusOn(frame ?? link);
}

function viewOf(part) {
  return part.closest(".gt-view");
}
