// Keys of the decisions: j and k move, a r c l decide. Without it, the page has links and buttons
// that do the same.
(() => {
  "use strict";
  const writes = (element) => element.closest("input, textarea, select") !== null;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || writes(event.target)) return;
    const target = document.querySelector(`[data-touche="${CSS.escape(event.key)}"]`);
    if (!target) return;
    event.preventDefault();
    const own = document.getElementById("texte");
    if (event.key === "c" && own && !own.value.trim()) own.focus();
    else target.click();
  });
})();
