// What is always in sight: service, reader and gateway, each with a symbol and a word, and the
// messages that must not be missed.

import { find, icon, make, say, show } from "./dom.js";
import { changed, openAlarms, readAlarm, shownPayment } from "./store.js";
import { priced } from "./view.js";
import { hourAndMinute, word } from "./words.js";

let drawn = "";

/** Puts the three states and the banners into the page. */
export function drawStatus(state) {
    const lane = state.lane;
    const next = JSON.stringify([
        document.documentElement.lang, state.connection, lane?.reader, lane?.gateway, lane?.lane,
        lane?.replay, openAlarms(), lane?.stop, state.shown, state.fault, state.left,
        isToldOnStage(),
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

/** The stage says by itself that nobody answers, unless a payment that has ended stands there. */
const isToldOnStage = () =>
    document.body.dataset.screen === "till" && !shownPayment()?.final;

function drawBanners(state) {
    show(find("banner-replay"), Boolean(state.lane?.replay));
    const isUntold = state.connection === "down" && !isToldOnStage();
    show(find("banner-connection"), isUntold);
    say(find("banner-connection"), isUntold ? word("banner.connection") : "");
    find("alarms").replaceChildren(...banners(state));
}

/** One at a time, the latest first, so that the payment stays in sight. */
function banners(state) {
    const [alarm, ...others] = openAlarms();
    const stop = state.lane?.stop;
    const own = [
        ...state.fault ? [banner(state.fault, () => putAside(state, { fault: "" }))] : [],
        ...state.left.length > 0 ? [leftBanner(state)] : [],
    ];
    if (alarm) return [...own, alarmBanner(alarm, others.length)];
    // The stage says by itself that the lane stopped, unless a payment stands there.
    return stop && state.shown ? [...own, banner(word("banner.alarm", { text: stop.text }))]
        : own;
}

function putAside(state, change) {
    Object.assign(state, change);
    changed();
}

/** What was asked for and is not known to be made: the latest, and how many others. */
function leftBanner(state) {
    const others = state.left.slice(0, -1);
    const { amount, operation } = state.left.at(-1);
    const what = amount ? priced(amount) : word(`operation.${operation}`);
    return banner(
        word("banner.left", { what }), () => putAside(state, { left: others }),
        facts([andMore(others.length)]));
}

function alarmBanner(alarm, others) {
    return banner(
        word("banner.alarm", { text: alarm.text }), () => readAlarm(alarm),
        facts([
            alarm.amount ? priced(alarm.amount) : null, hourAndMinute(alarm.at), andMore(others),
        ]));
}

const andMore = (count) => count > 0 ? word("banner.others", { count: String(count) }) : null;

const facts = (texts) =>
    make("span", { class: "banner-facts" }, texts.filter(Boolean).join(" · "));

const banner = (text, close, more = null) => make("p", {
    class: "banner", "data-tone": "bad", role: "alert",
}, icon("warn"), make("span", { class: "banner-text" }, text, " ", more), close ? make("button", {
    type: "button", class: "quiet", "aria-label": word("banner.close"), onclick: close,
}, "×") : null);
