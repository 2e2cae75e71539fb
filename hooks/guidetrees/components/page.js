/* The page: every component shows the same view, anew whenever the address changes. */

const SHOWN = [showOverdue, showMisfit, showTop, showStart, showAnswers, showChecklist, showTrail, showParts, showMissing, showKeep, showMap];

/** Null where the page is none of a tree's, or what the script knows of its tree is not there. */
const root = typeof treeData === "undefined" ? null : document.querySelector(".gt[data-here]");

function sync() {
  const tree = readTree(treeData);
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

if (root) {
  addEventListener("hashchange", () => {
    sync();
    beginAtHeading();
  });
  addEventListener("beforeprint", () => root.querySelectorAll("details").forEach((more) => (more.open = true)));
  document.addEventListener("click", jump);
  sync();
  if (root.dataset.here || fragment().includes("=")) beginAtHeading();
}
