// Writing: the input, what it answers or edits, the command menu, the reply keyboard.

import { $, el, setIcon } from "./dom.js";
import { summary } from "./messages.js";
import { words } from "./strings.js";

const drafts = new Map();
let mode = null; // {kind: "reply" | "edit", message}
let keysHidden = false;
let typed = () => {}; // told of each change of the text

const input = $("input");

// `acts`: submit(text, mode), commands() -> Promise, lastOwn() -> message or undefined,
// typed(text) at each change, listKey(event) -> whether a key was for the list above the input.
export function wireComposer(acts) {
  typed = acts.typed;
  setIcon($("commands"), "command", words.commands);
  setIcon($("context-close"), "close", words.cancel);
  setIcon($("send"), "send", words.send);
  $("keys").ariaLabel = words.keys;
  input.addEventListener("input", () => {
    grow();
    typed(input.value);
    offerCommands(acts);
  });
  input.addEventListener("keydown", (event) => keydown(event, acts));
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    submit(acts);
  });
  $("commands").onclick = () => ($("menu").hidden ? showMenu(acts, "") : hideMenu());
  $("context-close").onclick = () => setMode(null);
  $("toggle-keys").onclick = () => {
    keysHidden = !keysHidden;
    drawToggle();
  };
  $("menu").addEventListener("keydown", (event) => walkMenu(event));
  document.addEventListener("click", (event) => {
    if (!event.target.closest("#menu, #commands, #input")) hideMenu();
  });
}

export function setMode(next) {
  if (mode?.kind === "edit" && next?.kind !== "edit") setText("");
  mode = next;
  $("context").hidden = !mode;
  setIcon($("send"), mode?.kind === "edit" ? "check" : "send", mode?.kind === "edit" ? words.save : words.send);
  if (!mode) return;
  const editing = mode.kind === "edit";
  $("context-title").textContent = editing ? words.editing : words.replyTo(mode.message.from.first_name);
  $("context-text").textContent = summary(mode.message);
  if (editing) setText(mode.message.text);
  input.focus();
}

export function switchDraft(from, to) {
  if (from !== null && mode?.kind !== "edit") drafts.set(from, input.value);
  setMode(null);
  hideMenu();
  setText(drafts.get(to) ?? "");
}

export function insert(text) {
  const place = input.selectionStart ?? input.value.length;
  if (!input.value.includes(text.trim())) input.setRangeText(text, place, place, "end");
  grow();
  input.focus();
  typed(input.value);
}

export function drawReplyKeyboard(markup, press) {
  const box = $("keys");
  box.replaceChildren(
    ...(markup?.keyboard ?? []).map((row) =>
      el(
        "div",
        { class: "keys-row" },
        ...row.map((key) =>
          el("button", { type: "button", onclick: () => press(key.text, () => hideOnce(markup)) }, key.text),
        ),
      ),
    ),
  );
  $("toggle-keys").hidden = !markup;
  input.dataset.hint = markup?.input_field_placeholder ?? "";
  drawToggle();
}

export const showKeys = () => {
  keysHidden = false;
  drawToggle();
};

function hideOnce(markup) {
  if (!markup.one_time_keyboard) return;
  keysHidden = true;
  drawToggle();
}

function drawToggle() {
  const shown = !keysHidden && !$("toggle-keys").hidden;
  $("keys").hidden = !shown;
  setIcon($("toggle-keys"), shown ? "chevron" : "keyboard", shown ? words.hideKeys : words.showKeys);
  $("toggle-keys").ariaExpanded = String(shown);
}

function setText(text) {
  input.value = text;
  grow();
  typed("");
}

// Puts words into the input as if they had been typed there.
export function fill(text) {
  setText(text);
  typed(text);
  input.focus();
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${Math.min(input.scrollHeight, 160)}px`;
}

function submit(acts) {
  const text = input.value.trim();
  if (!text) return;
  const current = mode;
  mode = null; // so that ending an edit does not clear what comes next
  setMode(null);
  setText("");
  hideMenu();
  acts.submit(text, current);
}

function keydown(event, acts) {
  if (event.isComposing || event.keyCode === 229) return; // Enter chooses a word in an input method
  if (acts.listKey(event)) return;
  if (event.key === "Enter" && !event.shiftKey) {
    event.preventDefault();
    submit(acts);
  } else if (event.key === "Escape") {
    if ($("menu").hidden) setMode(null);
    else hideMenu();
  } else if (event.key === "ArrowUp" && !$("menu").hidden) {
    event.preventDefault();
    [...$("menu").querySelectorAll("button")].at(-1)?.focus();
  } else if (event.key === "ArrowUp" && !input.value) {
    const message = acts.lastOwn();
    if (message) {
      event.preventDefault();
      setMode({ kind: "edit", message });
    }
  }
}

function offerCommands(acts) {
  if (/^\/[a-z0-9_]*$/i.test(input.value)) showMenu(acts, input.value.slice(1).toLowerCase());
  else hideMenu();
}

async function showMenu(acts, prefix) {
  const asked = input.value;
  const found = (await acts.commands()).filter((item) => item.command.startsWith(prefix));
  if (input.value !== asked) return undefined; // sent, or typed on, in the meantime
  if (prefix && !found.length) return hideMenu();
  const menu = $("menu");
  menu.setAttribute("role", "menu");
  menu.ariaLabel = words.commands;
  menu.replaceChildren(
    ...found.map((item) =>
      el(
        "button",
        {
          type: "button",
          role: "menuitem",
          onclick: () => {
            // A command may be about the message that is being replied to.
            const answered = mode?.kind === "reply" ? mode : null;
            hideMenu();
            setText("");
            setMode(null);
            acts.submit(`/${item.command}`, answered);
            input.focus();
          },
        },
        el("strong", {}, `/${item.command}`),
        el("span", {}, item.description),
      ),
    ),
  );
  if (!found.length) menu.append(el("p", {}, words.noCommands));
  menu.hidden = false;
  $("commands").ariaExpanded = "true";
  return undefined;
}

function hideMenu() {
  $("menu").hidden = true;
  $("commands").ariaExpanded = "false";
}

function walkMenu(event) {
  const items = [...$("menu").querySelectorAll("button")];
  const at = items.indexOf(document.activeElement);
  if (event.key === "Escape") {
    hideMenu();
    input.focus();
  } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    const next = items[at + (event.key === "ArrowDown" ? 1 : -1)];
    (next ?? input).focus();
  }
}
