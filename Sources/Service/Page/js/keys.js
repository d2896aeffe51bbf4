// The keyboard: digits type the amount wherever the focus is, Enter does the next thing, Escape
// takes back. Fields, lists and open sheets keep their own keys.

/** Starts to listen; `actions` are digit, erase, enter and escape. */
export function listenToKeys(actions) {
    document.addEventListener("keydown", (event) => {
        const isOurs = !event.ctrlKey && !event.altKey && !event.metaKey && !event.defaultPrevented;
        if (!isOurs || document.body.dataset.screen !== "till") return;
        if (document.querySelector("dialog[open]")) return;
        if (/^[0-9]$/.test(event.key) && !isField(event.target)) actions.digit(event.key);
        else if (event.key === "Backspace" && !isField(event.target)) actions.erase();
        else if (event.key === "Escape") actions.escape();
        else if (event.key === "Enter" && !hasOwnEnter(event.target)) actions.enter();
        else return;
        event.preventDefault();
    });
}

const isField = (element) =>
    element.matches("input:not([type=radio], [type=checkbox]), select, textarea");

/** A button, link or list does its own thing; in the ticket's field Enter charges. */
const hasOwnEnter = (element) => element.matches("button, a, select, summary, [tabindex='0']");
