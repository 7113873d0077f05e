"""`toolkit calibrate`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, finish, pass_app, plural, releases_argument

if TYPE_CHECKING:
    from toolkit.translation.scores import Weights


@click.command("calibrate")
@releases_argument
@click.option("--write", is_flag=True, help="Store the weights in locales/priority.json, for all commands to use.")
@common_options
@pass_app
def command(app: App, releases: tuple[str, ...], write: bool) -> None:
    """Learn from your reviews which drafts need one.

    Compares, in the catalogues, what the machine wrote with what people approved, and fits the weights of review
    priority to it. Prints how well they predict drafts that they were not fitted on: 1 is always right, 0.5 is chance.

    \b
    Example:
        toolkit calibrate
        toolkit calibrate --write
    """
    from toolkit.files import project_lock
    from toolkit.jobs.calibrate import calibrate, store

    pipeline = app.pipeline()
    found = calibrate(pipeline, releases)
    share = round(100 * found.changed / found.examples)
    app.say(f"{plural(found.examples, 'reviewed draft')}, {found.changed:,} of them changed ({share} %).")
    app.say("How often the changed one of two drafts has the higher priority (AUC):")
    app.say(f"  {found.predicted:.3f}  weights fitted here, on drafts they were not fitted on")
    app.say(f"  {found.shipped:.3f}  shipped weights")
    if found.stored is not None:
        app.say(f"  {found.stored:.3f}  weights stored in locales/priority.json")
    for line in _in_words(found.weights):
        app.say(line)
    if found.predicted <= found.shipped:
        app.warn("the weights fitted here predict no better than the shipped ones: more reviews will help")
    written = None
    if write:
        with project_lock(pipeline.project.root):
            written = store(pipeline, found.weights)
        app.say("Stored in locales/priority.json." if written else "locales/priority.json holds these weights already.")
    else:
        app.say("Nothing stored: --write keeps these weights for translate, review and status.")
    finish(app, found.problems, [pipeline.project.shown(written)] if written else ())


def _in_words(weights: Weights) -> list[str]:
    """Each weight as what it does to a draft's odds of being changed."""
    from toolkit.translation.scores import SIGNALS

    lines = ["What they look at, and the log-odds that one unit adds:"]
    for name, (usual, weight) in weights.terms.items():
        lines.append(f"  {name:5} {weight:+9.3f}  {SIGNALS[name].meaning} (usually {usual:g})")
    left = [name for name in SIGNALS if name not in weights.terms]
    if left:
        lines.append(f"  not telling here: {', '.join(left)}")
    return lines
