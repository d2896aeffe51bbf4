// The daemon's event stream. The browser resumes it where it broke (`Last-Event-ID`); after a
// longer break the daemon says `resync` and all is read anew.

import { currentLanguage } from "./words.js";

const PAUSE_MILLISECONDS = 2000;

let stream = null;
let again = 0;

/** Opens the stream in the page's language; `handlers` by event, and up, down, refused. */
export function openEvents(handlers) {
    closeEvents();
    const source = new EventSource(`/v1/events?language=${currentLanguage()}`);
    stream = source;
    source.addEventListener("open", () => handlers.up());
    source.addEventListener("error", () => {
        handlers.down();
        // The browser tries again by itself unless the daemon answered with a refusal.
        if (source.readyState === EventSource.CLOSED && stream === source) {
            handlers.refused();
            again = setTimeout(() => openEvents(handlers), PAUSE_MILLISECONDS);
        }
    });
    for (const name of ["payment", "lane", "reader", "gateway", "resync"]) {
        source.addEventListener(name, (event) =>
            handlers[name](event.data ? JSON.parse(event.data) : null));
    }
}

/** Ends the stream. */
export function closeEvents() {
    clearTimeout(again);
    stream?.close();
    stream = null;
}
