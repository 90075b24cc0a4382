// Without an account: links to sign in become the buttons that they stand for, and rows show what is marked.

import { all, drop, find, follow, put, reveal, say, works } from "./kept.js";

const icons = document.querySelector("[data-kept-row-marks]");
const KINDS = ["drafts", "bookmarked", "answered"];

function press(kind, question) {
  const first = !KINDS.some((one) => all()[one].length);
  const done = find(kind, question) ? drop(kind, question) : put(kind, { question });
  say(done ? (first ? "first" : "") : "full");
}

function become(link) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  Object.assign(button.dataset, link.dataset);
  button.append(...link.childNodes);
  button.addEventListener("click", () => press(link.dataset.keptMark, Number(link.dataset.question)));
  link.replaceWith(button);
}

function show() {
  const kept = all();
  const has = Object.fromEntries(KINDS.map((kind) => [kind, new Set(kept[kind].map((entry) => entry.question))]));
  for (const button of document.querySelectorAll("button[data-kept-mark]")) {
    button.ariaPressed = String(has[button.dataset.keptMark].has(Number(button.dataset.question)));
  }
  for (const row of document.querySelectorAll(".question-row[data-question]")) {
    const question = Number(row.dataset.question);
    const marks = row.querySelector(".question-row-marks");
    for (const old of marks.querySelectorAll("[data-kept-kind]")) old.remove();
    for (const kind of KINDS) {
      if (has[kind].has(question)) {
        marks.append(icons.content.querySelector(`[data-kept-kind="${kind}"]`).cloneNode(true));
      }
    }
    marks.classList.add("question-row-marks-own");
    row.classList.toggle("question-row-answered", has.answered.has(question));
  }
}

if (works) {
  reveal();
  document.querySelectorAll("a[data-kept-mark]").forEach(become);
  follow(show);
}
