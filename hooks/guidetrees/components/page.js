/* The page: every component shows the same view, anew whenever the address changes. */

const SHOWN = [showMisfit, showTop, showAnswers, showChecklist, showTrail, showMissing, showKeep];

const root = document.querySelector(".gt[data-tree]");

function sync() {
  const tree = readTree(root.dataset.tree);
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
  const link = event.target.closest?.('a[href^="#"]');
  const place = link && document.getElementById(link.hash.slice(1));
  if (!place || !location.hash.includes("=")) return;
  event.preventDefault();
  place.scrollIntoView();
  focusOn(place);
}

function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

if (root) {
  addEventListener("hashchange", sync);
  document.addEventListener("click", jump);
  sync();
  // A new page begins at its heading, as a new screen of one application would.
  if (document.activeElement === document.body && !document.getElementById(fragment())) {
    focusOn(document.querySelector("h1"));
  }
}
