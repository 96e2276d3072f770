// Requests of the table. Every answer is JSON, or is turned into what its absence means.

import { setup } from "./page.js";

let token = setup.token;

export async function post(url, fields) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token });
  const answer = await ask(url, { method: "POST", body });
  if (answer.result !== "stale-token") return answer;
  const me = await ask(setup.urls.whoAmI, {});
  if (!me.token) return me;
  if (me.person !== setup.person) return { result: "other-person" };
  token = me.token;
  body.set("csrfmiddlewaretoken", token);
  return ask(url, { method: "POST", body });
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" }, ...options });
  } catch {
    return { result: "offline" };
  }
  if (response.status === 401 || response.type === "opaqueredirect") return { result: "signed-out" };
  if (response.status === 429 || response.status >= 500) return { result: "busy" };
  try {
    return { status: response.status, ...(await response.json()) };
  } catch {
    return { result: response.ok ? "busy" : "refused", say: REFUSED[response.status] ?? "This could not be saved." };
  }
}

const REFUSED = {
  403: "You may no longer change this. Ask the coordinator if you need to.",
  404: "This row can no longer be reached by you.",
};

export async function get(url, headers = {}) {
  try {
    return await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "manual", headers: { Accept: "application/json", "X-Background": "1", ...headers } });
  } catch {
    return null;
  }
}
