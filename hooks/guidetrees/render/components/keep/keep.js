/** An outcome as a document: print, text or link. The note is not stored anywhere. */
function showKeep(view, root) {
  const section = root.querySelector(".gt-keep");
  if (!section) return;
  section.hidden = view.misfit && !view.past.some(isGiven); // it is not the outcome of the reader's answers
  const note = section.querySelector(".gt-keep__note");
  const record = () => fillRecord(section, view, note.value.trim());
  note.oninput = window.onbeforeprint = record;
  window.onpagehide = () => forget(section, note); // a browser may restore the page later
  record();
  section.querySelector(".gt-keep__print").onclick = () => print();
  const onClick = (name, text, done) => {
    const button = section.querySelector(name);
    button.onclick = () => copy(section.querySelector(".gt-keep__status"), button.textContent, text(), done);
  };
  onClick(".gt-keep__text", () => asText(view, root, note.value.trim()), words.copied_text);
  onClick(".gt-keep__link", () => exactLink(view), words.copied_link);
}

function forget(section, note) {
  note.value = "";
  section.querySelector(".gt-copy")?.remove();
  section.querySelector(".gt-keep__record").replaceChildren();
}

/** The URL of this page with only the answers that led here. */
function exactLink({ tree, past }) {
  return location.href.split("#")[0] + write(tree, past, tree.tree);
}

function today() {
  return new Date().toLocaleDateString(document.documentElement.lang, { dateStyle: "long" });
}

/** Date, URL and note, which are only printed. */
function fillRecord(section, view, note) {
  const entries = [
    [words.misfit_title, view.misfit && words.misfit],
    [words.note_short, note],
    [words.kept, today()],
    [words.address, exactLink(view)],
  ];
  const parts = entries.filter(([, value]) => value).flatMap(([name, value]) => [make("dt", "", name), make("dd", "", value)]);
  section.querySelector(".gt-keep__record").replaceChildren(...parts);
}

/** The outcome as plain text, for a patient record or a mail. */
function asText(view, root, note) {
  const { tree, here, past } = view;
  const verdict = document.querySelector(".gt-verdict").textContent.trim();
  const steps = past.filter(isAnswer).flatMap((step, i) => [`${i + 1}. ${tree.nodes.get(step.key).title}`, `   ${stepWords(tree, step)}`]);
  const whose = past.some(isGiven) ? words.your_answers : words.presumed_text;
  const said = shown(root, ":scope > .gt-prose, .gt-part > :is(.gt-part__when, .gt-prose, .gt-item__ask), .gt-part figcaption a");
  const blocks = [
    [tree.title],
    [`${words.result}: ${verdict} – ${tree.nodes.get(here).title}`, ...said.map((element) => (element.matches("a") ? quoted(element) : withMarkers(element)))],
    [steps.length && `${whose}:`, ...steps, view.misfit && words.misfit],
    ...missingAsText(root),
    shown(root, ".gt-update strong").map((title) => `${words.since_guide}: ${title.textContent}`),
    shown(root, "[aria-labelledby=guide-words] figcaption a").map(quoted),
    shown(root, ".gt-contact > div").map((card) => `${words.ask}: ${ways(card)}`),
    [note && `${words.note_short}: ${note}`],
    [root.querySelector(".gt-foot").textContent.replace(/\s+/g, " ").trim(), document.querySelector(".site-version")?.textContent.trim()],
    [`${words.kept}: ${today()}`, `${words.address}: ${exactLink(view)}`],
  ];
  const once = (line, i, lines) => line && line !== lines[i - 1];
  return blocks.map((lines) => lines.filter(once).join("\n")).filter(Boolean).join("\n\n") + "\n";
}

/** The text of Markdown with the numbers and hyphens of its lists, which `innerText` leaves out. */
function withMarkers(prose) {
  const copy = prose.cloneNode(true);
  for (const entry of copy.querySelectorAll("li")) {
    (entry.querySelector(":scope > p") ?? entry).prepend(entry.matches("ol > *") ? `${entry.value}. ` : "- ");
  }
  prose.after(copy);
  const text = copy.innerText;
  copy.remove();
  return text;
}

/** The elements of which nothing around them is hidden. */
function shown(root, selector) {
  return [...root.querySelectorAll(selector)].filter((element) => !element.closest("[hidden]"));
}

function quoted(link) {
  return `${words.guide}: ${link.textContent}`;
}

function ways(card) {
  const [web, ...others] = card.querySelectorAll(".gt-contact__ways a");
  const name = card.querySelector(".gt-contact__name").textContent;
  return [name, ...others.map((link) => link.textContent), web.href].join(", ");
}

function missingAsText(root) {
  return shown(root, ".gt-missing").map((section) => {
    const items = shown(section, "[data-item] .gt-item__words");
    const met = [...section.querySelectorAll(".gt-missing__met :is(summary, li)")];
    const bullets = (elements) => elements.map((element) => `- ${element.textContent.trim()}`);
    const inPlace = met.length ? [`${met[0].textContent}:`, ...bullets(met.slice(1))] : [];
    return [`${section.querySelector("h2").textContent}:`, ...bullets(items), ...inPlace];
  });
}
