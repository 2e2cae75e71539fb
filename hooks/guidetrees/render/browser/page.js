/* The page: every component shows the same view, again after each change of the URL. */

const COMPONENTS = [showOverdue, showMisfit, showTop, showStart, showPresumed, showAnswers, showLeft, showChecklist, showChoices, showTrail, showParts, showMissing, showWaysBack, showKeep, showReport, showMap];

const root = document.querySelector(".gt[data-here]");

/** The page's tree: in the page or, on a start page, in a script that may fail to load. */
const data = root?.dataset.tree ? JSON.parse(root.dataset.tree) : typeof treeData !== "undefined" && treeData;

function sync() {
  const view = see(readTree(data), root.dataset.here, fragment());
  for (const show of COMPONENTS) show(view, root);
}

/** The fragment of the URL, decoded: mail programs encode its characters. */
function fragment() {
  const raw = location.hash.slice(1);
  try {
    return decodeURIComponent(raw);
  } catch {
    return raw;
  }
}

/** A jump within the page keeps the answers in the URL. */
function jump(event) {
  if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return; // a new tab or window
  const link = event.target.closest?.('a[href^="#"]');
  const target = link && document.getElementById(link.hash.slice(1));
  const folded = target?.closest("details");
  if (folded) folded.open = true;
  if (!target?.getClientRects().length || !location.hash.includes("=")) return;
  event.preventDefault();
  target.scrollIntoView();
  focusOn(target);
}

function focusOn(element) {
  if (!element.hasAttribute("tabindex")) element.tabIndex = -1;
  element.focus({ preventScroll: true });
}

/** Moves the focus to the heading of a new page, as in an application with several screens. */
function beginAtHeading() {
  const named = document.getElementById(anchorIn(fragment()) ?? fragment());
  if (document.activeElement === document.body && !named) focusOn(document.querySelector("h1"));
}

if (data) {
  addEventListener("hashchange", () => {
    sync();
    beginAtHeading();
  });
  addEventListener("beforeprint", () => root.querySelectorAll("details").forEach((more) => (more.open = true)));
  document.addEventListener("click", jump);
  sync();
  // With the first picture: the page is laid out for the focus, and would be here once more.
  if (root.dataset.here || fragment().includes("=")) requestAnimationFrame(beginAtHeading);
}
