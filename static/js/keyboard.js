// One key, one act: presses what carries that key in data-key. Never while somebody types, never with modifiers.

const TYPING = "input, textarea, select, [contenteditable]";
const OFF = "keys:off";
const list = document.querySelector("[data-keys]");
const on = list?.querySelector("[data-keys-on]");

for (const offer of document.querySelectorAll("[data-keys-offer]")) {
  offer.addEventListener("click", () => list.showModal());
}

if (on) {
  on.checked = !localStorage.getItem(OFF);
  on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
}

function act(target, event) {
  if (target.matches(TYPING)) {
    event.preventDefault();
    return target.select(); // what is typed next takes the place of what stands there
  }
  const details = target.matches("summary") ? target.parentElement : null;
  if (details?.open && event.key === " ") return; // already revealed: the space bar scrolls, as it always does
  event.preventDefault();
  if (!details?.open) target.click();
  details?.querySelector("textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return;
  if (event.target.closest(TYPING) || document.querySelector("dialog[open]")) return;
  if (!on?.checked) return;
  if (event.key === "?") return list.showModal();
  if (event.key === " " && event.target.closest("a, button, summary, [tabindex='0']")) return;
  const key = event.key === " " ? "Space" : event.key;
  const targets = document.querySelectorAll(`[data-key="${CSS.escape(key)}"]`);
  const target = [...targets].find((one) => one.checkVisibility());
  if (target) act(target, event);
});
