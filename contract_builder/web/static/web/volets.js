// The pane of a passage is brought without loading the whole contract again. Without it, each link
// leads to the page with that passage in focus.
(() => {
  "use strict";
  const pane = document.getElementById("volet");
  if (!pane) return;
  const body = pane.querySelector("[aria-live]");
  document.addEventListener("click", async (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const link = event.target.closest("a[data-clause]");
    if (!link) return;
    event.preventDefault();
    const id = link.dataset.clause;
    try {
      const address = pane.dataset.adresse.replace("PARTIE", encodeURIComponent(id));
      const answer = await fetch(address, { credentials: "same-origin" });
      if (!answer.ok || answer.redirected) return location.assign(link.href);
      const part = document.createElement("template");
      part.innerHTML = await answer.text();
      body.replaceChildren(part.content);
    } catch { return location.assign(link.href); }
    pane.open = true;
    history.replaceState(null, "", link.href);
    document.querySelectorAll("[data-clause][aria-current]").forEach((old) => old.removeAttribute("aria-current"));
    document.querySelectorAll(`[data-clause="${CSS.escape(id)}"]`).forEach((now) => now.setAttribute("aria-current", "true"));
    document.querySelector(".contract section.focus")?.classList.remove("focus");
    const passage = document.getElementById(`s-${id}`);
    if (passage) { passage.classList.add("focus"); passage.scrollIntoView({ block: "start" }); }
    const wide = matchMedia("(min-width: 64rem)").matches;
    if (!wide || !passage) pane.scrollIntoView({ block: "start" });
    body.querySelector("h3")?.focus({ preventScroll: true });
  });
})();
