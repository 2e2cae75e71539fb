/* The page: every component shows the same view, anew whenever the address changes. */

const SHOWN = [showOverdue, showMisfit, showTop, showStart, showPresumed, showAnswers, showLeft, showChecklist, showTrail, showParts, showMissing, showKeep, showReport, showMap];

const root = document.querySelector(".gt[data-here]");

/** The page's tree: in the page, or on a start page in a script of its own, which may not be there. */
function data() {
  if (root?.dataset.tree) return JSON.parse(root.dataset.tree);
  return root && typeof treeData !== "undefined" ? treeData : null;
}

function sync() {
  const tree = readTree(data());
  const view = see(tree, root.dataset.here, fragment());
  for (const show of SHOWN) show(view, root);
}

/** The address's fragment, as it was before a mail program wrote its signs as numbers. */
function fragment() {
  const raw = location.hash.slice(1);
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** A jump within the page leaves the answers in the address. */
function jump(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  const folded = place?.closest("details");
  if (folded) folded.open = true;
  if (!place?.getClientRects().length || !location.hash.includes("=")) return;
  event.preventDefault();
  place.scrollIntoView();
  focusOn(place);
}

function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** A new step begins at its heading, as a new screen of one application would. */
function beginAtHeading() {
  const named = document.getElementById(placeIn(fragment()) ?? fragment());
  if (document.activeElement === document.body && !named) focusOn(document.querySelector("h1"));
}

if (data()) {
  addEventListener("hashchange", () => {
    sync();
    beginAtHeading();
  });
  addEventListener("beforeprint", () => root.querySelectorAll("details").forEach((more) => (more.open = true)));
  document.addEventListener("click", jump);
  sync();
  if (root.dataset.here || fragment().includes("=")) beginAtHeading();
}
