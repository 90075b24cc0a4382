"""SVG files that notes bring: drawn as they were, and with nothing in them that acts."""

from xml.etree import ElementTree

import pytest
from django.core.exceptions import ValidationError

from questions.drawings import bare_drawing

HEAD = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
# Each of these must leave nothing behind that could run, load or lead away.
HOSTILE = [
    "<script>alert(1)</script>",
    '<script href="//evil.example/x.js"/>',
    '<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>',
    '<rect onload="alert(1)" onclick=\'alert(1)\' width="1"/>',
    '<a href="javascript:alert(1)"><text>t</text></a>',
    '<a xlink:href="https://evil.example"><text>t</text></a>',
    '<use href="https://evil.example/x.svg#a"/>',
    '<use xlink:href="data:image/svg+xml,%3Csvg%3E#a"/>',
    '<image href="https://evil.example/x.png"/>',
    '<image xlink:href="data:image/svg+xml;base64,PHN2Zz4="/>',
    '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example"/></foreignObject>',
    '<foreignObject><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script></foreignObject>',
    '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "<style>@import 'https://evil.example/x.css';</style>",
    "<style>rect { fill: url(https://evil.example) }</style>",
    "<style>rect { fill: u\\72l(https://evil.example) }</style>",
    '<style>rect { fill: url( "//evil.example") }</style>',
    "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
    "<style>rect { fill: u<!-- -->rl(https://evil.example) }</style>",
    "<style>rect { fill: u<g/>rl(https://evil.example) }</style>",
    "<style>rect { fill: ur<![CDATA[l(https://evil.example)]]> }</style>",
    "<style>" + " " * 9_000 + "rect { fill: url(https://evil.example) }</style>",
    '<rect style="background: url(https://evil.example)"/>',
    '<rect fill="url(https://evil.example#a)"/>',
    '<animate attributeName="href" to="javascript:alert(1)"/>',
    '<set attributeName="onload" to="alert(1)"/>',
    '<handler type="text/javascript">alert(1)</handler>',
    "<metadata><script>alert(1)</script></metadata>",
    '<?xml-stylesheet href="https://evil.example/x.css"?>',
    "<!-- <script>alert(1)</script> -->",
]


def drawn(inside="", attributes='viewBox="0 0 10 10"'):
    return bare_drawing(f"<svg {HEAD} {attributes}>{inside}</svg>".encode())


def test_shapes_words_and_colours_stay():
    inside = (
        '<defs><linearGradient id="g"><stop offset="0" stop-color="#fff"/></linearGradient></defs>'
        "<style>.a { fill: url(#g); stroke: red }</style>"
        '<g transform="translate(1 2)"><path class="a" d="M0 0L1 1" marker-end="url(#m)"/>'
        '<text x="1" y="2" style="font-size:12px">注意力 &amp; <tspan>x &lt; y</tspan></text><use href="#g"/></g>'
    )
    data, _width, _height = drawn(inside)
    text = data.decode()
    for kept in (
        "stop-color",
        ".a { fill: url(#g)",
        'd="M0 0L1 1"',
        "url(#m)",
        "注意力 &amp;",
        "x &lt; y",
        'href="#g"',
    ):
        assert kept in text
    assert bare_drawing(data)[0] == data


@pytest.mark.parametrize("inside", HOSTILE)
def test_nothing_acts_loads_or_leads_away(inside):
    data, _width, _height = drawn(inside)
    text = data.decode()
    ElementTree.fromstring(text)  # noqa: S314
    for bad in (
        "<script",
        "evil.example",
        "javascript",
        "onload",
        "onclick",
        "<iframe",
        "data:",
        "<a",
        "import",
        "<set",
    ):
        assert bad not in text


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('width="40" height="30px"', (40, 30)),
        ('width="100%" height="100%" viewBox="0 0 400.4 300"', (400, 300)),
        ('viewBox="4,4,1009,187"', (1009, 187)),
        ("", (300, 150)),
        ('width="0" height="0"', (1, 1)),
    ],
)
def test_it_says_how_large_it_is(attributes, size):
    data, width, height = drawn(attributes=attributes)
    assert (width, height) == size
    assert b"viewBox=" in data


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not xml",
        b"<svg>",
        b"<svg></svg>",
        b'<html xmlns="http://www.w3.org/1999/xhtml"/>',
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg">&a;</svg>',
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g>" * 300 + b"</g>" * 300 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b"<g/>" * 60_000 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg">' + b" " * 2**21 + b"</svg>",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="9999999" height="1"/>',
        b'<?xml version="1.0" encoding="nonsense"?><svg xmlns="http://www.w3.org/2000/svg"/>',
        b"\x89PNG\r\n\x1a\n",
    ],
)
def test_what_is_no_drawing_is_refused(data):
    with pytest.raises(ValidationError):
        bare_drawing(data)


def test_an_old_doctype_is_no_obstacle():
    doctype = '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    data, width, _height = bare_drawing(f'<?xml version="1.0"?>{doctype}<svg {HEAD} width="7" height="7"/>'.encode())
    assert width == 7
    assert b"DOCTYPE" not in data
