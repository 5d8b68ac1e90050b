"""The server: opens the assistant once, and serves Chainlit's page and the HTTP API with it until told to stop."""

from __future__ import annotations

import ipaddress
import logging
import signal
import socket
import sys
import threading
import warnings
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, closing, contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import FrameType

import click
import uvicorn
from psycopg_pool import ConnectionPool
from starlette.applications import Starlette
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from assistant.adapters.postgres.conversations import PostgresConversations
from assistant.adapters.postgres.readiness import Readiness
from assistant.answering.prompting import STAGES
from assistant.answering.turn import Assistant
from assistant.bootstrap import WARMED, Service, open_service, warm
from assistant.entrypoints.accounts import Accounts, read_accounts, session_secret
from assistant.entrypoints.chat.app_root import write_app_root
from assistant.entrypoints.http import create_api, read_keys
from assistant.entrypoints.http.keys import Keys
from assistant.errors import BudongiError, ModelError, SettingsError
from assistant.settings import Settings, set_for_libraries

# Chainlit acts on these when it finds them: it would store conversations in a database, send them to a service, or
# answer in other chat programs.
CHAINLIT_INTEGRATIONS = (
    *("DATABASE_URL", "LITERAL_API_KEY", "DISCORD_BOT_TOKEN", "TEAMS_APP_ID", "CHAINLIT_CUSTOM_AUTH"),
    *("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_WEBSOCKET_TOKEN"),
)
SHUTDOWN_SECONDS = 3


@contextmanager
def open_warm_service(settings: Settings, fetch: str = "") -> Iterator[Service]:
    """What is served, while the chat model is warmed; ``fetch`` is a command that installs a local one."""
    with open_service(settings, fetch) as service:
        assistant = service.desk().assistant
        if service.joining:
            click.echo("The local chat model joins as soon as it is loaded; until then answers quote the evidence.")
        elif assistant.chat_model is None:
            click.echo("No chat model: answers quote the evidence.")
        closing = threading.Event()
        # A daemon: it ends with the process. A question goes before it.
        threading.Thread(target=_warm, args=(assistant, closing), daemon=True).start()
        try:
            yield service
        finally:
            closing.set()


def _warm(assistant: Assistant, closing: threading.Event) -> None:
    """The prompts that most questions start with, then the others, while the page is already up."""
    try:
        warm(assistant)
        if assistant.chat_model is not None:
            click.echo(f"The chat model answers from now on: {assistant.chat_model.name}.")
        warm(assistant, [stage for stage in STAGES if stage not in WARMED])
        warm(assistant, STAGES, roles=["agent"])  # for the desk's drafts
    except ModelError as error:  # a question is told so, too
        if not closing.is_set():
            click.echo(f"error: {error}", err=True)


def serve(
    settings: Settings,
    host: str = "127.0.0.1",
    port: int = 8000,
    open_browser: bool = False,
    *,
    opener: Callable[[Settings], AbstractContextManager[Service]] = open_warm_service,
    curation: Callable[[ConnectionPool, Settings], ASGIApp] | None = None,
) -> None:
    """Serve the chat at ``http://host:port``, and the API at ``/v1``, until Ctrl-C or SIGTERM; then close both.

    ``port`` 0 takes a free one; the address is printed once the page can be opened. ``opener`` opens what answers;
    ``curation`` makes the pages under ``/curation``, which only admins see.

    Raises:
        SettingsError: ``host`` is not of this computer and there is no login; accounts or keys cannot be read.
        BudongiError: the port is taken, or the assistant cannot be opened.
    """
    accounts = read_accounts(settings.auth_users) if settings.auth_users else None
    keys = read_keys(settings.api_keys)
    # Whom a header names is anybody that can reach the server: only a proxy on this computer may.
    with closing(_bind(host, port, accounts is not None and not settings.auth_header)) as listener, _interruptible():
        port = listener.getsockname()[1]
        address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
        click.echo(f"Starting budongi at {address} …")
        with opener(settings) as service, ExitStack() as stack:
            # A folder per port: only the process that holds the port writes there.
            curated = curation(service.pool, settings) if curation and service.pool else None
            root = settings.home / "chat" / str(port)
            server = _Server(_configure(service, settings, root, accounts, keys, curated, stack), address)
            server.open_browser = open_browser
            server.run(sockets=[listener])
            click.echo("Closing budongi …")


class _Server(uvicorn.Server):
    """Announces the address once connections are accepted."""

    def __init__(self, config: uvicorn.Config, address: str) -> None:
        super().__init__(config)
        self.address = address
        self.open_browser = False

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        click.echo(f"budongi is ready: {self.address}  (Ctrl-C ends it)")
        if self.open_browser:
            _open_in_browser(self.address)


