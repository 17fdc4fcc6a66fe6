// What is typed is checked while one types, by htmx: this tells assistive technologies which control
// is wrong, says the count once, and asks before what is typed is left. Without it, « Vérifier » does
// the same.
(() => {
  "use strict";
  const form = document.querySelector("form[hx-post]");
  if (!form) return;
  let isLeft = form.hasAttribute("data-saisi");
  const mark = (slot) => {
    const control = document.getElementById(slot.id.replace(/-dit$/, ""));
    if (!control || !control.matches("input, select, textarea")) return;
    if (slot.querySelector(".error")) control.setAttribute("aria-invalid", "true");
    else control.removeAttribute("aria-invalid");
  };
  document.addEventListener("htmx:oobBeforeSwap", (event) => {
    const { target, fragment } = event.detail;
    if (target.textContent.trim() === fragment.textContent.trim() && target.id === "annonce") event.detail.shouldSwap = false;
  });
  document.addEventListener("htmx:afterRequest", () => {
    document.querySelectorAll("[id$='-dit']").forEach(mark);
  });
  form.addEventListener("input", (event) => {
    isLeft = true;
    // Who had typed what is being replaced is no longer who types.
    for (let place = event.target.parentElement; place && place !== form; place = place.parentElement) {
      place.querySelector(":scope > .author, :scope > .origins > .author")?.remove();
    }
  });
  form.addEventListener("submit", () => { isLeft = false; });
  window.addEventListener("beforeunload", (event) => { if (isLeft) event.preventDefault(); });
})();
