"""replay.py SERVER'S PORT FOLDER: a server whose COPYs cost nothing, to see what reading them costs.

Stands before a PostgreSQL on loopback and passes on what is said, but keeps what each COPY answered in a file of FOLDER;
the next time that COPY is asked for, the kernel sends the file. Prints its own port. Not for anything but measuring.
"""
import hashlib, os, socket, struct, sys, threading

behind, folder = int(sys.argv[1]), sys.argv[2]
# ReadyForQuery, inside a transaction, outside of one, in a failed one: how every answer ends.
ends = tuple(b"Z\0\0\0\5" + state for state in (b"T", b"I", b"E"))


def exactly(connection, count):
    parts = []
    while count:
        part = connection.recv(min(count, 1 << 20))
        if not part:
            raise EOFError
        parts.append(part)
        count -= len(part)
    return b"".join(parts)


def request(connection):
    """One question: everything to the message that asks for an answer."""
    parts = []
    while True:
        kind = exactly(connection, 1)
        length = exactly(connection, 4)
        parts += [kind, length, exactly(connection, struct.unpack("!I", length)[0] - 4)]
        if kind in b"QSX":
            return kind, b"".join(parts)


def answer(server, take):
    last = b""
    while not last.endswith(ends):
        part = server.recv(1 << 20)
        if not part:
            raise EOFError
        take(part)
        last = (last + part)[-6:]


def serve(client):
    server = socket.create_connection(("127.0.0.1", behind))
    try:
        length = exactly(client, 4)
        server.sendall(length + exactly(client, struct.unpack("!I", length)[0] - 4))
        answer(server, client.sendall)
        while True:
            kind, asked = request(client)
            if kind == b"X":
                server.sendall(asked)
                return
            if b"COPY (SELECT" not in asked:
                server.sendall(asked)
                answer(server, client.sendall)
                continue
            kept = os.path.join(folder, hashlib.sha256(asked).hexdigest())
            if not os.path.exists(kept):
                with open(kept + ".new", "wb") as file:
                    server.sendall(asked)
                    answer(server, file.write)
                os.rename(kept + ".new", kept)
            with open(kept, "rb") as file:
                client.sendfile(file)
    except (EOFError, ConnectionError):
        pass
    finally:
        server.close()
        client.close()


door = socket.create_server(("127.0.0.1", 0))
print(door.getsockname()[1], flush=True)
while True:
    threading.Thread(target=serve, args=(door.accept()[0],), daemon=True).start()
