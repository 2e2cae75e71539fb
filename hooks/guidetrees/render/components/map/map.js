/** On a start page: marks the path of the answers, and the node that the reader comes from. On other pages: the links
    to the start page. */
function showMap(view, root) {
  const { tree, here } = view;
  const steps = allSteps(view);
  for (const link of root.querySelectorAll(".gt-where")) {
    const anchor = link.hash.slice(1).split("&").at(-1);
    const url = address(tree, tree.start, steps, true);
    // With `&`, the fragment is no element's id: the browser would scroll there itself and remove the focus.
    link.href = `${url}${url.includes("#") ? "" : "#"}&${anchor}`;
  }
  if (here) return;
  const taken = new Map(steps.map(({ key }, i) => [key, caseOf(tree, steps, i)]));
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
  const anchor = anchorIn(fragment());
  for (const part of root.querySelectorAll(".gt-here")) part.classList.remove("gt-here");
  if (!anchor) return;
  const node = anchor.slice(anchor.indexOf("-") + 1);
  const targets = [`map-${node}`, `list-${node}`].map((id) => document.getElementById(id)).filter(Boolean);
  for (const target of targets) target.classList.add("gt-here");
  const visible = targets.filter((target) => viewOf(target).getClientRects().length);
  const target = visible.find(({ id }) => id === anchor) ?? visible[0];
  if (target) showTarget(target, tree.nodes.get(node).title);
}

/** Opens the view that contains a box of the map or an entry of the list, scrolls there and moves the focus: to its
    link or, as the map is a picture, to the map's frame. */
function showTarget(target, title) {
  viewOf(target).open = true;
  const link = target.querySelector("a") ?? target;
  const frame = target.closest(".gt-map__frame");
  link.scrollIntoView({ block: "center", inline: "nearest" });
  if (frame) frame.ariaDescription = `${words.you_are_here}: ${title}`;
  focusOn(frame ?? link);
}

function viewOf(part) {
  return part.closest(".gt-view");
}
