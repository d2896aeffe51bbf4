"""Tables in Markdown, and their place in the document."""

from datetime import date

import clients
import machine
import measure

PATTERNS = {
    "K": "K: one kept-alive connection, POST after POST",
    "P": "P: a connection opened ahead for each payment, POST and GET",
}


def insert(path, section, lines):
    """Puts lines between the markers of a section."""
    begin, end = (f"<!-- {section}: {word} -->" for word in ("begin", "end"))
    head, _, rest = path.read_text(encoding="utf-8").partition(begin)
    _, found, tail = rest.partition(end)
    if not found:
        raise SystemExit(f"bench: {path} has no markers {begin} and {end}")
    text = "\n".join([head + begin, *lines, end + tail])
    path.write_text(text, encoding="utf-8")


def table(head, rows):
    yield "| " + " | ".join(head) + " |"
    yield "| --- |" + " ---: |" * (len(head) - 1)
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


def microseconds(nanoseconds):
    return f"{nanoseconds / 1000:,.1f}"


def spread(values):
    low, high = f"{min(values):.2f}", f"{max(values):.2f}"
    return low if low == high else f"{low}-{high}"


def times(runs, middle, missing, options):
    run = runs[middle]
    told = f"{len(runs)} runs, of which the middle one stands here" if len(runs) > 1 else "1 run"
    rounds = f"{options.rounds} rounds" if options.rounds > 1 else "1 round"
    lines = [
        f"{date.today()}; {machine.description()}",
        "",
        f"{told}; {rounds} each, idle {measure.IDLE_MILLISECONDS} ms. "
        "Microseconds; the last columns are ratios to the limit in the same run, their spread "
        "over all runs in brackets where there are several.",
        "",
    ]
    for placement in dict.fromkeys(key[0] for key in run.times):
        lines += [f"### {placement[0].upper()}{placement[1:]}", ""]
        lines += list(one_placement(runs, run, placement))
    lines += ["### Against the goals", "", *goals(runs, run)]
    lines += ["Left out: " + ("; ".join(missing) if missing else "nothing") + "."]
    return lines


def one_placement(runs, run, placement):
    for pattern, title in PATTERNS.items():
        for entry in ("clear", "encrypted"):
            names = [k[3] for k in run.times if k[:3] == (placement, pattern, entry)]
            yield from (f"{title}; {entry} swipe", "")
            yield from table(
                ["client", "p50", "p99", "p99.9", "p50 / limit", "p99 / limit"],
                [row(runs, run, (placement, pattern, entry, name)) for name in names])
    yield from opening(runs, run, placement)
    yield from own_stages(run, placement)


def row(runs, run, key):
    cells = [key[3]] + [microseconds(run.percentile(key, share)) for share in (50, 99, 99.9)]
    for share in (50, 99):
        cell = f"{run.ratio(key, share):.2f}"
        if len(runs) > 1:
            cell += f" ({spread([each.ratio(key, share) for each in runs])})"
        cells.append(cell)
    return cells


def opening(runs, run, placement):
    def ratio(each, name):
        cold, resumed = ((placement, p, "clear", name) for p in ("cold", "resumed"))
        return each.percentile(resumed, 50) / each.percentile(cold, 50)

    yield from ("TCP and TLS handshake", "")
    rows = []
    for name in (clients.LIMIT, clients.LINK):
        cells = [name]
        for pattern in ("cold", "resumed"):
            key = (placement, pattern, "clear", name)
            cells += [microseconds(run.percentile(key, share)) for share in (50, 99)]
        rows.append([*cells, spread([ratio(each, name) for each in runs])])
    yield from table(
        ["client", "cold p50", "p99", "resumed p50", "p99", "resumed / cold"], rows)


def own_stages(run, placement):
    yield from ("Ours in pattern P, stage by stage (the full path begins behind the hand-off)", "")
    rows = []
    for stage in measure.STAGES:
        cells = [stage]
        for entry in ("clear", "encrypted"):
            values = run.stages[placement, entry, stage]
            cells += [microseconds(measure.percentile(values, share)) for share in (50, 99)]
        rows.append(cells)
    yield from table(["stage", "clear p50", "p99", "encrypted p50", "p99"], rows)
    yield from ("Without the wire, back to back, nanoseconds for one", "")
    rows = []
    for name in dict.fromkeys(key[2] for key in run.items):
        cells = [name]
        for entry in ("clear", "encrypted"):
            values = run.items[placement, entry, name]
            cells += [f"{measure.percentile(values, share):,}" for share in (50, 99)]
        rows.append(cells)
    yield from table(["what", "clear p50", "p99", "encrypted p50", "p99"], rows)


def goals(runs, run):
    """What the goals for one core come to; of the free placement where that is not permitted."""
    placement = next(iter(run.times))[0]
    rows = []

    def add(what, goal, of, unit=""):
        value = of(run)
        told = f"{value:.2f}{unit}"
        if len(runs) > 1:
            told += f" ({spread([of(each) for each in runs])})"
        rows.append([what, f"{goal:.2f}{unit}", told, "yes" if value <= goal else "no"])

    for pattern in PATTERNS:
        for entry in ("clear", "encrypted"):
            key = (placement, pattern, entry, clients.FULL)
            for share, goal in ((50, 1.10), (99, 1.30)):
                add(f"{pattern}, {entry}: full path over limit, p{share}", goal,
                    lambda each, key=key, share=share: each.ratio(key, share))
    for share, goal in ((50, 6), (99, 15)):
        add(f"hand-off, p{share}", goal,
            lambda each, share=share: measure.percentile(
                each.stages[placement, "clear", "hand-off"], share) / 1000, " us")
    add("decode + build + wipe, p50", 0.35,
        lambda each: measure.percentile(
            each.items[placement, "clear", "decode+build+wipe"], 50) / 1000, " us")
    add("link resumed over cold, p50", 0.70,
        lambda each: each.percentile((placement, "resumed", "clear", clients.LINK), 50)
        / each.percentile((placement, "cold", "clear", clients.LINK), 50))
    known = [client.name for client in clients.own()]
    for pattern in PATTERNS:
        for key in list(run.times):
            if key[0] == placement and key[1] == pattern and key[3] not in known:
                add(f"{pattern}: full path over {key[3]}, p50", 1,
                    lambda each, key=key: each.percentile((*key[:3], clients.FULL), 50)
                    / each.percentile(key, 50))
    return [f"{placement[0].upper()}{placement[1:]}.", "",
            *table(["what", "goal, at most", "measured", "met"], rows)]


def memory(rows):
    """Two rows a kind of work: what is held after a tenth of it, and after all of it."""
    told = []
    for first, last in zip(rows[::2], rows[1::2]):
        name, count, resident, files, threads = last
        grown = (int(resident) - int(first[2])) / 1024
        told.append([
            name, f"{int(count):,}", f"{int(resident) / 1024:,.0f} KiB", f"{grown:+,.0f} KiB",
            f"{first[3]}, {files}", f"{first[4]}, {threads}"])
    head = ["what", "times", "resident", "since the first tenth", "descriptors", "threads"]
    return [f"{date.today()}; {machine.description()}", "", *table(head, told)]
