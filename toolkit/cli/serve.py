"""`toolkit serve`."""

from __future__ import annotations

import signal
import webbrowser

import click

from toolkit.cli.common import App, common_options, encoding_option, pass_app


@click.command("serve")
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 takes any free one.")
@click.option("--open", "opens", is_flag=True, help="Open the index in the browser.")
@encoding_option
@common_options
@pass_app
def command(app: App, port: int, opens: bool, encoding: str | None) -> None:
    """Show the editions in a browser, and renew them when a file is saved.

    Pages are rendered in memory, output/ stays as it is. Save a catalogue in your PO editor, and the page
    that shows its release goes to the sentence you changed. A file that cannot be used is shown with what is wrong in
    it, over the last good page. Only this machine can see the preview. Ctrl-C ends it.

    \b
    Example:
        toolkit serve --open
        toolkit serve --project press --port 8080
    """
    from toolkit.preview.session import preview

    for name in (signal.SIGINT, signal.SIGTERM):  # the first may have been ignored by the shell that started us
        signal.signal(name, signal.default_int_handler)
    with preview(app.project, port, encoding=encoding, notify=app.warn) as server:
        if port not in (0, server.server_port):
            app.say(f"Port {port} is in use; this is another one.")
        click.echo(f"Preview at {server.url} (Ctrl-C ends it)")
        if opens:
            webbrowser.open(server.url)
        try:
            server.serve_forever(poll_interval=0.2)
        except KeyboardInterrupt:
            app.say("Ended.")