def _configure(
    service: Service,
    settings: Settings,
    root: Path,
    accounts: Accounts | None,
    keys: Keys,
    curation: ASGIApp | None,
    stack: ExitStack,
) -> uvicorn.Config:
    """Put page and API together; ``stack`` closes what they have open, before the service is closed."""
    write_app_root(root)
    set_for_libraries(
        CHAINLIT_APP_ROOT=str(root),
        # Chainlit would load a .env of the working directory into the environment; settings have been read by now.
        CHAINLIT_ENV_FILE=str(root / ".env"),
        # A library that Chainlit brings along reports its use to its makers when it is started; nothing here starts it.
        TRACELOOP_TELEMETRY="false",
        CHAINLIT_AUTH_SECRET=session_secret(settings.home / "chat-secret") if accounts else None,
        **dict.fromkeys(CHAINLIT_INTEGRATIONS),
    )
    if settings.slack == "on":
        require_slack()
        set_for_libraries(SLACK_BOT_TOKEN=settings.slack_bot_token, SLACK_SIGNING_SECRET=settings.slack_signing_secret)

    # Imported here and not above: importing Chainlit reads its configuration from the app root.
    from chainlit.server import app, sio

    from assistant.entrypoints.chat.gate import MOST_BYTES, PageGate, close_the_rest
    from assistant.entrypoints.chat.handlers import install
    from assistant.entrypoints.chat.limits import Limits
    from assistant.entrypoints.chat.login import require_login
    from assistant.entrypoints.chat.resuming import keep_history
    from assistant.entrypoints.chat.security import OwnForms, secure
    from assistant.entrypoints.chat.slack import speak_to
    from assistant.entrypoints.http.probes import probes

    # It also calls for the profiles where it cannot wait for them, and goes on without.
    warnings.filterwarnings("ignore", message="coroutine 'offer_profiles.*' was never awaited", category=RuntimeWarning)
    # Its warnings tell every visit of a browser in a third language that it gets the English page.
    logging.getLogger("chainlit").setLevel(logging.ERROR)
    logins = require_login(accounts, settings.auth_header) if accounts else None
    install(service.desk, Limits(settings.chat_per_minute, logins), curation=curation is not None)
    if settings.slack == "on":
        speak_to(settings.slack_api)
    close_the_rest(sio)
    if accounts and service.pool and settings.history_days:
        conversations = PostgresConversations(service.pool, settings.history_days)
        stack.callback(keep_history(conversations, accounts).close)
    secure(app, sio, any_host=accounts is not None)
    # Where people log in, a proxy may stand before this server, and every request seem to come from this computer.
    api = create_api(service.desk, keys, settings.api_per_minute, open_here=accounts is None)
    readiness = Readiness(service.pool) if service.pool else None
    routes: list[BaseRoute] = [*probes(readiness, service.joining), Mount("/v1", api)]
    if curation:
        forms = OwnForms(curation, any_host=accounts is not None)
        routes += [Route("/curation", RedirectResponse("/curation/")), Mount("/curation", forms)]
    # Beside Chainlit's app and not in it: that one answers every path that it does not know with its page.
    return uvicorn.Config(
        PageGate(Starlette(routes=[*routes, Mount("/", app)]), logins),
        ws_max_size=MOST_BYTES,
        # Chainlit's own lifespan ends the process on the spot (os._exit), before the assistant could be closed.
        lifespan="off",
        # At "debug" the server would write down every request with its cookies, and what people say.
        log_level="info" if settings.log_level.lower() == "debug" else settings.log_level.lower(),
        access_log=False,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def require_slack() -> None:
    """Raises SettingsError where the library that Chainlit speaks to Slack with is not installed."""
    if find_spec("slack_bolt") is None:
        raise SettingsError(
            "BUDONGI_SLACK is on, but slack_bolt is not installed. Install the extra (pip install 'budongi[slack]', or "
            "uv sync --extra slack), or set BUDONGI_SLACK to off."
        )


def _bind(host: str, port: int, open_to_others: bool) -> socket.socket:
    try:
        address = ipaddress.ip_address("127.0.0.1" if host == "localhost" else host)
    except ValueError:
        raise SettingsError(f"{host!r} is no address of this computer; give its number, such as 0.0.0.0.") from None
    if not address.is_loopback and not open_to_others:
        raise SettingsError(
            f"The chat cannot be served on {host} without a login: anybody who reaches it could use it. Add people "
            "with `budongi user NAME` and set BUDONGI_AUTH_USERS (without BUDONGI_AUTH_HEADER), or use --host "
            "127.0.0.1 and a tunnel (for example ssh -L) to reach it from elsewhere."
        )
    listener = socket.socket(socket.AF_INET6 if address.version == 6 else socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((str(address), port))
        # Held from now on, so that two starts at once cannot both believe they have the port.
        listener.listen()
    except OSError as error:
        listener.close()
        raise BudongiError(
            f"Port {port} on {host} cannot be used ({error.strerror or error}); another program, perhaps another "
            f"budongi, listens there. End that one, or choose another port: budongi up --port {port + 1}."
        ) from None
    return listener


@contextmanager
def _interruptible() -> Iterator[None]:
    """Ctrl-C and SIGTERM leave the block in order, closing what it opened, also while the assistant is opening."""

    def interrupt(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    previous = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("budongi has ended.")
    finally:
        signal.signal(signal.SIGTERM, previous)


def _open_in_browser(address: str) -> None:
    # Only for a person at a screen: never in a pipeline, and no text browser inside the terminal.
    if not sys.stdout.isatty():
        return
    try:
        browser = webbrowser.get()
    except webbrowser.Error:
        return
    if type(browser) is not webbrowser.GenericBrowser:
        browser.open(address)
