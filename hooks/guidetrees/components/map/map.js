/** On a start page the way that the answers have gone, and where the reader comes from; elsewhere the way there. */
function showMap(view, root) {
  const { tree, here } = view;
  const steps = allSteps(view);
  for (const link of root.querySelectorAll(".gt-where")) {
    const mark = link.hash.slice(1).split("&").at(-1);
    const way = address(tree, tree.start, steps, true);
    link.href = steps.length ? `${way}&${mark}` : `${way}#${mark}`;
  }
  if (here) return;
  const taken = new Set(steps.map((_, i) => edgeName(tree, steps, i)));
  const passed = new Set(steps.flatMap((step, i) => [step.key, led(tree, steps, i).target]));
  for (const part of root.querySelectorAll("[data-step]")) part.classList.toggle("gt-on", taken.has(part.dataset.step));
  for (const box of root.querySelectorAll("[data-node]")) box.classList.toggle("gt-on", passed.has(box.dataset.node));
  const mark = placeIn(fragment());
  for (const part of root.querySelectorAll(".gt-here")) part.classList.remove("gt-here");
  if (!mark) return;
  const node = mark.slice(mark.indexOf("-") + 1);
  const places = [`map-${node}`, `list-${node}`].map((id) => document.getElementById(id)).filter(Boolean);
  for (const place of places) place.classList.add("gt-here");
  const seen = places.find((place) => place.id === mark && place.getClientRects().length)
    ?? places.find((place) => place.getClientRects().length);
  (seen?.querySelector("a") ?? seen)?.scrollIntoView({ block: "center", inline: "nearest" });
}

/** The name of the step at `index` on map and outline: the answer, and which of its cases. */
function edgeName(tree, steps, index) {
  const { key, answer } = steps[index];
  const { cases } = tree.nodes.get(key).answers.get(answer);
  return `${key}=${answer}${cases.length > 1 ? `/${cases.indexOf(led(tree, steps, index))}` : ""}`;
}
