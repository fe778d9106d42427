// The day is chosen well without this. With it, a slider goes along the days on which there was something new.
"use strict";

(() => {
  const form = document.querySelector("form.as-of");
  const days = form?.dataset.days.split(" ") ?? [];
  if (days.length < 2) return;
  const chosen = form.elements.as_of;
  const last = days.length - 1;
  const words = (day) =>
    new Date(`${day}T00:00Z`).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  const shown = chosen.value ? days.findLastIndex((day) => day <= chosen.value) : last;

  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", min: 0, max: last, value: Math.max(shown, 0), className: "as-of-slider" });
  slider.setAttribute("aria-label", "Day");
  const told = () => slider.setAttribute("aria-valuetext", words(days[slider.value]));
  told();
  chosen.value ||= days[last];
  slider.addEventListener("input", () => {
    chosen.value = days[slider.value];
    told();
  });
  // Keys move it by one day at a time, so the page is asked for only when somebody lets go of it.
  slider.addEventListener("pointerup", () => form.requestSubmit());
  slider.addEventListener("keydown", (event) => {
    if (event.key === "Enter") form.requestSubmit();
  });
  form.querySelector(".as-of-line").before(slider);
})();
