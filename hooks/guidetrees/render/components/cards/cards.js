/** A card that leads back to a node of the reader's way keeps the answers that led there: they still hold. */
function showWaysBack(view, root) {
  const { tree, past } = view;
  for (const link of root.querySelectorAll(".gt-next a")) {
    const plain = (link.dataset.plain ??= link.getAttribute("href"));
    const back = past.findIndex(({ key }) => address(tree, key, []) === plain);
    link.href = back < 0 ? plain : address(tree, past[back].key, past.slice(0, back));
  }
}
