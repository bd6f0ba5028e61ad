// Small additions on top of pages that work without any script.
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  // A list of errors takes the focus, so that it is read first.
  const errors = document.getElementById("errors");
  if (errors) errors.focus();

  // A named query goes into the editor at once; without script a link does it.
  for (const link of document.querySelectorAll("a[data-query]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      const editor = document.getElementById("sparql-text");
      editor.value = link.dataset.query;
      editor.focus();
    });
  }

  // Ctrl-Enter sends the form of a text area; a form is sent once only.
  for (const area of document.querySelectorAll("textarea")) {
    area.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
        area.form.requestSubmit();
      }
    });
  }
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", () => {
      for (const button of form.querySelectorAll("button")) {
        button.setAttribute("aria-disabled", "true");
        button.addEventListener("click", (event) => event.preventDefault());
      }
    });
  }

  // How many images are chosen, on all pages of a list, is told while boxes are ticked.
  document.addEventListener("change", (event) => {
    if (!event.target.matches(".pick")) return;
    const step = event.target.checked ? 1 : -1;
    for (const told of document.querySelectorAll("[data-chosen]")) {
      told.textContent = String(Number(told.textContent) + step);
    }
  });
});
