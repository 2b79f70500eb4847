#!/usr/bin/env python3
"""Plays the server of published data, on loopback: `server.py FOLDER` prints its port, serves the folder's files and ends with its standard input.

A file's address begins with how it is served: whole, cut (the first answer breaks off in the middle), again (no resuming: always all of it), slow,
forbidden, gone, busy (the first answer is 503), bent (one byte is wrong), stalled (half of it, then silence), moved (to whole). requests.log in the folder
gets a line for each request: manner, file, first byte asked for.
"""
import http.server
import pathlib
import sys
import threading
import time

folder = pathlib.Path(sys.argv[1])
seen, lock = {}, threading.Lock()
STATUS = {"forbidden": 403, "gone": 404}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *ignored):
        pass

    def plain(self, status, **headers):
        body = b"no such thing" * 100
        self.send_response(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def send(self, data, pause):
        for at in range(0, len(data), 8192):
            self.wfile.write(data[at:at + 8192])
            self.wfile.flush()
            time.sleep(pause)

    def do_GET(self):
        _, manner, name = self.path.split("/", 2)
        data = (folder / name).read_bytes()
        asked = self.headers.get("Range")
        first = int(asked.split("=")[1].split("-")[0]) if asked else 0
        with lock:
            count = seen[self.path] = seen.get(self.path, 0) + 1
            with open(folder / "requests.log", "a") as log:
                log.write("%s %s %d\n" % (manner, name, first))
        if manner in STATUS:
            return self.plain(STATUS[manner])
        if manner == "busy" and count == 1:
            return self.plain(503)
        if manner == "moved":
            return self.plain(302, Location="/whole/" + name)
        if manner == "again":
            first = 0
        elif first >= len(data):
            return self.plain(416)
        if manner == "bent":
            data = data[:100] + bytes([data[100] ^ 1]) + data[101:]
        self.send_response(206 if first else 200)
        if first:
            self.send_header("Content-Range", "bytes %d-%d/%d" % (first, len(data) - 1, len(data)))
        self.send_header("Content-Length", str(len(data) - first))
        self.end_headers()
        if manner in ("cut", "again") and count == 1 or manner == "stalled":
            self.send(data[first:(first + len(data)) // 2], 0)
            if manner == "stalled":
                time.sleep(20)
            self.close_connection = True
            self.connection.close()
            return None
        return self.send(data[first:], 0.05 if manner == "slow" else 0)


class Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *ignored):
        pass


server = Server(("127.0.0.1", 0), Handler)
print(server.server_address[1], flush=True)
threading.Thread(target=server.serve_forever, daemon=True).start()
sys.stdin.read()
