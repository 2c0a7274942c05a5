"""Commands that run things: demo, serve, key."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from callworth.context import AsOf, Json, read_moment, use_store
from callworth.output import print_json, print_text, say
from data import new_key, read_settings, revoke_key

if TYPE_CHECKING:
    from data import Settings

Port = Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65_535)]
Host = Annotated[str, typer.Option(help="Address to listen on; this machine alone by default.")]
DEFAULT_PORT = 3000
LOOPBACK = "127.0.0.1"


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    app.command("demo")(demo)
    app.command("serve")(serve)
    key = typer.Typer(help="Access keys of the service.", no_args_is_help=True)
    key.command("new")(key_new)
    key.command("revoke")(key_revoke)
    app.add_typer(key, name="key")


def demo(
    serve_it: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it afterwards.")] = True,
    leads: Annotated[int, typer.Option(help="How many leads to simulate.", min=3_000)] = 20_000,
    months: Annotated[int, typer.Option(help="How many months of history.", min=24)] = 30,
    seed: Annotated[int, typer.Option(help="The same seed gives the same history.")] = 1,
    port: Port = DEFAULT_PORT,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """The whole chain on a simulated operation, then serves it.

    It lives in a folder of its own inside the home folder, made anew each time; your own data is not touched.

    Example: callworth demo --no-serve
    """
    from callworth.demo import demo_settings, print_demo, run_demo
    from serving.server import listen

    if serve_it:
        listen(LOOPBACK, port).close()  # a port that is taken is told before the work, not after it
    settings = demo_settings(read_settings())
    result = run_demo(settings, leads=leads, months=months, seed=seed, as_of=read_moment(as_of))
    print_json(result.as_json()) if as_json else print_demo(result)
    if serve_it:
        with use_store(settings) as store, store.transaction() as connection:
            access = new_key(connection, "demo", at=read_moment(None))
        _serve(settings, LOOPBACK, port, access)


def serve(port: Port = DEFAULT_PORT, host: Host = LOOPBACK) -> None:
    """The service: API and pages.

    Example: callworth serve --port 3001
    """
    _serve(read_settings(), host, port, None)


def key_new(
    name: Annotated[str, typer.Argument(help="What the key is called, as dialer-1.")],
    client: Annotated[str | None, typer.Option(help="Only this client's leads.")] = None,
    as_json: Json = False,
) -> None:
    """A new access key; it is shown this once.

    Example: callworth key new dialer-1
    """
    with use_store() as store, store.transaction() as connection:
        access = new_key(connection, name, client, at=read_moment(None))
    print_json({"name": name, "key": access, "client": client}) if as_json else print_text(access)


def key_revoke(name: Annotated[str, typer.Argument(help="What the key is called.")], as_json: Json = False) -> None:
    """Make a key worthless, at once.

    Example: callworth key revoke dialer-1
    """
    with use_store() as store, store.transaction() as connection:
        revoke_key(connection, name, at=read_moment(None))
    print_json({"name": name, "revoked": True}) if as_json else say(f"Key '{name}' is revoked.")


def _serve(settings: Settings, host: str, port: int, access: str | None) -> None:
    from serving import serve as run_service

    def announce(address: str) -> None:
        say(f"Serving on {address} (Ctrl-C ends it). OpenAPI: {address}/docs.json")
        if access is None:
            say("Access needs a key; make one with: callworth key new NAME")
        else:
            say(f"Open {address}; user: demo, password: {access}")

    run_service(settings, host=host, port=port, announce=announce)
