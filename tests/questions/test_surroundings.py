"""Links to sibling notes and pictures beside them, however their authors write them."""

import pytest

from questions.surroundings import Surroundings

FILES = frozenset({"README.md", "docs/a/LoRA 系列（一）.md", "docs/a/b.md", "docs/c/README.md", "Case.md", "case.md"})
PICTURES = {"docs/a/image/x y.png": ("/media/pictures/1.png", 30, 20), "img/top.png": ("/media/pictures/2.png", 3, 2)}
AROUND = Surroundings("/sources/zoo/notes/", "https://github.com/Zoe/zoo", FILES, PICTURES)
B = "/sources/zoo/notes/docs/a/b.md"


@pytest.mark.parametrize(
    ("href", "address"),
    [
        ("b.md", B),
        ("./b.md", B),
        ("../a/b.md", B),
        ("b", B),
        ("b.md#part-two", f"{B}?at=part-two"),
        ("b.md?plain=1#part", f"{B}?at=part"),
        ("/a/b.md", B),  # docsify: from the folder of the site
        ("/docs/a/b.md", B),
        ("docs/a/b.md", B),  # from the top, without saying so
        ("B.MD", B),
        ("LoRA%20系列（一）.md", "/sources/zoo/notes/docs/a/LoRA%20%E7%B3%BB%E5%88%97%EF%BC%88%E4%B8%80%EF%BC%89.md"),
        ("../c", "/sources/zoo/notes/docs/c/README.md"),
        ("../c/", "/sources/zoo/notes/docs/c/README.md"),
        ("../../Case.md", "/sources/zoo/notes/Case.md"),
        ("../../case.md", "/sources/zoo/notes/case.md"),
        ("#here", "/sources/zoo/notes/docs/a/self.md?at=here"),
        ("https://github.com/Zoe/zoo/blob/main/docs/a/b.md#x", f"{B}?at=x"),
        ("https://github.com/zoe/zoo/tree/main/docs/c", "/sources/zoo/notes/docs/c/README.md"),
        ("https://github.com/Zoe/zoo/issues/1", "https://github.com/Zoe/zoo/issues/1"),
        (
            "https://github.com/Zoe/zoology/blob/main/docs/a/b.md",
            "https://github.com/Zoe/zoology/blob/main/docs/a/b.md",
        ),
        ("https://example.org/b.md", "https://example.org/b.md"),
        ("mailto:zoe@example.org", "mailto:zoe@example.org"),
        ("missing.md", None),
        ("../../../../etc/passwd", None),
        ("file:///etc/passwd", None),
        ("javascript:alert(1)", None),
        ("//evil.example/b.md", None),
        ("", None),
    ],
)
def test_a_link_in_a_note(href, address):
    around = Surroundings(AROUND.address, AROUND.repository, FILES | {"docs/a/self.md"}, PICTURES)
    assert around.link_from("docs/a/self.md")(href) == address


@pytest.mark.parametrize(
    ("src", "found"),
    [
        ("image/x y.png", True),
        ("image/x%20y.png", True),
        ("./image/x%20y.png", True),
        ("/a/image/x y.png", True),
        ("https://github.com/Zoe/zoo/raw/main/docs/a/image/x%20y.png", True),
        ("https://raw.githubusercontent.com/Zoe/zoo/main/docs/a/image/x%20y.png", True),
        ("https://raw.githubusercontent.com/Mallory/zoo/main/docs/a/image/x%20y.png", False),
        ("https://example.org/image/x%20y.png", False),
        ("image/missing.png", False),
        ("b.md", False),
    ],
)
def test_a_picture_in_a_note(src, found):
    assert AROUND.image_from("docs/a/self.md")(src) == (PICTURES["docs/a/image/x y.png"] if found else None)
