"""The last step, whatever came before: only what our own rules make passes, everything else is inert."""

import nh3
from pygments.token import STANDARD_TYPES

from questions.markdown.callouts import KINDS

MATH = frozenset(
    "math annotation menclose merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot "
    "mrow ms mspace msqrt msub msubsup msup mtable mtd mtext mtr munder munderover none semantics".split()
)
MATH_ATTRIBUTES = frozenset(
    "accent accentunder columnspan depth display displaystyle encoding fence form height largeop linethickness "
    "lspace mathcolor mathvariant maxsize minsize movablelimits notation rowspan rspace scriptlevel separator "
    "stretchy symmetric voffset width".split()
)
TAGS = MATH | frozenset(
    "a b blockquote br caption code dd del details div dl dt em figcaption figure h3 h4 h5 h6 hr i img input "
    "ins kbd li mark ol p pre q rp rt ruby samp section small span strong sub summary sup table tbody td tfoot "
    "th thead tr u ul var".split()
)
ALIGNMENTS = frozenset({"align-left", "align-center", "align-right"})
MATH_CLASSES = frozenset(
    "math-left math-right math-flush-start math-flush-end math-flush-top math-flush-bottom math-indent math-"
    "thin-end math-half math-whole math-rule-start math-rule-end math-rule-top math-rule-bottom menclose-"
    "updiagonalstrike menclose-downdiagonalstrike menclose-horizontalstrike math-underline".split()
)
CLASSES = {
    **dict.fromkeys(MATH, MATH_CLASSES),
    "a": {"anchor", "footnote-back"},
    "code": {"math-error"},
    "div": ALIGNMENTS | {"callout", "table-scroll"} | {f"callout-{kind}" for kind in KINDS},
    "figure": {"code"},
    "li": {"task"},
    "ul": {"tasks"},
    "ol": {"tasks"},
    "p": ALIGNMENTS | {"callout-title"},
    "section": {"footnotes"},
    "span": {"math-display", "math-scroll"} | {name for name in STANDARD_TYPES.values() if name},
    "sup": {"footnote-ref"},
    "td": ALIGNMENTS,
    "th": ALIGNMENTS,
}
HEADING = frozenset({"id"})
ATTRIBUTES = {
    **dict.fromkeys(MATH, MATH_ATTRIBUTES),
    "a": {"href", "title", "id", "aria-labelledby"},
    "details": {"open"},
    "div": {"aria-label"},
    "figure": {"data-language"},
    "h3": HEADING,
    "h4": HEADING,
    "h5": HEADING,
    "h6": HEADING,
    "img": {"src", "alt", "title", "width", "height"},
    "input": {"checked", "disabled"},
    "li": {"id"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
}
VALUES = {
    "div": {"role": {"group"}, "tabindex": {"0"}},
    "pre": {"tabindex": {"0"}},
    "span": {"tabindex": {"0"}},
    "img": {"loading": {"lazy"}, "decoding": {"async"}},
    "input": {"aria-label": {"✓", "○"}},
}
CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    allowed_classes={tag: set(names) for tag, names in CLASSES.items()},
    tag_attribute_values=VALUES,
    set_tag_attribute_values={"input": {"type": "checkbox"}},  # one only: several come in random order
    clean_content_tags={"script", "style"},
    url_schemes={"http", "https", "mailto"},
    link_rel="nofollow ugc noopener",
    strip_comments=True,
)


def sanitise(html: str) -> str:
    return CLEANER.clean(html)
