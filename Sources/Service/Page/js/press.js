// One press is one thing. What stands under a finger changes while it is still down, or between the
// two halves of a double click: only the press that was meant counts.

/** A key that is held down repeats itself; of these the first press alone counts. */
const ONCE = new Set(["Enter", "Escape"]);
/** Where a press puts another button in the place of the one that was pressed. */
const CHANGING = "#stage-actions button, dialog button";

let pressed = null;

/** Starts to look at every press before the page does. */
export function pressOnce() {
    document.addEventListener("keydown", (event) => {
        if (event.repeat && ONCE.has(event.key) && !event.target.matches("textarea")) drop(event);
    }, true);
    document.addEventListener("click", (event) => {
        const button = event.target.closest("button");
        if (event.detail > 1 && button !== pressed && button?.matches(CHANGING)) drop(event);
        else pressed = button;
    }, true);
    // A press with mouse or finger leaves the focus alone, so that Enter goes on charging.
    document.querySelector(".bar").addEventListener("pointerdown", (event) =>
        event.preventDefault());
}

function drop(event) {
    event.preventDefault();
    event.stopImmediatePropagation();
}
