// Counts down what is left of a question's time. The server says how much that is: this clock only goes on from there.

const MINUTE = 60;

function wind(clock) {
  const left = Number(clock.dataset.clock); // seconds when the page was made; below zero: time is up
  const since = Date.now(); // not performance.now(), which rests while the machine sleeps
  const find = (name) => clock.querySelector(`[data-clock-${name}]`);
  const says = find("says");
  let last = left;

  const show = () => {
    const now = left - Math.floor((Date.now() - since) / 1000);
    const over = now < 0;
    const seconds = Math.abs(now);
    const parts = [Math.floor(seconds / MINUTE), seconds % MINUTE];
    find("figure").textContent = `${parts[0]}:${String(parts[1]).padStart(2, "0")}`;
    find("left").hidden = over;
    find("over").hidden = !over;
    clock.classList.toggle("clock-over", over);
    if (last > MINUTE && now <= MINUTE && now > 0) says.textContent = says.dataset.minute;
    if (last > 0 && now <= 0) says.textContent = says.dataset.up;
    last = now;
  };

  show();
  find("time").hidden = false;
  setInterval(show, 500);
}

document.querySelectorAll("[data-clock]").forEach(wind);
