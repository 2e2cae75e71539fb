/** After a checklist: the items that were not ticked, and their contacts. Without ticks in the URL, all items. */
function showMissing(view, root) {
  const { tree, past } = view;
  for (const section of root.querySelectorAll(".gt-missing")) {
    const step = past.find(({ key, answer }) => key === section.dataset.node && answer === UNMET);
    const met = new Set(step?.ticks ?? []);
    const items = [...section.querySelectorAll("[data-item]")];
    for (const item of items) item.hidden = met.has(item.dataset.item);
    // The reader has not answered this checklist, or all its items are met.
    section.hidden = Boolean(past.length) && !step;
    if (step) section.querySelector(".gt-missing__list").href = address(tree, step.key, allSteps(view));
    const heading = section.querySelector("h2");
    const plain = (heading.dataset.plain ??= heading.textContent);
    heading.textContent = met.size
      ? say(words.missing_now, { missing: items.length - met.size, all: items.length })
      : plain;
    section.querySelector(".gt-missing__met")?.remove();
    if (met.size) section.append(inPlace(items, met));
  }
  hideContacts(root);
}

function inPlace(items, met) {
  const found = items.filter((item) => met.has(item.dataset.item));
  const list = found.map((item) => make("li", "", item.querySelector(".gt-item__words").textContent));
  const summary = make("summary", "", say(words.in_place, { met: met.size, all: items.length }));
  return make("details", "gt-details gt-missing__met", summary, make("ul", "", ...list));
}

/** Hides contacts that are named only by met items or by hidden parts. */
function hideContacts(root) {
  for (const card of root.querySelectorAll(".gt-contact[data-of-items]")) {
    const links = [...root.querySelectorAll(`.gt-item__ask a[href="#${card.id}"]`)];
    card.hidden = links.every((link) => link.closest("[hidden]"));
  }
  const section = root.querySelector("[aria-labelledby=ask]");
  if (section) section.hidden = !section.querySelector(".gt-contact:not([hidden])");
}
