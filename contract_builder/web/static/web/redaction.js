// Shows what the words of a text would print and what is wrong with them, as they are written.
// Without it, « Vérifier sans enregistrer » does the same.
(() => {
  "use strict";
  const form = document.querySelector("form[data-apercu]");
  if (!form) return;
  let waiting = 0;
  let last = 0;
  const look = async () => {
    const turn = ++last;
    const sent = new FormData(form);
    sent.set("_action", "verifier");
    try {
      const answer = await fetch(location.href, { method: "POST", body: new URLSearchParams(sent), credentials: "same-origin" });
      if (turn !== last || answer.redirected || ![200, 422].includes(answer.status)) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const told = page.querySelector("main [role=alert]");
      const shown = page.getElementById("apercu");
      document.getElementById("apercu").replaceChildren(...(told ? [told] : []), ...(shown ? shown.childNodes : []));
    } catch { /* the server does not answer: the button tells it */ }
  };
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(look, 700);
  });
})();
