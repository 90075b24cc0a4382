// The Markdown editor: a toolbar, a live preview and pictures, around a textarea that stays one.
// Text is put in by insertText, so that undo works; the Tab key is left alone.

const WAIT = 400;
const WIDE = matchMedia("(min-width: 48rem)");

function edit(box) {
  if (box.dataset.editor || box.closest(".empty-form")) return; // the admin copies that one for each new row
  box.dataset.editor = "ready";
  const area = box.querySelector("textarea");
  const pane = box.querySelector("[data-preview]");
  const status = box.querySelector("[data-status]");
  box.prepend(box.querySelector("[data-editor-bar]").content.cloneNode(true));
  const bar = box.firstElementChild;
  const file = bar.querySelector("[data-file]");
  const show = bar.querySelector("[data-preview-switch]");
  bar.setAttribute("aria-controls", area.id);

  const insert = (text) => {
    area.focus();
    document.execCommand("insertText", false, text);
  };

  const wrap = (pattern) => {
    const { selectionStart: from, selectionEnd: to, value } = area;
    const [before, after] = pattern.split("|");
    insert(before + value.slice(from, to) + after);
    area.setSelectionRange(from + before.length, to + before.length);
  };

  const prefix = (sign) => {
    const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
    const to = area.selectionEnd;
    area.setSelectionRange(from, to);
    insert(area.value.slice(from, to).replace(/^/gm, sign));
  };

  const send = (url, body, signal) =>
    fetch(url, {
      method: "POST",
      body,
      signal,
      headers: {
        "X-CSRFToken": area.form.elements.csrfmiddlewaretoken.value,
        "X-Requested-With": "XMLHttpRequest",
      },
    });

  const complaint = async (response, otherwise) => (await response.json().catch(() => ({}))).error || otherwise;

  let running;
  const preview = async () => {
    if (pane.hidden) return;
    running?.abort();
    running = new AbortController();
    try {
      const body = new URLSearchParams({ content: area.value });
      const response = await send(area.dataset.markdownxUrlsPath, body, running.signal);
      if (response.ok) pane.innerHTML = await response.text(); // rendered and sanitised by the server
      status.textContent = response.ok ? "" : await complaint(response, box.dataset.failed);
    } catch (error) {
      if (error.name !== "AbortError") status.textContent = box.dataset.failed;
    }
  };

  const upload = async (picture) => {
    status.textContent = box.dataset.uploading;
    const body = new FormData();
    body.append("image", picture);
    const response = await send(area.dataset.markdownxUploadUrlsPath, body).catch(() => null);
    if (response?.ok) insert(`${(await response.json()).image_code}\n`);
    status.textContent = response?.ok ? "" : await complaint(response ?? new Response(), box.dataset.refused);
  };

  const pictures = (transfer) => [...(transfer?.files ?? [])].filter((one) => one.type.startsWith("image/"));
  const take = async (event) => {
    const found = pictures(event.clipboardData ?? event.dataTransfer);
    if (!found.length) return;
    event.preventDefault();
    for (const picture of found) await upload(picture);
  };

  const toggle = (open) => {
    pane.hidden = !open;
    show.ariaPressed = String(open);
    preview();
  };

  bar.addEventListener("click", (event) => {
    const tool = event.target.closest("button");
    if (!tool) return;
    const lines = area.value.slice(area.selectionStart, area.selectionEnd).includes("\n");
    if (tool === show) toggle(pane.hidden);
    else if ("picture" in tool.dataset) file.click();
    else if (tool.dataset.line) prefix(tool.dataset.line);
    else wrap((lines && tool.dataset.block) || tool.dataset.wrap);
  });

  // One stop for the Tab key; arrows move inside the toolbar.
  const tools = [...bar.querySelectorAll("button")];
  tools.forEach((tool, i) => (tool.tabIndex = i ? -1 : 0));
  bar.addEventListener("keydown", (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    const at = tools.indexOf(event.target);
    if (!step || at < 0) return;
    event.preventDefault();
    const next = tools[(at + step + tools.length) % tools.length];
    tools[at].tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  });

  file.addEventListener("change", async () => {
    for (const picture of file.files) await upload(picture);
    file.value = "";
  });

  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(preview, WAIT);
  });
  area.addEventListener("paste", take);
  area.addEventListener("drop", take);
  area.addEventListener("dragover", (event) => {
    if (event.dataTransfer.types.includes("Files")) event.preventDefault();
  });

  if (WIDE.matches) area.addEventListener("input", () => toggle(true), { once: true });
}

const all = (root) => root.querySelectorAll("[data-editor]").forEach(edit);
all(document);
document.addEventListener("formset:added", (event) => all(event.target)); // a new row in the admin
