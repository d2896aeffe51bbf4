"""Who takes part: ours, the limit, and the peers that can be built on this machine."""

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

FOLDER = Path(__file__).resolve().parent.parent
PROJECT = FOLDER.parent
RELEASE = FOLDER / ".build/release"
PEERS = FOLDER / "Peers"
BUILT = FOLDER / ".build/peers"
SWIFT = os.environ.get("SWIFT", "swift")
JARS = [
    f"/usr/share/java/{name}.jar"
    for name in ("httpclient", "httpcore", "commons-logging", "commons-codec", "json")
]

LIMIT = "limit"
BARE = "limit, nothing checked"
LINK = "ours, link alone"
FULL = "ours, full path"


@dataclass
class Client:
    """A program that does `PATTERN PORT DIR WARMUP COUNT IDLE_MS`."""

    name: str
    command: list
    entries: tuple = ("clear",)
    patterns: tuple = ("K", "P")
    # Requests before the first that counts, and that count, in a turn: K, then P.
    warm_up: tuple = (300, 20)
    count: tuple = (2000, 100)

    def words(self, entry):
        return [str(word).replace("{entry}", entry) for word in self.command]


def own():
    both, dialled = ("clear", "encrypted"), ("K", "P", "cold", "resumed")
    return [
        Client(LIMIT, [RELEASE / "limit", "checked", "{entry}"], both, dialled),
        Client(FULL, [RELEASE / "ours", "full", "{entry}"], both),
        Client(LINK, [RELEASE / "ours", "link", "{entry}"], both, dialled),
        Client(BARE, [RELEASE / "limit", "bare", "{entry}"], both),
    ]


def build(*command, folder=FOLDER, **environment):
    """True when the command ended well; what it says goes to standard error."""
    words = ["nice", "-n", "5", *map(str, command)]
    return (
        subprocess.run(words, cwd=folder, stdout=2, env={**os.environ, **environment}).returncode
        == 0
    )


def build_own():
    if not build(SWIFT, "build", "-c", "release", SWIPELINE_CORE="1"):
        raise SystemExit("bench: the benchmark does not build")


def all_clients(with_peers):
    """The clients that are there, and what is left out and why."""
    if not with_peers:
        return own(), ["the peers: run `make bench-peers`, which installs and builds them"]
    BUILT.mkdir(parents=True, exist_ok=True)
    found, missing = own(), []
    for peers, reason in (curl(), swift(), java(), go(), python()):
        found += peers
        missing += [reason] if reason else []
    return found, missing


def curl():
    if not shutil.which("cc") or not Path("/usr/include/x86_64-linux-gnu/curl").exists() \
            and not Path("/usr/include/curl").exists():
        return [], "libcurl: no cc or no libcurl4-openssl-dev"
    target = BUILT / "curl-peer"
    if not build("cc", "-O2", "-o", target, PEERS / "curl/peer.c", "-lcurl"):
        return [], "libcurl: it does not build"
    return [Client("libcurl", [target])], None


def swift():
    if not build(SWIFT, "build", "-c", "release", folder=PEERS / "swift"):
        return [], "SwiftNIO and async-http-client: they do not build"
    release = PEERS / "swift/.build/release"
    return [
        Client("SwiftNIO on its loop", [release / "nio-peer"]),
        Client("async-http-client + Codable", [release / "ahc-peer"]),
    ], None


def java():
    if not shutil.which("javac"):
        return [], "Java: no javac"
    target, java = BUILT / "java", ["java", "-Xmx256m", "-cp"]
    sources = [PEERS / "java" / f"{name}.java" for name in ("Bench", "URLConnectionPeer")]
    if not build("javac", "-d", target, *sources):
        return [], "Java: it does not build"
    slow = {"warm_up": (5000, 150)}
    peers = [Client("Java HttpsURLConnection", [*java, target, "URLConnectionPeer"], **slow)]
    path = ":".join([str(target), *JARS])
    if not all(Path(jar).exists() for jar in JARS):
        return peers, "Apache HttpClient: no libhttpclient-java or libandroid-json-org-java"
    if not build("javac", "-d", target, "-cp", path, PEERS / "java/ApachePeer.java"):
        return peers, "Apache HttpClient: it does not build"
    peers.append(Client("Apache HttpClient + org.json", [*java, path, "ApachePeer"], **slow))
    return peers, None


def go():
    if not shutil.which("go"):
        return [], "Go: no golang-go"
    target = BUILT / "go-peer"
    if not build("go", "build", "-o", target, "peer.go", folder=PEERS / "go"):
        return [], "Go: it does not build"
    return [Client("Go net/http", [target])], None


def python():
    command = ["/usr/bin/python3", PEERS / "python/peer.py"]
    if subprocess.run([command[0], "-c", "import requests"], stderr=subprocess.DEVNULL).returncode:
        return [], "Python requests: no python3-requests"
    return [Client("Python requests", command, count=(500, 100))], None
