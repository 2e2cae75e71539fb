"""Commands that report what is wrong: `check`, `rules` and `links`."""

from __future__ import annotations

import json
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterable
from datetime import date
from hashlib import sha256
from pathlib import Path

from guidetrees.check.checker import Finding, errors, findings_of_reading, hints
from guidetrees.cli.command import Command, add_argument
from guidetrees.messages.commands import how_to
from guidetrees.messages.errors import UserError
from guidetrees.messages.message import say
from guidetrees.messages.words import tell
from guidetrees.parse.ids import suggestion
from guidetrees.project.project import Project, gc_paused, read_project


@gc_paused()
def _check(options: Namespace) -> int:
    project = read_project(options.root)
    found = errors(project, options.on)
    _print_as(options, project, found or hints(project, options.on))
    return 1 if found else 0


def on_checked_project(run: Callable[[Project, Namespace], None]) -> Callable[[Namespace], int]:
    """A command that needs a project without problems. If it has problems, they are printed instead."""

    def checked(options: Namespace) -> int:
        project = read_project(options.root)
        found = errors(project)
        print_findings(found, project.settings.language)
        if not found:
            run(project, options)
        return 1 if found else 0

    return checked


def print_findings(findings: list[Finding], language: str) -> None:
    """Prints findings, each on a line. On a terminal, a last line on stderr says where the rules are explained."""
    print_lines(tell(finding.line, language) for finding in findings)
    if findings and sys.stdout.isatty():
        rules = ", ".join(dict.fromkeys(finding.rule for finding in findings))
        command = how_to("rules", RULE="…")
        shown = say("{command} shows an example of: {rules}", command=command, rules=rules)
        print(tell(shown, language), file=sys.stderr)


def _print_as(options: Namespace, project: Project, findings: list[Finding]) -> None:
    """Prints findings: for people in the site's language, for forges in English, in the form that they read."""
    match options.format:
        case "github":
            print_lines(annotation(finding, _folder_in_repository(options.root)) for finding in findings)
        case "gitlab":
            print(json.dumps(code_quality(findings, _folder_in_repository(options.root)), indent=2))
        case _:
            print_findings(findings, project.settings.language)


def annotation(finding: Finding, folder: str = "") -> str:
    """A finding as a workflow command of GitHub, which shows it beside the line in a pull request.

    `folder` is the project's folder in its repository, such as `sites/guide/`.
    """
    level = {"error": "error", "warning": "warning", "note": "notice"}[finding.level]
    place, message = finding.problem.location, escaped(str(finding.problem.message), "%\r\n")
    file, title = (escaped(text, "%\r\n:,") for text in (folder + place.file, finding.rule))
    return f"::{level} file={file},line={place.line},col={place.column},title={title}::{message}"


def escaped(text: str, characters: str) -> str:
    """The text with these characters, of which % is the first, as workflow commands write them."""
    for character in characters:
        text = text.replace(character, f"%{ord(character):02X}")
    return text


def code_quality(findings: list[Finding], folder: str = "") -> list[dict[str, object]]:
    """Findings as a code quality report, which GitLab shows beside the lines of a merge request."""
    severities = {"error": "major", "warning": "minor", "note": "info"}
    return [
        {
            "check_name": finding.rule,
            "description": str(finding.problem.message),
            "severity": severities[finding.level],
            "fingerprint": sha256(str(finding).encode()).hexdigest(),
            "location": {
                "path": folder + finding.problem.location.file,
                "lines": {"begin": finding.problem.location.line},
            },
        }
        for finding in findings
    ]


def _folder_in_repository(root: Path) -> str:
    """The project's folder in its git repository, such as `sites/guide/`; empty where it is the repository."""
    here = root.resolve()
    top = next((folder for folder in (here, *here.parents) if (folder / ".git").exists()), here)
    return "" if top == here else f"{here.relative_to(top).as_posix()}/"


FORMATS = ("text", "github", "gitlab")


def _rules(options: Namespace) -> None:
    from guidetrees.check.rule_docs import as_text, entries

    known = {entry.id: entry for entry in entries()}
    if options.rule and options.rule not in known:
        guess = suggestion(options.rule, known)
        raise UserError(say("no rule '{name}'{guess}", name=options.rule, guess=guess))
    print_lines([as_text(known[options.rule])] if options.rule else known)


def _links(options: Namespace) -> int:
    from guidetrees.project.external_links import authored_links
    from guidetrees.tools.link_check import check_links

    project = read_project(options.root)
    if project.problems:
        print_findings(findings_of_reading(project.problems), project.settings.language)
        return 1
    try:
        found = check_links(authored_links(project), project.layout.guide)
    except KeyboardInterrupt as error:  # a check can take a minute
        raise UserError(say("stopped: no link was checked")) from error
    _print_as(options, project, found)
    return 1 if any(finding.level == "error" for finding in found) else 0


def print_lines(lines: Iterable[object]) -> None:
    for line in lines:
        print(line)


def _add_format(parser: ArgumentParser) -> None:
    help = "plain lines, annotations for GitHub, or a code quality report for GitLab (default: text)"
    parser.add_argument("--format", choices=FORMATS, default="text", help=help)


def _add_check_options(parser: ArgumentParser) -> None:
    help = "check as on this day, for example 2027-06-01 (default: today)"
    parser.add_argument("--on", metavar="DATE", type=_date, help=help)
    _add_format(parser)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"invalid date '{text}': write it as 2027-06-01") from error


COMMANDS = (
    Command(
        "check",
        "report every problem of the project",
        "Reads decision_trees/, docs/ and mkdocs.yml, and prints problems, one on a line with its place, or else "
        "warnings and notes. Writes nothing.",
        success="nothing but warnings and notes",
        failure="problems",
        example="guidetrees check --on 2027-06-01",
        run=_check,
        add_options=_add_check_options,
    ),
    Command(
        "rules",
        "list the rules, or explain one with an example",
        "Prints the ids of all rules that `check` applies, or the page of one rule: what it demands, an example "
        "of a mistake and of its fix. Reads no project, writes nothing.",
        success="printed",
        failure="",
        example="guidetrees rules no-cycles",
        run=_rules,
        add_options=add_argument("RULE", "the id of a rule (default: list all ids)", nargs="?"),
    ),
    Command(
        "links",
        "report dead and moved links to other sites",
        "Requests every web address that is written in the project, once each, and prints those that are dead or "
        "have moved. The only command that uses the network. Writes nothing.",
        success="every link works, or only a person can tell",
        failure="dead or moved links, or a project that cannot be read",
        example="guidetrees links",
        run=_links,
        add_options=_add_format,
    ),
)
