// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page without network: its shell and core as they were published together, and the records
 * that were looked at. A new publication is a new worker with a new store; the old one is dropped.
 */
"use strict";

const RELEASE = "@CP3_RELEASE@";
const FILES = ["@CP3_FILES@"];

const HOME = new URL("./", self.location.href);
const PREFIX = `cp3 ${HOME.pathname} `;
const STORE = PREFIX + RELEASE;
const INDEX = "index.html";
const VISITED = "data/sites/";

self.addEventListener("install", (event) => {
  const fresh = FILES.map((file) => new Request(file, { cache: "no-cache" }));
  event.waitUntil(caches.open(STORE).then((store) => store.addAll(fresh)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys()
    .then((names) => names.filter((name) => name.startsWith(PREFIX) && name !== STORE))
    .then((old) => Promise.all(old.map((name) => caches.delete(name))))
    .then(() => self.clients.claim()));
});

/** What was kept; else the network's answer, which is kept if it is a part of the records. */
async function answer(request, path) {
  const store = await caches.open(STORE).catch(() => null);
  const kept = store && await store.match(path === "" ? INDEX : request, { ignoreSearch: !path.startsWith(VISITED) });
  if (kept) return kept;
  const response = await fetch(request);
  // A telephone that is full keeps no more, and reads all the same.
  if (store && response.ok && path.startsWith(VISITED)) await store.put(request, response.clone()).catch(() => undefined);
  return response;
}

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const address = new URL(request.url);
  if (request.method !== "GET" || address.origin !== HOME.origin || !address.pathname.startsWith(HOME.pathname)) return;
  const path = address.pathname.slice(HOME.pathname.length);
  if (path === "" || path.startsWith(VISITED) || FILES.includes(path)) event.respondWith(answer(request, path));
});
