// Suggestions below a search field, as a combobox with a list box: arrows choose, Enter opens, Escape closes.

const PAUSE = 120;

function suggest(form) {
  const input = form.querySelector("input[type=search]");
  const status = form.querySelector("[data-said]");
  const list = document.createElement("ul");
  let asked; // the request under way
  let timer;
  let chosen = -1;

  list.id = `${input.id}-list`;
  list.className = "suggestions";
  list.role = "listbox";
  list.hidden = true;
  list.ariaLabel = input.labels[0].textContent;
  input.closest(".search-box").append(list);
  input.role = "combobox";
  input.ariaAutoComplete = "list";
  input.ariaExpanded = "false";
  input.setAttribute("aria-controls", list.id);

  const options = () => list.children;

  const close = () => {
    clearTimeout(timer);
    asked?.abort();
    list.hidden = true;
    choose(-1);
    input.ariaExpanded = "false";
  };

  const choose = (n) => {
    if (options()[chosen]) options()[chosen].ariaSelected = "false";
    chosen = n;
    const option = options()[n];
    if (!option) return input.removeAttribute("aria-activedescendant");
    option.ariaSelected = "true";
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  };

  const show = (html) => {
    choose(-1);
    list.innerHTML = html;
    [...options()].forEach((option, n) => (option.id = `${list.id}-${n}`));
    const { length } = options();
    list.hidden = !length;
    input.ariaExpanded = String(length > 0);
    const { one, some, none } = status.dataset;
    status.textContent = length > 1 ? some.replace("#", length) : length ? one : none;
  };

  const ask = async () => {
    asked?.abort();
    asked = new AbortController();
    const { signal } = asked;
    try {
      const response = await fetch(`${form.dataset.suggest}?${new URLSearchParams({ q: input.value })}`, { signal });
      if (response.ok) {
        const html = await response.text();
        if (!signal.aborted && document.activeElement === input) show(html);
      }
    } catch {
      // Overtaken by the next letter, or offline: the form itself still works.
    }
  };

  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    if (input.value.trim()) timer = setTimeout(ask, PAUSE);
    else close();
  });
  input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { length } = options();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && !list.hidden) {
      event.preventDefault();
      choose(((chosen + 1 + step + length + 1) % (length + 1)) - 1); // beyond the last, back to what was typed
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // the first one closes the list, the second one empties the field
      close();
    } else if (event.key === "Enter" && options()[chosen]) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.address);
    }
  });

  list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps its focus
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) location.assign(option.dataset.address);
  });
  input.addEventListener("blur", close);
  form.addEventListener("submit", close);
}

document.querySelectorAll("form[data-suggest]").forEach(suggest);

document.addEventListener("change", (event) => {
  if (event.target.matches("[data-submits]")) event.target.form.requestSubmit();
});
