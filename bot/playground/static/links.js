// Links to the bot itself, which the page follows instead of the browser.

import { world } from "./state.js";

const HOSTS = ["t.me", "telegram.me", "telegram.dog"];

// The payload of a deep link to the bot ("" for a link without one); null for any other address.
export function startPayload(address) {
  let url;
  try {
    url = new URL(/^[a-z]+:/i.test(address) ? address : `https://${address}`);
  } catch {
    return null;
  }
  const resolve = url.protocol === "tg:" && /^\/*resolve$/.test(url.hostname + url.pathname);
  if (!resolve && !HOSTS.includes(url.hostname)) return null;
  const name = resolve ? (url.searchParams.get("domain") ?? "") : url.pathname.slice(1);
  if (name.toLowerCase() !== world.bot.username.toLowerCase()) return null;
  return url.searchParams.get("start") ?? "";
}
