// Without an account: a rating is kept in this browser before the form goes, with the name by which it is counted once.

import { put, say, works } from "./kept.js";

const LONGEST = 3600; // seconds: who left the page open has not been thinking all that time

function seconds(asked) {
  const taken = asked ? Math.round(Date.now() / 1000 - Number(asked)) : -1;
  return taken >= 0 ? Math.min(taken, LONGEST) : null;
}

function watch(form) {
  let warned = false;
  form.addEventListener("submit", (event) => {
    const { event: name, asked, next } = form.elements;
    const rating = Number(event.submitter.value);
    const question = Number(form.dataset.rate);
    const kept = put("ratings", { event: name.value, question, rating, seconds: seconds(asked.value) });
    for (const button of form.querySelectorAll("button")) button.ariaPressed = String(kept && button === event.submitter);
    if (next || !(kept || warned)) event.preventDefault(); // beside the answer one stays; without room one is told once
    warned = !kept;
    if (!kept) say("full");
    else if (next) say("rated");
  });
}

if (works) document.querySelectorAll("form[data-rate]").forEach(watch);
