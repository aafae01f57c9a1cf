/**
 * The bell on a phone, a service worker: shows what rings, also while no page is open. It keeps and fetches nothing else.
 */
self.addEventListener("push", (/** @type {any} */ event) => {
  const { id, text } = event.data.json();
  const actions = [
    { action: "done", title: "Done" },
    { action: "later", title: "In ten minutes" },
  ];
  const shown = { body: text, tag: String(id), data: id, icon: "/static/img/icon.svg", requireInteraction: true, actions };
  event.waitUntil(/** @type {any} */ (self).registration.showNotification("Becoming", shown));
});

self.addEventListener("notificationclick", (/** @type {any} */ event) => {
  event.notification.close();
  event.waitUntil(event.action ? deed(event.notification.data, event.action) : open());
});

/** What was tapped; where the computer she runs on is out of reach, the page says so. @param {number} id @param {string} name */
async function deed(id, name) {
  const answer = await fetch(`/api/reminders/${id}/${name}`, { method: "POST" }).catch(() => null);
  if (!answer?.ok) await open();
}

async function open() {
  const { clients } = /** @type {any} */ (self);
  const [page] = await clients.matchAll({ type: "window", includeUncontrolled: true });
  await (page ? page.focus() : clients.openWindow("/"));
}
