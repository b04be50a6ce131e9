"""moto, answering one request after the other.

moto itself checks the condition of a write and does the write in two steps that
other requests can come between, so that two writes under the same condition may
both succeed. The services that it stands for let one succeed.
"""

import io
import threading

from moto import server

turn = threading.Lock()


class InTurn(server.DomainDispatcherApplication):
    def __call__(self, environ, start_response):
        body = environ["wsgi.input"]
        if "chunked" in environ.get("HTTP_TRANSFER_ENCODING", ""):
            content = body.read()
        else:
            content = body.read(int(environ.get("CONTENT_LENGTH") or 0))
        # Read before its turn: whoever is slow, or is cut off, keeps nobody else waiting.
        environ["wsgi.input"] = io.BytesIO(content)
        with turn:
            return super().__call__(environ, start_response)


server.DomainDispatcherApplication = InTurn
server.main()
