/** After a checklist: just the items that were not ticked, and whom to ask about them. Without ticks in the
    address all of them may be missing, and all stay. */
function showMissing(view, root) {
  const { tree, past } = view;
  for (const section of root.querySelectorAll(".gt-missing")) {
    const step = past.find(({ key, answer }) => key === section.dataset.node && answer === UNMET);
    const met = new Set(step?.ticks ?? []);
    const items = [...section.querySelectorAll("[data-item]")];
    for (const item of items) item.hidden = met.has(item.dataset.item);
    // This reader came another way, on which nothing of this list is missing.
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

/** Contacts that only items that are met and parts that do not fit name are nobody to ask. */
function hideContacts(root) {
  for (const card of root.querySelectorAll(".gt-contact[data-of-items]")) {
    const links = [...root.querySelectorAll(`.gt-item__ask a[href="#${card.id}"]`)];
    card.hidden = links.every((link) => link.closest("[hidden]"));
  }
}
