"""Runs the clients in turns against a fresh gateway, and counts."""

import subprocess
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path

import clients
import machine

IDLE_MILLISECONDS = 5
TURN_SECONDS = 120
STAGES = ("hand-off", "decode", "build", "send", "first byte", "answer")


@contextmanager
def gateway(prefix):
    """A reference gateway with a certificate of its own; gives its port and its folder."""
    with tempfile.TemporaryDirectory(prefix="swipeline-bench-") as folder:
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
             "-nodes", "-days", "2", "-subj", "/CN=localhost",
             "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
             "-keyout", "key.pem", "-out", "cert.pem"],
            cwd=folder, check=True, stderr=subprocess.DEVNULL)
        server = subprocess.Popen(
            [*prefix, clients.RELEASE / "reference-gateway", folder],
            stdout=subprocess.PIPE, text=True)
        try:
            port = server.stdout.readline().strip()
            start([clients.RELEASE / "ours", "prepare", port, folder])
            yield port, folder
        finally:
            server.kill()
            server.wait()


def start(words):
    """What a program prints, line by line; an error when it fails or does not end."""
    done = subprocess.run(
        [str(word) for word in words], cwd=clients.PROJECT, stdout=subprocess.PIPE, text=True,
        timeout=TURN_SECONDS)
    if done.returncode != 0:
        raise SystemExit(f"bench: {Path(str(words[0])).name} ... failed: {words}")
    return done.stdout.splitlines()


class Run:
    """All times of a run: lists of nanoseconds by placement, pattern, entry and client."""

    def __init__(self):
        self.times = {}
        self.stages = {}
        self.items = {}

    def add(self, key, lines):
        rows = [[int(word) for word in line.split()] for line in lines]
        self.times.setdefault(key, []).extend(row[0] for row in rows)
        for column, stage in enumerate(STAGES, start=1):
            if len(rows[0]) > column:
                place = self.stages.setdefault((key[0], key[2], stage), [])
                place.extend(row[column] for row in rows)

    def percentile(self, key, share):
        return percentile(self.times[key], share)

    def ratio(self, key, share):
        """Against the limit in the same placement, pattern and entry."""
        return self.percentile(key, share) / self.percentile((*key[:3], clients.LIMIT), share)


def percentile(values, share):
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share / 100))]


def run(found, placements, options):
    result = Run()
    for placement, prefix in placements.items():
        with gateway(prefix) as (port, folder):
            for number in range(options.rounds):
                print(f"{placement}, round {number + 1}", file=sys.stderr)
                turns(result, found, placement, (prefix, port, folder), options)
                items(result, placement, (prefix, port, folder), options)
    return result


def turns(result, found, placement, place, options):
    """One turn of each client in each pattern, so that all see the machine in the same state."""
    prefix, port, folder = place
    for pattern in ("K", "P", "cold", "resumed"):
        for entry in ("clear", "encrypted"):
            for client in found:
                if pattern not in client.patterns or entry not in client.entries:
                    continue
                if entry == "encrypted" and pattern in ("cold", "resumed"):
                    continue
                column = 0 if pattern == "K" else 1
                count = max(10, int(client.count[column] * options.scale))
                lines = start(
                    [*prefix, *client.words(entry), pattern, port, folder,
                     client.warm_up[column], count, IDLE_MILLISECONDS])
                result.add((placement, pattern, entry, client.name), lines)


def items(result, placement, place, options):
    """What is done without the wire."""
    prefix, port, folder = place
    for entry in ("clear", "encrypted"):
        count = max(50, int(1000 * options.scale))
        for line in start(
                [*prefix, clients.RELEASE / "ours", "stages", entry, port, folder, count]):
            name, time = line.split()
            result.items.setdefault((placement, entry, name), []).append(int(time))


def middle(runs):
    """The number of the run whose full path stands in the middle, by its ratio in pattern K."""
    def ratio(number):
        times = runs[number].times
        key = next(key for key in times if key[1:] == ("K", "clear", clients.FULL))
        return runs[number].ratio(key, 50)

    return sorted(range(len(runs)), key=ratio)[(len(runs) - 1) // 2]


def memory(replays, payments):
    """Rows of work, how often, resident bytes, descriptors and threads."""
    prefix = machine.placements()[0].get(machine.CORE, [])
    global TURN_SECONDS
    TURN_SECONDS = 3600
    with gateway(prefix) as (port, folder):
        lines = start(
            [*prefix, clients.RELEASE / "ours", "memory", port, folder, replays, payments])
    return [line.split("|") for line in lines]
