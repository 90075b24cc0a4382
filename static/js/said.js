// Says what has become of a mark: to who hears the page, as the button is a new one by then; to all, if it failed.

const status = document.querySelector("[data-mark-said]");
const messages = document.querySelector(".messages");

document.addEventListener("htmx:afterSettle", (event) => {
  const button = event.target.querySelector(".mark[aria-pressed]");
  if (!button) return;
  messages.querySelector("[data-failure]")?.remove();
  const word = button.ariaPressed === "true" ? status.dataset.on : status.dataset.off;
  status.textContent = `${button.querySelector(".mark-name").textContent}: ${word}`;
});

for (const failure of ["htmx:sendError", "htmx:responseError"]) {
  document.addEventListener(failure, (event) => {
    if (!event.target.closest(".marks") || messages.querySelector("[data-failure]")) return;
    const line = document.createElement("p");
    line.className = "message message-warning";
    line.dataset.failure = "";
    line.textContent = status.dataset.failed;
    messages.append(line);
    line.scrollIntoView({ block: "nearest" });
  });
}
