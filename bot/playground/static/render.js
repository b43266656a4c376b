// A message's text with its entities, as elements. Offsets are UTF-16 units, as in JavaScript.

import { el, icon } from "./dom.js";
import { words } from "./strings.js";

const BLOCKS = new Set(["blockquote", "expandable_blockquote", "pre"]);
const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
};
const SAFE = /^(https?|tg|ton):/i;

// `acts` has send(text), insert(text), startPayload(address) and start(payload).
export function renderText(text, entities, acts) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  const box = document.createDocumentFragment();
  append(box, text, 0, text.length, sorted, acts);
  return box;
}

function append(box, text, start, end, entities, acts) {
  let place = start;
  let afterBlock = false;
  const plain = (to, beforeBlock) => {
    let piece = text.slice(place, to);
    // A quotation is a block of its own: the line breaks around it are not drawn again.
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    if (beforeBlock && piece.endsWith("\n")) piece = piece.slice(0, -1);
    if (piece) box.append(piece);
    place = to;
  };
  for (let index = 0; index < entities.length; ) {
    const entity = entities[index];
    const to = entity.offset + entity.length;
    let next = index + 1;
    while (next < entities.length && entities[next].offset < to) next += 1;
    const block = BLOCKS.has(entity.type);
    plain(entity.offset, block);
    const inner = document.createDocumentFragment();
    append(inner, text, entity.offset, to, entities.slice(index + 1, next), acts);
    box.append(draw(entity, inner, text.slice(entity.offset, to), acts));
    place = to;
    afterBlock = block;
    index = next;
  }
  plain(end, false);
}

function draw(entity, inner, raw, acts) {
  switch (entity.type) {
    case "blockquote":
      return el("blockquote", {}, inner);
    case "expandable_blockquote":
      return expandable(inner);
    case "pre":
      return el("pre", {}, el("code", {}, inner));
    case "url":
    case "text_link":
      return link(entity.url ?? (SAFE.test(raw) ? raw : `https://${raw}`), inner, acts);
    case "bot_command":
      return el("button", { type: "button", class: "link", onclick: () => acts.send(raw) }, inner);
    case "mention":
      return el("button", { type: "button", class: "link", onclick: () => acts.insert(`${raw} `) }, inner);
    case "hashtag":
    case "cashtag":
    case "text_mention":
      return el("span", { class: "link" }, inner);
    case "spoiler": {
      const button = el("button", { type: "button", class: "spoiler" }, inner);
      button.onclick = () => button.classList.add("shown");
      return button;
    }
    default:
      return el(TAGS[entity.type] ?? "span", {}, inner);
  }
}

function link(address, inner, acts) {
  const payload = acts.startPayload(address);
  if (payload !== null)
    return el("button", { type: "button", class: "link", onclick: () => acts.start(payload) }, inner);
  if (!SAFE.test(address)) return el("span", { class: "link" }, inner);
  return el("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, inner);
}

// Three lines, and a control for the rest where there is more.
function expandable(inner) {
  const body = el("div", { class: "folded" }, inner);
  const button = el("button", { type: "button", class: "fold", ariaExpanded: "false", ariaLabel: words.expand });
  button.append(icon("chevron"));
  const quote = el("blockquote", { class: "expandable" }, body, button);
  const fold = (open) => {
    quote.classList.toggle("open", open);
    button.ariaExpanded = String(open);
    button.ariaLabel = open ? words.collapse : words.expand;
  };
  button.onclick = () => fold(!quote.classList.contains("open"));
  body.onclick = () => {
    if (!quote.classList.contains("open") && !button.hidden) fold(true);
  };
  new ResizeObserver(() => {
    if (!quote.classList.contains("open")) button.hidden = body.scrollHeight <= body.clientHeight + 2;
  }).observe(body);
  return quote;
}
