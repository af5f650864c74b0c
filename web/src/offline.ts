// SPDX-License-Identifier: GPL-2.0-or-later
/** Over https: keep the page for when there is no network, and let it be put on the home screen. */

/** Register the worker; once a new publication has come, show it unless the reader is at work. */
export function keepOffline(): void {
  if (!/^https?:$/.test(location.protocol) || !window.isSecureContext) return;
  const manifest = document.createElement("link");
  manifest.rel = "manifest";
  manifest.href = "manifest.webmanifest";
  document.head.append(manifest);
  const workers = navigator.serviceWorker as ServiceWorkerContainer | undefined;
  if (!workers) return;
  let busy = false;
  for (const kind of ["pointerdown", "keydown"]) {
    window.addEventListener(kind, () => { busy = true; }, { once: true, passive: true });
  }
  if (workers.controller) {
    workers.addEventListener("controllerchange", () => {
      if (!busy) location.reload();
    }, { once: true });
  }
  workers.register("sw.js").catch(() => {
    // A host or a browser that has none: the page works all the same, with network.
  });
}
