"""What rendered HTML may hold; the lists are written again here, not taken from the code."""

from html.parser import HTMLParser

VOID = {"br", "hr", "img", "input"}
HTML = set(
    "a b blockquote br caption code dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr i img input "
    "ins kbd li mark ol p pre q rp rt ruby samp section small span strong sub summary sup table tbody td tfoot "
    "th thead tr u ul var".split()
)
MATH = set(
    "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
    "mrow ms mspace msqrt msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
ATTRIBUTES = {
    "a": {"href", "title", "id", "class", "rel", "aria-labelledby"},
    "details": {"open"},
    "div": {"class", "role", "tabindex", "aria-label"},
    "figure": {"class", "data-language"},
    "img": {"src", "alt", "title", "width", "height", "loading", "decoding"},
    "input": {"type", "disabled", "checked", "aria-label"},
    "li": {"id", "class"},
    "ol": {"start", "class"},
    "pre": {"tabindex"},
    "span": {"class", "tabindex"},
    "td": {"class", "colspan", "rowspan"},
    "th": {"class", "colspan", "rowspan"},
    **{tag: {"id"} for tag in ("h3", "h4", "h5", "h6")},
    **{tag: {"class"} for tag in ("code", "p", "section", "sup", "ul")},
}
MATH_ATTRIBUTES = set(
    "accent accentunder class columnspan depth display displaystyle encoding fence form height largeop "
    "linethickness lspace mathcolor mathvariant maxsize minsize movablelimits notation rowspan rspace "
    "scriptlevel separator stretchy symmetric voffset width".split()
)
CLASSES = set(
    "anchor footnote-back footnote-ref footnotes math-error math-display math-scroll table-scroll code task "
    "tasks callout callout-title callout-note callout-tip callout-important callout-warning callout-caution "
    "align-left align-center align-right".split()
)


class Reader(HTMLParser):
    """Collects what is wrong with a piece of HTML."""

    def __init__(self, prefix: str):
        super().__init__()
        self.prefix, self.problems, self.opened, self.ids = prefix, [], [], set()

    def handle_starttag(self, tag, attrs):
        if tag not in HTML | MATH:
            self.problems.append(f"tag {tag}")
        if tag not in VOID:
            self.opened.append(tag)
        allowed = MATH_ATTRIBUTES if tag in MATH else ATTRIBUTES.get(tag, set())
        for name, value in attrs:
            if name not in allowed:
                self.problems.append(f"attribute {name} of {tag}")
            self.check_value(tag, name, value or "")

    def handle_endtag(self, tag):
        if not self.opened or self.opened.pop() != tag:
            self.problems.append(f"unbalanced {tag}")

    def handle_comment(self, data):
        self.problems.append("comment")

    handle_decl = unknown_decl = handle_pi = handle_comment

    def check_value(self, tag, name, value):
        if name == "href" and not self.is_safe_address(value):
            self.problems.append(f"href {value!r}")
        elif name == "src" and not value.startswith("/media/"):
            self.problems.append(f"src {value!r}")
        elif name == "id":
            if not value.startswith(self.prefix) or value in self.ids:
                self.problems.append(f"id {value!r}")
            self.ids.add(value)
        elif name == "class":
            # Pygments names its classes with one to three letters and a digit at most.
            unknown = {word for word in value.split() if word not in CLASSES and len(word) > 3}
            if unknown and not all(word.startswith(("math-", "menclose-")) for word in unknown):
                self.problems.append(f"class {value!r}")
        elif tag == "input" and name == "type" and value != "checkbox":
            self.problems.append(f"type {value!r}")

    def is_safe_address(self, value):
        if any(ord(char) < 33 for char in value) or value.startswith(("//", "/\\")):
            return False
        return value.startswith(("http://", "https://", "mailto:", "/", f"#{self.prefix}"))


def problems_of(html: str, prefix: str) -> list[str]:
    reader = Reader(prefix)
    reader.feed(html)
    reader.close()
    return reader.problems + [f"open {tag}" for tag in reader.opened]
