// What somebody without an account keeps in this browser: marks, drafts and ratings, under one key.
// It is read anew for every act, so that two tabs do not write over each other's.

const KEY = "kept:1"; // the number changes with the shape
const MOST = 1_000_000; // characters: the server takes no more at once
const KINDS = ["answered", "bookmarked", "drafts", "ratings"];

const text = () => localStorage.getItem(KEY);

function parsed(from) {
  try {
    return JSON.parse(from);
  } catch {
    return null;
  }
}

// All of it, in the shape that the server reads; every kind is a list.
export function all() {
  const found = parsed(text());
  return Object.fromEntries(KINDS.map((kind) => [kind, Array.isArray(found?.[kind]) ? found[kind] : []]));
}

// Whether this browser lets us look: some are told not to. Whether there is room is seen when something is kept.
export const works = (() => {
  try {
    text();
    return true;
  } catch {
    return false;
  }
})();

// False where there is no room: then nothing has changed.
function write(kept) {
  const whole = JSON.stringify(kept);
  if (whole.length > MOST) return false;
  try {
    if (KINDS.some((kind) => kept[kind].length)) localStorage.setItem(KEY, whole);
    else localStorage.removeItem(KEY);
  } catch {
    return false;
  }
  window.dispatchEvent(new Event("kept"));
  return true;
}

const name = (kind) => (kind === "ratings" ? "event" : "question");

export const find = (kind, question) => all()[kind].find((entry) => entry.question === question);

export function put(kind, entry) {
  const kept = all();
  const others = kept[kind].filter((other) => other[name(kind)] !== entry[name(kind)]);
  return write({ ...kept, [kind]: [...others, { ...entry, at: new Date().toISOString() }] });
}

export function drop(kind, question) {
  const kept = all();
  return write({ ...kept, [kind]: kept[kind].filter((entry) => entry.question !== question) });
}

// What is to be sent, or null if there is nothing.
export const whole = () => (works ? text() : null);

// Forgets what was sent, but for the drafts that the server left; what another tab has kept since stays.
export function forget(sent, left) {
  const kept = all();
  const gone = parsed(sent);
  for (const kind of KINDS) {
    const brought = new Set((gone[kind] ?? []).map((entry) => JSON.stringify(entry)));
    kept[kind] = kept[kind].filter(
      (entry) =>
        !brought.has(JSON.stringify(entry)) || (kind === "drafts" && left.includes(String(entry.question))),
    );
  }
  return write(kept);
}

// Now, and whenever it changes: here, in another tab, or while this page was put aside.
export function follow(show) {
  show();
  window.addEventListener("kept", show);
  window.addEventListener("storage", (event) => {
    if (event.key === KEY || event.key === null) show();
  });
  window.addEventListener("pageshow", (event) => {
    if (event.persisted) show();
  });
}

// Says something in the one line that a page has for it; "" takes it away.
export function say(what) {
  const line = document.querySelector("[data-kept-status]");
  if (line) line.textContent = what ? line.dataset[what] : "";
}

// What is there for those whose browser keeps things, in place of links to sign in.
export function reveal(root = document) {
  for (const one of root.querySelectorAll("[data-kept-only]")) one.hidden = false;
  for (const one of root.querySelectorAll("[data-kept-instead]")) one.hidden = true;
}
