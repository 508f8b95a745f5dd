/** Announces something to those who do not see the page. */
export function say(words) {
  document.getElementById("status").textContent = words;
}
