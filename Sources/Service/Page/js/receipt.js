// A receipt: as text, on paper by the browser's printing, and as a file of ESC/POS bytes.

import { call } from "./api.js";
import { find, say } from "./dom.js";
import { currentLanguage, word } from "./words.js";

/** Characters in a line: those of paper 80 mm wide, or of 58 mm in a small window. */
const columns = () => (innerWidth < 480 ? 32 : 42);

let reference = "";
let loaded = 0;

function address(format) {
    const query = new URLSearchParams({
        format, width: String(columns()), language: currentLanguage(),
        copy: String(find("receipt-copy").checked),
    });
    return `/v1/payments/${encodeURIComponent(reference)}/receipt?${query}`;
}

/** Opens the receipt; one that is asked for again later is marked as a copy. */
export function openReceipt(payment, isCopy) {
    reference = payment.reference;
    find("receipt-copy").checked = isCopy;
    find("receipt").showModal();
    load();
}

async function load() {
    say(find("receipt-fault"), "");
    loaded = columns();
    // Until this one is there, no other one can be read or printed in its place.
    put("");
    const asked = address("text");
    find("receipt-file").href = address("escpos");
    find("receipt-file").download = `${reference}.escpos`;
    try {
        const text = await call("GET", asked);
        if (asked !== address("text")) return;
        put(text);
        document.body.dataset.receipt = find("receipt-copy").checked ? "copy" : "original";
    } catch (fault) {
        say(find("receipt-fault"), word("receipt.failed", { text: fault.message }));
    }
}

function put(text) {
    say(find("receipt-text"), text);
    say(find("printout"), text);
    find("receipt-print").disabled = text === "";
    document.body.dataset.receipt = "";
}

find("receipt-copy").addEventListener("change", load);
addEventListener("resize", () => {
    if (find("receipt").open && loaded !== columns()) load();
});
find("receipt-print").addEventListener("click", () => window.print());
find("receipt-close").addEventListener("click", () => find("receipt").close());
