// The server, as the page knows it.

async function ask(path, options) {
  const response = await fetch(path, options);
  const body = await response.json();
  if (!response.ok) throw new Error(body.error ?? response.statusText);
  return body;
}

const post = (path, body) =>
  ask(`/playground/${path}`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

export const getState = () => ask("/playground/state");
export const getCommands = (chatId, userId) =>
  ask(`/playground/commands?chat_id=${chatId}&user_id=${userId}`);
export const sendMessage = (body) => post("messages", body);
export const editMessage = (body) => post("edits", body);
export const pressButton = (body) => post("callbacks", body);
export const start = (body) => post("starts", body);
export const askInline = (body) => post("inline-queries", body);
export const chooseInline = (body) => post("inline-results", body);
export const openForum = () => post("forum", {});
export const orderFault = (body) => post("faults", body);
export const photoUrl = (size) => `/playground/photos/${encodeURIComponent(size.file_unique_id)}`;
export const setLanguage = (body) => post("languages", body);

// Calls `onEvent` for each event after `cursor`, and `onLink` when the connection comes or goes.
export function follow(cursor, onEvent, onLink) {
  let source;
  let timer;
  const open = () => {
    source = new EventSource(`/playground/events?since=${encodeURIComponent(cursor)}`);
    source.onopen = () => onLink(true);
    source.onmessage = (event) => {
      cursor = event.lastEventId || cursor;
      onEvent(JSON.parse(event.data));
    };
    source.onerror = () => {
      onLink(false);
      source.close();
      timer = setTimeout(open, 1000);
    };
  };
  open();
  return () => {
    clearTimeout(timer);
    source.close();
  };
}

// Calls `onCall` for the newest Bot API calls and each new one, `onOpen` before the first.
export function followCalls(onCall, onOpen) {
  const source = new EventSource("/playground/calls");
  source.onopen = onOpen;
  source.onmessage = (event) => onCall(JSON.parse(event.data));
  return () => source.close();
}
