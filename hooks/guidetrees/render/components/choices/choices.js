/** Answers of which several can be chosen, as checkboxes. The URL contains what is chosen. */
function showChoices(view, root) {
  const list = root.querySelector(".gt-choices");
  if (!list) return;
  const { tree, here, own } = view;
  const { choices } = tree.nodes.get(here);
  for (const item of list.children) {
    const input = box(item, () => {
      const alone = "alone" in item.dataset;
      // An answer that is chosen alone takes the others away, and any other takes it away.
      for (const other of list.children) {
        if (other !== item && (alone || "alone" in other.dataset)) other.querySelector("input").checked = false;
      }
      answerHere(view, chosenStep(here, choices, tickedIn(list)));
    });
    input.checked = input.defaultChecked = Boolean(own?.chosen.includes(item.dataset.item));
  }
  const status = root.querySelector("#choose strong");
  status.textContent = "";
  for (const next of root.querySelectorAll(".gt-onward a")) {
    next.onclick = (event) => {
      if (own) return;
      event.preventDefault();
      status.textContent = words.choose_one;
      list.querySelector("input").focus();
    };
  }
}
