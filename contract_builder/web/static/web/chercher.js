// Shows what a search form finds as one types: the form's own page is asked for, and its results
// take the place of those shown. Without it, the form's button does the same.
(() => {
  "use strict";
  for (const form of document.querySelectorAll("form[data-en-tapant]")) {
    const shown = form.dataset.enTapant;
    let waiting = 0;
    let last = 0;
    const look = async () => {
      const turn = ++last;
      const address = `${location.pathname}?${new URLSearchParams(new FormData(form))}`;
      try {
        const answer = await fetch(address, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected || turn !== last) return;
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        const found = page.getElementById(shown);
        if (!found || turn !== last) return;
        document.getElementById(shown).replaceChildren(...found.childNodes);
        history.replaceState(null, "", address);
      } catch { /* the server does not answer: the button remains */ }
    };
    form.addEventListener("input", () => {
      clearTimeout(waiting);
      waiting = setTimeout(look, 250);
    });
  }
})();
