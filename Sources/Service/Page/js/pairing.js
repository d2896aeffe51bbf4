// The pairing screen: six digits that the operator reads from the till's own terminal.

import { call, Lost } from "./api.js";
import { find, say } from "./dom.js";
import { word } from "./words.js";

/** Calls `whenPaired` once the daemon has taken a code. */
export function startPairing(whenPaired) {
    const input = find("pair-code");
    const fault = (text) => {
        say(find("pair-error"), text);
        input.setAttribute("aria-invalid", String(text !== ""));
    };
    find("pair-form").addEventListener("submit", async (event) => {
        event.preventDefault();
        fault("");
        const code = input.value.trim();
        if (!/^[0-9]{6}$/.test(code)) {
            fault(word("pair.short"));
            input.focus();
            return;
        }
        try {
            await call("POST", "/session", { body: { code } });
            input.value = "";
            whenPaired();
        } catch (error) {
            fault(error instanceof Lost ? word("pair.lost") : word("pair.wrong"));
            input.select();
        }
    });
}
