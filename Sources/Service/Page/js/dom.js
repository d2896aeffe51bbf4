// Elements, made and changed. Text goes in as text only, never as markup.

const SVG = "http://www.w3.org/2000/svg";

/** The element of this id. */
export const find = (id) => document.getElementById(id);

function fill(element, attributes, children) {
    for (const [name, value] of Object.entries(attributes)) {
        if (value === undefined || value === null || value === false) continue;
        if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
        else element.setAttribute(name, value === true ? "" : value);
    }
    element.append(...children.flat().filter((child) => child !== null && child !== undefined));
    return element;
}

/** An element with attributes, listeners (`onclick`) and children (elements or text). */
export const make = (tag, attributes = {}, ...children) =>
    fill(document.createElement(tag), attributes, children);

/** The same in a drawing. */
export const draw = (tag, attributes = {}, ...children) =>
    fill(document.createElementNS(SVG, tag), attributes, children);

/** A symbol of the page's drawings; it says nothing to a screen reader, a word stands beside it. */
export const icon = (name, kind = "icon") =>
    draw("svg", { class: kind, "aria-hidden": "true" },
        draw("use", { href: `#icon-${name}` }));

/** Changes a text only when it differs, so that nothing is read out twice. */
export function say(element, text) {
    if (element.textContent !== text) element.textContent = text;
}

/** Shows or hides. */
export function show(element, isShown) {
    element.hidden = !isShown;
}
