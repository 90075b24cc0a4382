// How much this browser keeps, wherever a page tells of it; and to those who have signed in, the offer to bring it.

import { all, follow, works } from "./kept.js";

const LATER = "kept:later"; // until this tab is closed, for this reader
const offer = document.querySelector("[data-kept-offer]");

function later() {
  try {
    return sessionStorage.getItem(LATER) === offer.dataset.keptOffer;
  } catch {
    return false;
  }
}

function show() {
  const kept = all();
  const total = Object.values(kept).reduce((sum, entries) => sum + entries.length, 0);
  for (const place of document.querySelectorAll("[data-kept-count]")) {
    place.textContent = place.dataset.keptCount ? kept[place.dataset.keptCount].length : total;
  }
  for (const place of document.querySelectorAll("[data-kept-any]")) place.hidden = !total;
  for (const place of document.querySelectorAll("[data-kept-none]")) place.hidden = total > 0;
  if (offer) offer.hidden = !total || later();
}

if (works) {
  follow(show);
  for (const button of document.querySelectorAll("[data-kept-later]")) {
    button.addEventListener("click", () => {
      sessionStorage.setItem(LATER, button.dataset.keptLater);
      show();
    });
  }
}
