// How long the last payments took, card to answer: a small chart, and the same as a table.

import { call } from "./api.js";
import { draw, find, make } from "./dom.js";
import { duration, timeOfDay, word } from "./words.js";

const WIDTH = 300;
const HEIGHT = 56;
/** Payments that are drawn, and that the words speak of. */
const BARS = 24;
const SPOKEN = 200;

/** Reads the times and draws them; what cannot be read leaves the chart as it is. */
export async function drawLatency() {
    let payments;
    try {
        ({ payments } = await call("GET", `/v1/latency?last=${SPOKEN}`));
    } catch {
        return;
    }
    const place = find("latency");
    const isOpen = place.querySelector("details")?.open ?? false;
    const title = make("figcaption", {}, word("latency"));
    if (payments.length === 0) {
        place.replaceChildren(title, make("p", { class: "hint" }, word("latency.none")));
        return;
    }
    const oldestFirst = [...payments].sort((one, other) => one.at.localeCompare(other.at));
    const text = summary(oldestFirst.map((payment) => payment.totalMicroseconds));
    const drawn = oldestFirst.slice(-BARS);
    place.replaceChildren(
        title, chart(drawn, text), make("p", { class: "hint" }, text),
        make("details", { open: isOpen }, make("summary", {}, word("latency.table")),
            table(drawn.toReversed())));
}

function summary(times) {
    const sorted = times.toSorted((one, other) => one - other);
    // The nearest rank: a time that was measured, and as many in a hundred were no slower.
    const percentile = (share) => duration(sorted[Math.ceil(share * sorted.length) - 1]);
    return word("latency.summary", {
        count: String(sorted.length), p50: percentile(0.5), p99: percentile(0.99),
    });
}

function chart(payments, text) {
    const most = Math.max(...payments.map((payment) => payment.totalMicroseconds), 1);
    const step = WIDTH / BARS;
    const bars = payments.map((payment, index) => {
        const height = Math.max(2, (payment.totalMicroseconds / most) * (HEIGHT - 6));
        return draw("rect", {
            class: "bar-total", x: (BARS - payments.length + index) * step + 1,
            y: HEIGHT - height, width: step - 3, height, rx: 1.5,
        });
    });
    return draw("svg", {
        class: "chart", viewBox: `0 0 ${WIDTH} ${HEIGHT + 1}`, role: "img", "aria-label": text,
        preserveAspectRatio: "none",
    }, ...bars, draw("path", { class: "ground", d: `M0 ${HEIGHT + 0.5}H${WIDTH}` }));
}

function table(payments) {
    const heads = ["latency.at", "latency.total", "latency.own"];
    return make("table", {},
        make("thead", {}, make("tr", {},
            ...heads.map((name) => make("th", { scope: "col" }, word(name))))),
        make("tbody", {}, ...payments.map((payment) => make("tr", {},
            make("td", {}, timeOfDay(payment.at)),
            make("td", {}, duration(payment.totalMicroseconds)),
            make("td", {}, duration(payment.ownMicroseconds))))));
}
