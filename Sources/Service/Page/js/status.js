// What is always in sight: service, reader and gateway, each with a symbol and a word, and the
// messages that must not be missed.

import { find, icon, make, say, show } from "./dom.js";
import { changed } from "./store.js";
import { word } from "./words.js";

let drawn = "";

/** Puts the three states and the banners into the page. */
export function drawStatus(state) {
    const lane = state.lane;
    const next = JSON.stringify([
        document.documentElement.lang, state.connection, lane?.reader, lane?.gateway, lane?.lane,
        lane?.replay, state.alarms, lane?.stop, state.shown,
    ]);
    if (next === drawn) return;
    drawn = next;
    say(find("lane-name"), lane ? word("lane", { lane: String(lane.lane) }) : "");
    chip("service", serviceLook(state.connection));
    chip("reader", lane ? readerLook(lane.reader) : ["wait", "wait", "status.unknown"]);
    chip("gateway", gatewayLook(lane?.gateway));
    drawBanners(state);
}

const serviceLook = (connection) => ({
    up: ["good", "good", "status.up"], down: ["bad", "warn", "status.noAnswer"],
}[connection] ?? ["wait", "wait", "status.unknown"]);

function readerLook(reader) {
    return reader?.connected
        ? ["good", "cable", "status.up"] : ["bad", "unplugged", "status.plugIn"];
}

function gatewayLook(gateway) {
    if (gateway?.reachable === true) return ["good", "good", "status.up"];
    if (gateway?.reachable === false) return ["bad", "warn", "status.noAnswer"];
    return ["wait", "wait", "status.unknown"];
}

function chip(name, [tone, symbol, text]) {
    const place = find(`chip-${name}`);
    place.dataset.tone = tone;
    place.replaceChildren(
        icon(symbol),
        make("span", { class: "chip-text" },
            make("span", { class: "chip-name" }, word(`status.${name}`)),
            make("span", { class: "chip-state" }, word(text))));
}

function drawBanners(state) {
    show(find("banner-replay"), Boolean(state.lane?.replay));
    const isDown = state.connection === "down";
    show(find("banner-connection"), isDown);
    say(find("banner-connection"), isDown ? word("banner.connection") : "");
    const stop = state.lane?.stop;
    // The stage says by itself that the lane stopped, unless a payment stands there.
    const isUntold = stop && state.shown && state.alarms.length === 0;
    const texts = isUntold ? [stop.text] : state.alarms;
    find("alarms").replaceChildren(...texts.map((text) => make("p", {
        class: "banner", "data-tone": "bad", role: "alert",
    }, icon("warn"), make("span", {}, word("banner.alarm", { text })),
    state.alarms.includes(text) ? make("button", {
        type: "button", class: "quiet", "aria-label": word("banner.close"),
        onclick: () => {
            state.alarms = state.alarms.filter((other) => other !== text);
            changed();
        },
    }, "×") : null)));
}
