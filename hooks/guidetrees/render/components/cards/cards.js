/** A card of a node that the reader has passed leads back with the answers before it: they still hold. */
function showWaysBack({ tree, past }, root) {
  for (const link of root.querySelectorAll(".gt-next [data-node]")) {
    const { node } = link.dataset;
    link.href = address(tree, node, past.slice(0, Math.max(0, past.findIndex(({ key }) => key === node))));
  }
}
