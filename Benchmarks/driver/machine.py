"""The machine: what it is, and where programs may run on it."""

import os
import platform
import re
import shutil
import subprocess

CORE = "one core, SCHED_FIFO"
FREE = "free placement"


def placements():
    """The ways to place gateway and client, each with its prefix, and what is not permitted."""
    core = max(os.sched_getaffinity(0))
    prefix = ["taskset", "-c", str(core), "chrt", "-f", "50"]
    found = {FREE: []}
    if not shutil.which("chrt") or not shutil.which("taskset"):
        return found, [f"{CORE}: no chrt or taskset (util-linux)"]
    if subprocess.run([*prefix, "true"], stderr=subprocess.DEVNULL).returncode != 0:
        return found, [f"{CORE}: not permitted; run as root, or allow CAP_SYS_NICE"]
    return {CORE: prefix, **found}, []


def said(*command):
    """The first version number that a program says of itself; `None` when it is not there."""
    if not shutil.which(command[0]):
        return None
    done = subprocess.run(command, capture_output=True, text=True)
    found = re.search(r"\d+\.\d+(\.\d+)?", done.stdout + done.stderr)
    return found.group(0) if found else None


def description():
    cpu = ""
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        for line in file:
            if line.startswith("model name"):
                cpu = line.partition(":")[2].strip()
                break
    system = platform.freedesktop_os_release().get("PRETTY_NAME", "Linux")
    versions = {
        "Swift": said(os.environ.get("SWIFT", "swift"), "--version"),
        "OpenSSL": said("openssl", "version"),
        "libcurl": said("curl-config", "--version"),
        "Java": said("java", "-version"),
        "Go": said("go", "version"),
        "Python requests": said(
            "/usr/bin/python3", "-c", "import requests; print(requests.__version__)"
        ),
    }
    known = ", ".join(f"{name} {version}" for name, version in versions.items() if version)
    return (
        f"{os.cpu_count()} cores ({cpu}, {platform.machine()}), {system}, kernel "
        f"{platform.release()}; {known}."
    )
