// Choosing one of the chats, to share something there.

import { $, el } from "./dom.js";
import { nameOf } from "./state.js";
import { words } from "./strings.js";

// Resolves to the tab chosen, or null.
export function chooseChat(tabs) {
  const dialog = $("chooser");
  $("chooser-title").textContent = words.chooseChat;
  $("chooser-cancel").textContent = words.cancel;
  return new Promise((resolve) => {
    let chosen = null;
    $("chooser-list").replaceChildren(
      ...tabs.map((tab) =>
        el(
          "button",
          {
            type: "button",
            onclick: () => {
              chosen = tab;
              dialog.close();
            },
          },
          nameOf(tab),
          el("span", { class: "tab-kind" }, words[tab]),
        ),
      ),
    );
    dialog.addEventListener("close", () => resolve(chosen), { once: true });
    dialog.showModal();
    $("chooser-list").firstChild?.focus();
  });
}
