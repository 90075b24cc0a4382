"""Turns bytes that say they are an SVG into a drawing of our own: shapes, words and colours, and nothing that acts.

Written anew element by element, so that only what is named here can come out. A drawing is shown as a picture: what it
would load or run there browsers refuse already; this is for those who open it by itself.
"""

import re
from xml.parsers import expat
from xml.sax.saxutils import escape, quoteattr

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SVG, XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
MOST_BYTES, MOST_ELEMENTS, DEEPEST = 2 * 2**20, 50_000, 200
ELEMENTS = frozenset(
    "svg g defs symbol use path rect circle ellipse line polyline polygon text tspan textPath title desc style "
    "linearGradient radialGradient stop clipPath mask marker pattern filter feBlend feColorMatrix feComposite "
    "feDropShadow feFlood feGaussianBlur feMerge feMergeNode feOffset".split()
)
TRANSPARENT = frozenset(["a", "switch"])  # what is inside is shown, the element is not
ATTRIBUTES = frozenset(
    "alignment-baseline amplitude baseline-shift class clip-path clip-rule clipPathUnits color color- "
    "interpolation-filters cx cy d direction dominant-baseline dx dy fill fill-opacity fill-rule filter "
    "filterUnits flood-color flood-opacity font-family font-size font-stretch font-style font-variant font-weight "
    "fr fx fy gradientTransform gradientUnits height id in in2 k1 k2 k3 k4 kerning letter-spacing lengthAdjust "
    "lang marker-end marker-mid marker-start markerHeight markerUnits markerWidth mask maskContentUnits maskUnits "
    "mode offset opacity operator orient overflow paint-order pathLength patternContentUnits patternTransform "
    "patternUnits points preserveAspectRatio primitiveUnits r refX refY result rotate rx ry shape-rendering "
    "spreadMethod startOffset stdDeviation stop-color stop-opacity stroke stroke-dasharray stroke-dashoffset "
    "stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity stroke-width style text-anchor text- "
    "decoration text-rendering textLength transform transform-origin type values vector-effect version viewBox "
    "visibility white-space width word-spacing writing-mode x x1 x2 y y1 y2".split()
)
# Styles may refer to parts of the drawing, and to nothing else, however that is spelt.
REACHES_OUT = re.compile(
    r"url\(\s*[\"']?\s*(?!#)|@import|javascript:|expression\(|-moz-binding|\\|image-set\(|src\(", re.I
)
LENGTH = re.compile(r"\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*")


class Drawing:
    """Reads a drawing and writes it down again; `width` and `height` are in pixels."""

    def __init__(self, data):
        self.parts, self.depth, self.left_out, self.elements = [], 0, 0, 0
        self.open = []  # what to write when an element ends
        self.style = None  # the words of the style sheet that is being read
        self.width, self.height = 300, 150  # as browsers take it where nothing is said
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler, parser.EndElementHandler = self._start, self._end
        parser.CharacterDataHandler = self._text
        parser.EntityDeclHandler = self._refuse
        parser.ExternalEntityRefHandler = lambda *_: False
        parser.Parse(data, True)

    def _refuse(self, *_facts):
        raise ValueError("it declares entities")

    def _start(self, name, attributes):
        self.elements += 1
        if self.elements > MOST_ELEMENTS or len(self.open) > DEEPEST:
            raise ValueError("it is too large")
        space, _blank, tag = name.rpartition(" ")
        if not self.open and (space, tag) != (SVG, "svg"):
            raise ValueError("it is no drawing")
        if self.left_out or self.style is not None or space != SVG or tag not in ELEMENTS | TRANSPARENT:
            self.left_out += 1
            self.open.append("")
        elif tag in TRANSPARENT:
            self.open.append("")
        else:
            kept = _kept(attributes)
            if not self.open:
                kept = {"xmlns": SVG, **self._measured(kept)}
            self.parts.append(f"<{tag}{''.join(f' {key}={quoteattr(value)}' for key, value in kept.items())}>")
            self.open.append(f"</{tag}>")
            self.style = [] if tag == "style" else None

    def _end(self, _name):
        closing = self.open.pop()
        if self.left_out:
            self.left_out -= 1
        elif self.style is not None:  # judged as a whole: what reaches out may come in pieces
            style, self.style = "".join(self.style), None
            self.parts.append("" if REACHES_OUT.search(style) else escape(style))
        self.parts.append(closing)

    def _text(self, text):
        if not self.left_out:
            self.parts.append(escape(text)) if self.style is None else self.style.append(text)

    def _measured(self, attributes):
        """With a viewBox, so that it can be shown smaller; its size is that in pixels, or that of the viewBox."""
        box = [float(part) for part in re.findall(r"-?\d+(?:\.\d+)?(?:e-?\d+)?", attributes.get("viewBox", ""))]
        own = [LENGTH.fullmatch(attributes.get(side, "")) for side in ("width", "height")]
        if all(own):
            self.width, self.height = (max(1, round(float(match[1]))) for match in own)
        elif len(box) == 4 and box[2] > 0 and box[3] > 0:
            self.width, self.height = max(1, round(box[2])), max(1, round(box[3]))
        if max(self.width, self.height) > 100_000:
            raise ValueError("it is too large")
        size = {"width": str(self.width), "height": str(self.height)}
        return attributes | size | ({} if len(box) == 4 else {"viewBox": f"0 0 {self.width} {self.height}"})


def _kept(attributes):
    kept = {}
    for name, value in attributes.items():
        space, _blank, name = name.rpartition(" ")
        if name == "href" and space in ("", XLINK):
            if re.fullmatch(r"#[\w.:-]+", value):
                kept["href"] = value
        elif not space and name in ATTRIBUTES and not REACHES_OUT.search(value):
            kept[name] = value
    return kept


def bare_drawing(data):
    """(bytes, width, height) of the SVG in `data`, written anew. Raises ValidationError."""
    if len(data) > MOST_BYTES:
        raise ValidationError(_("This drawing is larger than 2 MB."))
    try:
        drawing = Drawing(data)
    except (expat.ExpatError, ValueError, LookupError) as mistake:
        raise ValidationError(_("This is not an SVG drawing, or one that cannot be shown safely.")) from mistake
    return "".join(drawing.parts).encode(), drawing.width, drawing.height
