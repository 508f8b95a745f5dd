// The form that asks for an access token, where the server wants one.

import { logIn } from "./api.js";

const find = (id) => document.getElementById(id);
const [form, token, problem] = [find("login"), find("token"), find("login-problem")];

addEventListener("logout", ({ detail }) => {
  if (detail.isExpired) problem.textContent = "You are no longer logged in. Please log in again.";
  find("user").hidden = true;
  show(true);
});

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  problem.textContent = "";
  try {
    const settings = await logIn(token.value.trim());
    token.value = "";
    show(false);
    // Whatever waits for it goes on.
    dispatchEvent(new CustomEvent("login", { detail: settings }));
  } catch (error) {
    problem.textContent = `${error.title} ${error.advice}`;
    token.focus();
  }
});

/** Shows this form or that for files, and moves the focus if its place goes. */
function show(asksForToken) {
  const [shown, hidden] = asksForToken ? [form, find("form")] : [find("form"), form];
  const movesFocus = hidden.contains(document.activeElement) || document.activeElement === document.body;
  shown.hidden = false;
  hidden.hidden = true;
  if (movesFocus) shown.querySelector("input").focus();
}
