// Pages are judged well without this. With it, keys press the buttons that name them, and words chosen in a report fill
// in the numbers of their characters.
"use strict";

(() => {
  const typing = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing(event.target)) return;
    const found = document.querySelector(`main [data-key="${CSS.escape(event.key.toLowerCase())}"]`);
    if (!found) return;
    event.preventDefault();
    found.click();
  });

  // A word that says otherwise needs a reason: better asked for here than on a page of its own.
  document.addEventListener("submit", (event) => {
    const { why, held, pick } = event.target.elements;
    if (!why || !held || why.value.trim()) return;
    const said = event.submitter?.name === "pick" ? event.submitter.value : pick?.value;
    if (held.value && said === held.value) return;
    event.preventDefault();
    why.placeholder = "Say why: the reason stays on the record";
    why.focus();
  });

  const form = document.querySelector("form[data-span]");
  if (!form) return;
  // Offsets are counted in code points, a selection in UTF-16 units.
  const length = (text) => [...text].length;
  const within = (node) => (node instanceof Element ? node : node.parentElement)?.closest("[data-offset]");

  document.addEventListener("selectionchange", () => {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return;
    const range = selection.getRangeAt(0);
    const place = within(range.startContainer);
    if (!place || within(range.endContainer) !== place) return;
    const before = document.createRange();
    before.setStart(place, 0);
    before.setEnd(range.startContainer, range.startOffset);
    const start = Number(place.dataset.offset) + length(before.toString());
    const words = range.toString();
    if (form.elements.sentence) form.elements.sentence.value = "";
    form.elements.start.value = start;
    form.elements.end.value = start + length(words);
    // On a report's page the statement in which the words were chosen is the one that is asked about.
    const part = (range.startContainer.parentElement ?? place).closest(".part[data-n]");
    const which = form.elements.a;
    if (part && which.options?.[part.dataset.n - 1]) which.selectedIndex = part.dataset.n - 1;
    form.querySelector(".chosen").textContent = `“${words}”`;
    const fold = form.closest("details");
    if (fold) fold.open = true;
  });
})();
