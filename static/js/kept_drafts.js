// Without an account: what is typed is kept in this browser with every key, and stands there when one comes back.

import { drop, find, follow, put, works } from "./kept.js";

function watch(box) {
  const question = Number(box.dataset.keptDraft);
  const area = box.querySelector("textarea");
  const status = box.querySelector("[data-kept-line]");
  let failed = false;

  area.addEventListener("input", () => {
    const text = area.value;
    failed = !(text.trim() ? put("drafts", { question, text }) : drop("drafts", question));
    status.textContent = failed ? status.dataset.full : status.dataset.kept;
    status.classList.toggle("draft-line-bad", failed);
  });
  window.addEventListener("beforeunload", (event) => {
    if (failed) event.preventDefault();
  });
  follow(() => {
    const text = find("drafts", question)?.text ?? "";
    if (failed || (text === area.value)) return; // setting it would move the cursor
    if (!text && document.activeElement === area) return; // blanks, on the way to a word
    area.value = text;
    if (text) box.closest("details")?.setAttribute("open", "");
  });
}

function repeat(box) {
  follow(() => {
    const text = find("drafts", Number(box.dataset.keptWords))?.text ?? "";
    box.hidden = !text;
    box.querySelector(".draft-text").textContent = text;
    box.parentElement.classList.toggle("compare-single", !text);
  });
}

if (works) {
  document.querySelectorAll("[data-kept-draft]").forEach(watch);
  document.querySelectorAll("[data-kept-words]").forEach(repeat);
}
