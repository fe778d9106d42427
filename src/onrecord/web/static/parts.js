// Pages read well without this. With it, pointing at one part of a statement lights up all of its parts, and its note;
// Escape puts the pinned note away.
"use strict";

(() => {
  const text = document.getElementById("text");
  if (!text) return;
  const ofNumber = (number) => [
    ...text.getElementsByClassName(`n${number}`),
    ...document.querySelectorAll(`.note[data-n="${CSS.escape(number)}"]`),
  ];
  let lit = [];

  const light = (event) => {
    for (const one of lit) one.classList.remove("lit");
    lit = [];
    const under = event.target instanceof Element ? event.target.closest("[data-n]") : null;
    if (!under || event.type === "pointerout" || event.type === "focusout") return;
    lit = ofNumber(under.dataset.n);
    for (const one of lit) one.classList.add("lit");
  };

  for (const kind of ["pointerover", "pointerout", "focusin", "focusout"]) {
    document.getElementById("main").addEventListener(kind, light);
  }

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !location.hash.startsWith("#note-")) return;
    const part = [...text.querySelectorAll("a.part")].find((one) => one.hash === location.hash);
    location.hash = "#closed";
    if (part) part.focus({ preventScroll: true });
  });
})();
