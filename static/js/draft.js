// Keeps what is typed in this browser until the server says that it has it, and brings it back after a crash.

const RETRY = 15_000;

function watch(form) {
  const key = `draft:${form.dataset.draft}`; // of this reader and this question
  const area = form.querySelector("textarea");
  const status = form.querySelector(".draft-status");
  const restored = form.querySelector("[data-draft-restored]");
  const version = () => form.querySelector("[name=version]"); // replaced by every save
  let retry;

  const keep = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ text: area.value, version: version().value }));
    } catch {
      // No room: the server still gets the text.
    }
  };
  const forget = () => localStorage.removeItem(key);
  const kept = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const say = (text, bad) => {
    const line = document.createElement("p");
    line.className = bad ? "draft-line draft-line-bad" : "draft-line";
    line.textContent = text;
    if (!bad) line.ariaHidden = "true"; // seen, but not read out at every pause
    status.replaceChildren(line);
  };
  const save = () => area.dispatchEvent(new Event("input", { bubbles: true }));

  const last = kept();
  const stands = area.defaultValue;
  const standsAs = version().value;
  if (last && last.text !== stands) {
    // With the version it was based on: if the draft was saved elsewhere since, the server answers with both texts.
    area.value = last.text;
    version().value = last.version;
    restored.hidden = false;
    form.closest("details")?.setAttribute("open", "");
  } else if (last && !form.querySelector("[data-unsaved]")) {
    forget();
  }

  form.querySelector("[data-draft-discard]").addEventListener("click", () => {
    area.value = stands;
    version().value = standsAs;
    restored.hidden = true;
    forget();
    area.focus();
  });

  area.addEventListener("input", () => {
    keep();
    if (!status.querySelector("[aria-hidden]")) say(status.dataset.changed, false);
  });

  form.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.elt !== form) return;
    clearTimeout(retry);
    const { xhr, successful, requestConfig } = event.detail;
    if (successful) {
      restored.hidden = true;
      if (requestConfig.formData.get("text") === area.value) forget();
      else keep();
    } else if (![400, 401, 409].includes(xhr.status)) {
      say(status.dataset.failed, true);
      retry = setTimeout(save, RETRY);
    }
  });

  window.addEventListener("online", () => {
    if (kept()) save();
  });
}

document.querySelectorAll("form[data-draft]").forEach(watch);
