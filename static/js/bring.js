// Shows what would be added to the account, adds it, and forgets it here only when the server has said that it has it.

import { all, forget, whole } from "./kept.js";

const form = document.querySelector("[data-bring]");
const result = document.querySelector("[data-bring-result]");
const buttons = document.querySelector("[data-bring-acts]");

async function send(kept, add) {
  const body = new FormData(form);
  body.set("kept", kept);
  if (add) body.set("add", "on");
  const headers = { "HX-Request": "true" }; // the part of the page that changes
  const response = await fetch(form.action, { method: "POST", body, headers }).catch(() => null);
  if (!response?.ok && response?.status !== 401) {
    result.textContent = response?.status === 400 ? form.dataset.refused : form.dataset.failed;
    return null;
  }
  result.innerHTML = await response.text(); // ours, escaped by the server
  return result.querySelector("[data-brought]");
}

async function add(kept) {
  const answer = await send(kept, true);
  if (!answer?.dataset.brought) return;
  forget(kept, JSON.parse(answer.dataset.left));
  buttons.hidden = true;
}

if (form) {
  let shown = whole();
  if (shown) send(shown, false).then((answer) => (buttons.hidden = !answer?.dataset.adds));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!shown || form.ariaBusy === "true") return;
    form.ariaBusy = "true";
    await add(shown); // what was shown, whatever another tab has kept since
    form.ariaBusy = "false";
    result.focus();
  });
}

document.querySelector("[data-kept-delete]")?.addEventListener("click", () => {
  forget(JSON.stringify(all()), []);
  result?.replaceChildren();
  if (buttons) buttons.hidden = true;
});
