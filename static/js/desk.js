// Says what Django's own desk leaves unsaid to who hears it: names of fields that look up rows, and of hints; which
// head of a table is empty; and lets the keyboard reach what scrolls.

const name = (node, text) => text && node.setAttribute("aria-label", text.trim());

function named() {
  for (const box of document.querySelectorAll(".select2-container")) {
    const field = box.previousElementSibling;
    const label = field?.labels?.[0]?.textContent.replace(/:\s*$/, "");
    for (const part of box.querySelectorAll("[role='combobox'], [role='textbox']")) {
      const chosen = box.querySelector(".select2-selection__rendered").title;
      part.removeAttribute("aria-labelledby");
      name(part, [label, chosen].filter(Boolean).join(": "));
    }
  }
  for (const hint of document.querySelectorAll(".help-tooltip[aria-label]")) hint.setAttribute("role", "img");
  for (const head of document.querySelectorAll("th.original, .inline-group thead th:last-child")) {
    if (!head.textContent.trim()) head.setAttribute("role", "cell");
  }
  for (const group of document.querySelectorAll(".inline-group")) group.tabIndex = 0;
}

// After Django's own scripts: some wait for this very event, some for jQuery, which takes its time.
window.addEventListener("load", () => {
  const $ = window.django?.jQuery;
  $?.(named);
  $?.(document).on("select2:select select2:clear formset:added", named);
});
