"""Code blocks coloured on the server, with their language as data for the label and the copy button."""

import re
from html import escape

from markdown_it import MarkdownIt
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import get_lexer_by_name

# Only these lexers ever run: some of the others take minutes on text written to hurt them.
LANGUAGES = frozenset(
    "apache asm awk bash bat batch bnf c c# c++ cfg clojure cmake console cpp cs csharp css cu cuda dart diff "
    "docker dockerfile elixir erlang fortran fsharp gherkin go golang graphql groovy haskell hcl hs html http "
    "ini javascript js json jsx julia kotlin latex less lisp llvm lua make makefile markdown matlab md "
    "nginx nim nix objc objective-c ocaml octave perl php pl postgres postgresql powershell prolog proto "
    "protobuf ps1 py pycon python python3 pytb r rb rs ruby rust sas scala scheme scss sh shell solidity sql "
    "swift systemverilog tcl terraform tex tf toml ts tsx typescript udiff v verilog vhdl vim vue xml yaml yml "
    "zig zsh".split()
)
# Lexers take time that grows with the square of a line, of a run of blanks, of the whole: listings beyond stay plain.
LONGEST, LONGEST_LINE, MOST_OF_A_NOTE = 20_000, 300, 60_000
BLANKS = re.compile(r"\s{200}")
WIDE = 24  # columns that fit into the narrowest page

FORMATTER = HtmlFormatter(nowrap=True)


def code(md: MarkdownIt) -> None:
    md.add_render_rule("fence", fence)
    md.add_render_rule("code_block", lambda _r, tokens, index, _options, env: figure(tokens[index].content, "", env))


def fence(_renderer, tokens, index, _options, env) -> str:
    return figure(tokens[index].content, language_of(tokens[index].info), env)


def language_of(info: str) -> str:
    """The first word of a fence's info string: `python` of ` ```python {title="a.py"} ` and of ` ```{python} `."""
    words = re.split(r"[\s{}:,=]+", info.strip(" {}.\t")[:100], maxsplit=1)
    return words[0] if re.fullmatch(r"[\w+#.-]{1,30}", words[0]) else ""


def figure(source: str, language: str, env: dict) -> str:
    lexer = get_lexer_by_name(language.lower(), stripnl=False) if language.lower() in LANGUAGES else None
    body = coloured(source, lexer, env) if lexer else escape(source, quote=False)
    label = lexer.name if lexer else language
    data = f' data-language="{escape(label)}"' if label else ""
    # What may scroll must be reachable by keyboard.
    scrolls = ' tabindex="0"' if any(len(line.encode("gb18030")) > WIDE for line in source.splitlines()) else ""
    return f'<figure class="code"{data}><pre{scrolls}><code>{body}</code></pre></figure>\n'


def coloured(source: str, lexer, env: dict) -> str:
    longest_line = max(map(len, source.splitlines()), default=0)
    env["coloured"] += len(source)
    if (
        len(source) > LONGEST
        or longest_line > LONGEST_LINE
        or BLANKS.search(source)
        or env["coloured"] > MOST_OF_A_NOTE
    ):
        return escape(source, quote=False)
    return highlight(source, lexer, FORMATTER)
