// Requests of the table. Every answer is JSON, or is turned into what its absence means.

import { setup } from "./page.js";

export let token = setup.token;
const LONGEST = 30000; // A server that takes a request and never answers is as good as none.

function patience() {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), LONGEST);
  return stop.signal;
}

// Signing in again changes the token that forms need. Answers with what stands in the way, if anything does.
export async function renewToken() {
  const me = await ask(setup.urls.whoAmI, {});
  if (!me.token) return me;
  if (me.person !== setup.person) return { result: "other-person" };
  token = me.token;
  return null;
}

export async function post(url, fields, headers = {}) {
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: token });
  const sent = { method: "POST", body, headers: { Accept: "application/json", ...headers } };
  const answer = await ask(url, sent);
  if (answer.result !== "stale-token") return answer;
  const hindered = await renewToken();
  if (hindered) return hindered;
  body.set("csrfmiddlewaretoken", token);
  return ask(url, sent);
}

async function ask(url, options) {
  let response;
  try {
    response = await fetch(url, { credentials: "same-origin", redirect: "manual", headers: { Accept: "application/json" }, signal: patience(), ...options });
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
    return await fetch(url, { credentials: "same-origin", cache: "no-store", redirect: "manual", signal: patience(), headers: { Accept: "application/json", "X-Background": "1", ...headers } });
  } catch {
    return null;
  }
}
