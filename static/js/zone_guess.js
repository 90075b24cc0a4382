// Offers the time zone that the browser says, where another one is chosen. It is the reader who chooses it, and saves.

const offer = document.querySelector("[data-zone-guess]");
const field = offer && document.getElementById(offer.dataset.zoneGuess);
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const option = field && [...field.options].find(({ value }) => value === zone);
const isChosen = () => (field.value || offer.dataset.zoneOfSite) === zone;

if (option && !isChosen()) {
  offer.querySelector("[data-zone-name]").textContent = option.label;
  offer.hidden = false;
  offer.querySelector("button").addEventListener("click", () => {
    field.value = zone;
    field.focus();
    offer.hidden = true;
  });
  field.addEventListener("change", () => (offer.hidden = isChosen()));
}
