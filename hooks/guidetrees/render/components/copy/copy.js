/** A new element with a class and contents (texts or elements). */
function make(tag, className, ...content) {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.append(...content);
  return element;
}

function makeLink(href, className, ...content) {
  const link = make("a", className, ...content);
  link.href = href;
  return link;
}

/** `text` with its {parts} filled in. */
function say(text, parts) {
  return text.replace(/\{(\w+)\}/g, (_, name) => parts[name]);
}

/** Copies a text and reports it in `status`. If the browser refuses, shows the text selected, to be copied by hand. */
async function copy(status, name, text, done) {
  status.parentElement.querySelector(".gt-copy")?.remove();
  const area = make("textarea", "gt-copy");
  area.value = text;
  area.readOnly = true;
  area.rows = 8;
  area.setAttribute("aria-label", name);
  status.after(area);
  if (await copied(area)) {
    area.remove();
    status.textContent = done;
  } else {
    status.textContent = words.copy_yourself;
    area.select();
  }
}

/** Browsers offer the clipboard only on secure origins. On an intranet without TLS, the older command is used. */
async function copied(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    const before = document.activeElement;
    area.select();
    const done = document.execCommand("copy");
    before?.focus({ preventScroll: true });
    return done;
  }
}
