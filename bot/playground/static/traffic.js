// The panel with the raw Bot API calls, and the buttons that make the next one fail.

import * as api from "./api.js";
import { $, el, setIcon } from "./dom.js";
import { tell } from "./notices.js";
import { world } from "./state.js";
import { locale, words } from "./strings.js";

const SHOWN = 150;
const REMEMBERED = "traffic";
const clock = new Intl.DateTimeFormat(locale, { timeStyle: "medium", hour12: false });
let close = null;

export function wireTraffic() {
  setIcon($("traffic-toggle"), "traffic", words.traffic);
  $("traffic-toggle").append(el("span", {}, words.traffic));
  setIcon($("traffic-close"), "close", words.closeTraffic);
  $("traffic").ariaLabel = words.traffic;
  $("traffic-title").textContent = words.traffic;
  $("traffic-empty").textContent = words.noTraffic;
  $("faults-title").textContent = words.faults;
  $("faults-list").replaceChildren(
    ...Object.entries(words.faultKinds).map(([kind, label]) =>
      el("button", { type: "button", onclick: () => order(kind) }, label),
    ),
  );
  $("traffic-toggle").onclick = () => (close ? hide() : show(true));
  $("traffic-close").onclick = hide;
  $("traffic").addEventListener("keydown", (event) => event.key === "Escape" && hide());
  if (sessionStorage.getItem(REMEMBERED)) show(false);
}

function show(focus) {
  $("traffic").hidden = false;
  $("traffic-toggle").ariaExpanded = "true";
  document.body.classList.add("with-traffic");
  sessionStorage.setItem(REMEMBERED, "1");
  close = api.followCalls(add, () => {
    $("traffic-list").replaceChildren();
    $("traffic-empty").hidden = false;
  });
  if (focus) $("traffic-close").focus();
}

function hide() {
  close?.();
  close = null;
  $("traffic").hidden = true;
  $("traffic-toggle").ariaExpanded = "false";
  document.body.classList.remove("with-traffic");
  sessionStorage.removeItem(REMEMBERED);
  $("traffic-toggle").focus();
}

async function order(kind) {
  await tell(api.orderFault({ kind }));
}

export function drawFaults() {
  $("faults-pending").textContent = world.faults ? words.faultsPending(world.faults) : "";
}

function add(call) {
  const list = $("traffic-list");
  $("traffic-empty").hidden = true;
  list.prepend(row(call));
  while (list.children.length > SHOWN) list.lastChild.remove();
}

function row(call) {
  const status = call.status || words.dropped;
  const summary = el(
    "summary",
    {},
    el("span", { class: "call-method" }, call.method),
    call.updates ? el("span", { class: "call-updates" }, call.updates) : null,
    el("span", { class: call.status === 200 ? "call-status" : "call-status bad" }, String(status)),
    el("span", { class: "call-time" }, `${clock.format(call.time * 1000)} · ${call.milliseconds} ms`),
  );
  const details = el("details", {}, summary);
  // Drawn when it is opened: most are not.
  details.addEventListener(
    "toggle",
    () =>
      details.append(
        el("h3", {}, words.request),
        el("pre", { tabIndex: 0 }, call.request),
        el("h3", {}, words.response),
        el("pre", { tabIndex: 0 }, call.response),
      ),
    { once: true },
  );
  return el("li", {}, details);
}
