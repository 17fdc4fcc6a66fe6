// Puts the field that one chose where the cursor stands in the text. Without it, the same list says
// what to write.
(() => {
  "use strict";
  for (const list of document.querySelectorAll("[data-champs]")) {
    const area = document.getElementById(list.dataset.champs);
    if (!area) continue;
    for (const button of list.querySelectorAll("button[data-ecrire]")) {
      button.hidden = false;
      button.nextElementSibling.hidden = true;
      button.addEventListener("click", () => {
        area.focus();
        area.setRangeText(button.dataset.ecrire, area.selectionStart, area.selectionEnd, "end");
        area.dispatchEvent(new Event("input", { bubbles: true }));
      });
    }
    const wanted = list.querySelector("input[type=search]");
    if (!wanted) continue;
    wanted.parentElement.hidden = false;
    const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();
    wanted.addEventListener("input", () => {
      for (const line of list.querySelectorAll("tbody tr")) line.hidden = !plain(line.textContent).includes(plain(wanted.value.trim()));
    });
    wanted.addEventListener("keydown", (event) => { if (event.key === "Enter") event.preventDefault(); });
  }
})();
