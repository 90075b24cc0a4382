// A button on every listing that copies it, and says so.

const SHOWN = 2000;
const button = document.querySelector("[data-copy]");

function dress(root) {
  for (const listing of root.querySelectorAll("figure.code:not(:has(.copy))")) {
    listing.append(button.content.cloneNode(true));
  }
}

async function copy(listing, button) {
  const code = listing.querySelector("code");
  const status = listing.querySelector("[data-copied]");
  const word = button.textContent;
  try {
    await navigator.clipboard.writeText(code.textContent.replace(/\n$/, ""));
  } catch {
    return getSelection().selectAllChildren(code); // not allowed: one key is left to press
  }
  if (status.textContent) return; // it still says so
  button.textContent = status.textContent = status.dataset.copied;
  setTimeout(() => {
    button.textContent = word;
    status.textContent = "";
  }, SHOWN);
}

if (button && navigator.clipboard) {
  dress(document);
  document.addEventListener("htmx:load", (event) => dress(event.target));
  document.addEventListener("click", (event) => {
    if (event.target.matches(".copy")) copy(event.target.closest(".code"), event.target);
  });
}
