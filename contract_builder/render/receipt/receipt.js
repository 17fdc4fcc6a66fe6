"use strict";
(() => {
  const frame = document.getElementById("depot");
  const results = document.getElementById("resultats");
  const choice = document.getElementById("choix");
  if (!window.crypto || !window.crypto.subtle) return;
  const expected = JSON.parse(frame.dataset.attendus);
  const names = Object.values(expected);

  const digest = async (file) => {
    const hash = await window.crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };

  const judge = (file, hash) => {
    const known = Object.hasOwn(expected, hash) ? expected[hash] : null;
    if (known === file.name) return ["conforme", "conforme, à l’octet près."];
    if (known !== null) return ["conforme", `conforme, à l’octet près : ${known}.`];
    if (names.includes(file.name)) return ["differe", `différent du fichier envoyé sous ce nom (empreinte ${hash}).`];
    return ["differe", `ne fait pas partie de cet envoi, ou a été modifié (empreinte ${hash}).`];
  };

  const check = async (files) => {
    results.replaceChildren();
    for (const file of files) {
      const line = document.createElement("li");
      try {
        const [kind, text] = judge(file, await digest(file));
        line.className = kind;
        line.textContent = `${file.name} : ${text}`;
      } catch {
        line.className = "differe";
        line.textContent = `${file.name} : n’a pas pu être lu.`;
      }
      results.append(line);
    }
  };

  choice.addEventListener("change", () => check(choice.files));
  for (const name of ["dragenter", "dragover", "dragleave", "drop"]) {
    frame.addEventListener(name, (event) => {
      event.preventDefault();
      frame.classList.toggle("dessus", name === "dragenter" || name === "dragover");
      if (name === "drop") check(event.dataTransfer.files);
    });
  }
  frame.hidden = false;
})();
