// Brings the part of a page that moves up to date, and says it at each tenth. Without it, the page
// has a link that does the same.
(() => {
  "use strict";
  const moving = document.getElementById("avancement");
  const said = document.getElementById("annonce");
  if (!moving || !moving.dataset.adresse) return;
  let tenth = "";
  const look = async () => {
    try {
      const answer = await fetch(moving.dataset.adresse, { credentials: "same-origin" });
      if (answer.ok && !answer.redirected) {
        const part = document.createElement("template");
        part.innerHTML = await answer.text();
        const told = part.content.firstElementChild;
        if (!told || told.dataset.etat !== moving.dataset.etat) return location.reload();
        if (told.dataset.dixieme !== tenth) {
          tenth = told.dataset.dixieme;
          said.textContent = tenth === "0" ? "" : `${tenth}0 %`;
        }
        moving.replaceChildren(part.content);
      } else if (answer.status !== 503) {
        return location.reload();
      }
    } catch { /* the server does not answer: it is asked again */ }
    setTimeout(look, 1500);
  };
  setTimeout(look, 1500);
})();
