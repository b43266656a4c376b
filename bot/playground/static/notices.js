// Short words to the reader: a toast, or a box that waits to be closed.

import { $ } from "./dom.js";
import { words } from "./strings.js";

let timer;

export function toast(text) {
  $("toast").textContent = text;
  $("toast").classList.add("on");
  clearTimeout(timer);
  timer = setTimeout(() => $("toast").classList.remove("on"), 3000 + text.length * 40);
}

export function alertBox(text) {
  $("alert-text").textContent = text;
  if (!$("alert").open) $("alert").showModal();
}

// Waits for the server; what it refuses is said in a toast, and the result is null.
export async function tell(promise) {
  try {
    return await promise;
  } catch (error) {
    toast(words.failed(error.message));
    return null;
  }
}
