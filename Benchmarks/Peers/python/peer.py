"""requests with its own JSON on both sides. It cannot open a connection without a request, so a
small GET opens it before the idle time.

peer.py PATTERN PORT DIR WARMUP COUNT IDLE_MS
"""

import json
import sys
import time

import requests

pattern, port, folder = sys.argv[1:4]
warm_up, count, idle = map(int, sys.argv[4:7])
base = f"https://127.0.0.1:{port}/api/v2"
with open(f"{folder}/clear.http", encoding="ascii") as file:
    order = json.loads(file.read().partition("\n\n")[2])


def make_session():
    session = requests.Session()
    session.verify = f"{folder}/cert.pem"
    session.trust_env = False
    session.headers["Authorization"] = "Bearer 00000000-0000-0000-0000-000000000000"
    session.headers["Accept"] = "application/json"
    return session


def post(session):
    answer = session.post(base + "/sale", json=order)
    if answer.status_code != 201:
        sys.exit(f"peer.py: status {answer.status_code}")
    return answer.headers["Location"]


def get(session, url):
    if session.get(url).json()["saleResponse"]["responseCode"] != "00":
        sys.exit("peer.py: not approved")


session = make_session()
times = []
for _ in range(warm_up + count):
    if pattern == "P":
        session.get(base)
        time.sleep(idle / 1000)
    start = time.perf_counter_ns()
    location = post(session)
    if pattern == "P":
        get(session, location)
    times.append(time.perf_counter_ns() - start)
    if pattern == "P":
        session.close()
for taken in times[warm_up:]:
    print(taken)
