"""The distribution of the times as a picture: percentiles over a logarithmic axis."""

import math

import clients
import measure

WIDTH, HEIGHT = 960, 480
LEFT, TOP, PANEL, GAP, DEPTH = 60, 50, 310, 50, 360
SHARES = (50, 90, 99, 99.9)
# Middle tones, which read on white and on black.
COLOURS = ("#8a8f98", "#e0483e", "#3b82d6", "#2f9e5b", "#b8860b", "#9a5bd0", "#d0609a",
           "#1f9aa8", "#c8702a")


def write(path, run):
    placement = next(iter(run.times))[0]
    names = [clients.LIMIT, clients.FULL]
    names += [k[3] for k in run.times if k[:3] == (placement, "K", "clear")
              and k[3] not in (clients.LINK, clients.BARE, *names)]
    colour = dict(zip(names, COLOURS))
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'font-family="sans-serif" font-size="12">',
        "<style>text{fill:#444}.grid{stroke:#8886;stroke-width:1}"
        "@media(prefers-color-scheme:dark){text{fill:#ccc}}</style>",
        f'<text x="{LEFT}" y="20" font-size="15">Time from swipe to answer, {placement}</text>',
    ]
    for number, pattern in enumerate(("K", "P")):
        parts += panel(run, (placement, pattern, "clear"), names, colour, number)
    for number, name in enumerate(names):
        x, y = LEFT + 2 * PANEL + GAP + 12, TOP + 20 + 22 * number
        parts.append(f'<line x1="{x}" x2="{x + 18}" y1="{y}" y2="{y}" '
                     f'stroke="{colour[name]}" stroke-width="3"/>')
        parts.append(f'<text x="{x + 24}" y="{y + 4}" font-size="11">{name}</text>')
    path.write_text("\n".join([*parts, "</svg>", ""]), encoding="utf-8")


def nines(share):
    """Where a percentile stands: as far from the next nine as that from the one after it."""
    return -math.log10(1 - share / 100)


def microseconds(nanoseconds):
    """A tick's label: 500, 1k, 20k."""
    value = nanoseconds / 1000
    return f"{value:g}" if value < 1000 else f"{value / 1000:g}k"


def panel(run, place, names, colour, number):
    left = LEFT + number * (PANEL + GAP)
    times = {name: sorted(run.times[(*place, name)]) for name in names}
    low = min(values[0] for values in times.values())
    high = max(measure.percentile(values, 99.9) for values in times.values())

    def x(nanoseconds):
        return left + PANEL * (math.log(nanoseconds / low) / math.log(high / low))

    def y(share):
        return TOP + DEPTH - DEPTH * nines(share) / nines(99.9)

    for step in range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1):
        for factor in (1, 2, 5):
            tick = factor * 10**step
            if low <= tick <= high:
                yield (f'<line class="grid" x1="{x(tick):.1f}" x2="{x(tick):.1f}" y1="{TOP}" '
                       f'y2="{TOP + DEPTH}"/>')
                yield (f'<text x="{x(tick):.1f}" y="{TOP + DEPTH + 16}" '
                       f'text-anchor="middle" font-size="10">{microseconds(tick)}</text>')
    for share in (0, *SHARES):
        yield (f'<line class="grid" x1="{left}" x2="{left + PANEL}" y1="{y(share):.1f}" '
               f'y2="{y(share):.1f}"/>')
        yield (f'<text x="{left - 6}" y="{y(share) + 4:.1f}" text-anchor="end">'
               f'{share:g}%</text>')
    title = "K: one kept-alive connection" if place[1] == "K" else "P: a connection a payment"
    yield f'<text x="{left}" y="{TOP - 10}">{title}</text>'
    yield (f'<text x="{left + PANEL / 2}" y="{TOP + DEPTH + 36}" text-anchor="middle">'
           "microseconds, logarithmic</text>")
    for name in names:
        points = []
        for step in range(0, 301):
            share = 100 * (1 - 10 ** (-step / 100))
            value = measure.percentile(times[name], share)
            points.append(f"{x(min(value, high)):.1f},{y(share):.1f}")
        width = 3 if name in (clients.LIMIT, clients.FULL) else 1.6
        yield (f'<polyline fill="none" stroke="{colour[name]}" stroke-width="{width}" '
               f'points="{" ".join(points)}"/>')
