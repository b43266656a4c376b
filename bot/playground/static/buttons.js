// What an inline button does when it is pressed.

import * as api from "./api.js";
import { chooseChat } from "./chooser.js";
import { fill } from "./composer.js";
import { startPayload } from "./links.js";
import { alertBox, tell, toast } from "./notices.js";
import { view, world } from "./state.js";
import { words } from "./strings.js";

const PRESS_MS = 10000;
const pressed = new Map(); // query id -> the button that waits

// `go` has open(tab) and start(payload).
export async function press(message, button, element, go) {
  if (button.url) return followLink(button.url, go);
  if (button.copy_text) return copy(button.copy_text.text);
  if (button.switch_inline_query_current_chat !== undefined)
    return fill(mention(button.switch_inline_query_current_chat));
  if (button.switch_inline_query !== undefined) return elsewhere({ query: button.switch_inline_query }, go);
  if (button.switch_inline_query_chosen_chat) return elsewhere(button.switch_inline_query_chosen_chat, go);
  if (button.callback_data === undefined) return toast(words.unsupported);
  return ask(message, button, element);
}

const mention = (query) => `@${world.bot.username} ${query}`;

function followLink(url, go) {
  const payload = startPayload(url);
  if (payload === null) return window.open(url, "_blank", "noopener");
  return go.start(payload);
}

async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    toast(words.copied);
  } catch {
    toast(words.notCopied);
  }
}

// Without a choice of kinds, any chat will do.
async function elsewhere(choice, go) {
  const any = !Object.keys(choice).some((name) => name.startsWith("allow_"));
  const tabs = [
    ["friend", any || choice.allow_user_chats],
    ["group", any || choice.allow_group_chats],
    ["private", any || choice.allow_bot_chats],
  ];
  const tab = await chooseChat(tabs.filter(([, allowed]) => allowed).map(([name]) => name));
  if (!tab) return;
  go.open(tab);
  fill(mention(choice.query ?? ""));
}

async function ask(message, button, element) {
  element.ariaBusy = "true";
  const query = await tell(
    api.pressButton({
      chat_id: message.chat.id,
      message_id: message.message_id,
      user_id: view.me,
      data: button.callback_data,
    }),
  );
  if (!query) {
    element.ariaBusy = "false";
    return;
  }
  pressed.set(query.query_id, element);
  setTimeout(() => release(query.query_id), PRESS_MS);
}

function release(queryId) {
  const button = pressed.get(queryId);
  pressed.delete(queryId);
  if (button) button.ariaBusy = "false";
}

export function answered(event, go) {
  release(event.query_id);
  if (event.user_id !== view.me) return;
  if (event.url) followLink(event.url, go);
  else if (event.text && event.show_alert) alertBox(event.text);
  else if (event.text) toast(event.text);
}
