// The page's words in its language. The daemon says outcomes and faults in the same one.

const LANGUAGES = ["en", "es"];
const KEPT = "swipeline.language";

let words = {};
let language = "en";

/** The language in use, `en` or `es`. */
export const currentLanguage = () => language;

/** The language that somebody chose on this page, if any. */
export function chosenLanguage() {
    const kept = localStorage.getItem(KEPT);
    return LANGUAGES.includes(kept) ? kept : null;
}

/** Keeps a choice for the next time. */
export const keepLanguage = (choice) => localStorage.setItem(KEPT, choice);

/** Loads the words of a language and puts them into the page. */
export async function useLanguage(wanted) {
    const next = LANGUAGES.includes(wanted) ? wanted : "en";
    const answer = await fetch(`/page/words/${next}.json`);
    words = await answer.json();
    language = next;
    document.documentElement.lang = next;
    document.title = word("title");
    for (const element of document.querySelectorAll("[data-word]")) {
        element.textContent = word(element.dataset.word);
    }
    for (const element of document.querySelectorAll("[data-word-label]")) {
        element.setAttribute("aria-label", word(element.dataset.wordLabel));
    }
    for (const button of document.querySelectorAll("[data-language]")) {
        button.setAttribute("aria-pressed", String(button.dataset.language === next));
    }
}

/** A text with its `{gaps}` filled; its name when there is none, which a test refuses. */
export function word(name, gaps = {}) {
    const text = words[name] ?? name;
    return text.replace(/\{(\w+)\}/g, (_, gap) => gaps[gap] ?? "");
}

/** True when there is such a text. */
export const hasWord = (name) => name in words;

const clock = (at, parts) =>
    new Intl.DateTimeFormat(language, { hour: "2-digit", minute: "2-digit", ...parts })
        .format(new Date(at));

/** A time of day to the second. */
export const timeOfDay = (at) => clock(at, { second: "2-digit" });

/** A time of day in a list. */
export const hourAndMinute = (at) => clock(at, {});

/** A duration in microseconds as milliseconds or seconds. */
export function duration(microseconds) {
    const isLong = microseconds >= 1_000_000;
    const value = isLong ? microseconds / 1_000_000 : microseconds / 1000;
    return new Intl.NumberFormat(language, {
        style: "unit", unit: isLong ? "second" : "millisecond", unitDisplay: "short",
        maximumFractionDigits: isLong || value < 10 ? 1 : 0,
    }).format(value);
}
