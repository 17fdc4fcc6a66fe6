// j and k go from one change to the next. Without it, the tabulation does the same.
(() => {
  "use strict";
  const all = [...document.querySelectorAll("[data-changement]")];
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.target.closest("input:not([type=checkbox], [type=radio]), textarea, select")) return;
    const step = { j: 1, k: -1 }[event.key];
    if (!step || !all.length) return;
    event.preventDefault();
    const at = all.indexOf(document.activeElement);
    const to = at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1);
    all[to].focus();
    all[to].scrollIntoView({ block: "center" });
  });
})();
