"""The command line: parse, call, print, exit code. Nothing imports it.

Exit codes: 0 done; 1 the command ran and the answer is no; 2 bad usage or bad input, every problem listed.
Heavy modules are imported where they are used, so that ``--help`` stays quick; each command is a file of ``commands``.
"""

from __future__ import annotations

import click

from commands.audit import audit
from commands.backup import backup, restore
from commands.batch import batch
from commands.chinese import speak_chinese
from commands.compare import compare
from commands.completion import completion
from commands.console import LANGUAGE, speak
from commands.convert import convert
from commands.doctor import doctor
from commands.dossier import dossier
from commands.failing import NeverATraceback
from commands.inspect import inspect
from commands.intake import intake
from commands.limiting import keep_limits
from commands.limits import limits
from commands.options import own_words_option
from commands.pack import pack
from commands.plan import plan
from commands.review import review
from commands.rules import rules
from commands.sample import sample
from commands.score import score
from commands.serve import serve
from commands.sign import sign
from commands.template import template
from commands.verify import verify

if LANGUAGE == "zh":
    speak_chinese()


@click.group(
    cls=NeverATraceback,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    help=speak(
        "对标：按行政标准评估单位的工作，输出评分表。",
        "Duibiao: scores an institution's work against administrative standards.",
    ),
)
@own_words_option
@click.version_option(
    package_name="duibiao",
    prog_name="duibiao",
    message="%(prog)s %(version)s",
    help=speak("显示版本。", "Show the version and exit."),
)
def main() -> None:
    """Everything hangs below this group; its help is chosen by language above."""
    keep_limits()


for command in (
    template,
    score,
    sign,
    batch,
    plan,
    inspect,
    convert,
    pack,
    intake,
    sample,
    review,
    compare,
    verify,
    dossier,
    doctor,
    limits,
    serve,
    audit,
    backup,
    restore,
    completion,
    rules,
):
    main.add_command(command)

if __name__ == "__main__":
    main()
