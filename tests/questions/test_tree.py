"""Topics as a tree and questions in reading order, without a database."""

from dataclasses import dataclass

import pytest

from questions.tree import neighbours, nodes, place_in, reading_order, roll_up, trim, walk


@dataclass
class Shelf:
    pk: int
    path: str
    position: int = 0

    @property
    def ancestor_ids(self):
        return [int(part) for part in self.path.split("/")[1:-2]]


@dataclass
class Asked:
    pk: int
    topic_id: int = 1
    parent_id: int | None = None
    position: int = 0


def keys(things):
    return [thing.pk for thing in things]


@pytest.fixture
def roots():
    """1 (2 (4), 3), 5"""
    return nodes([Shelf(5, "/5/", 9), Shelf(3, "/1/3/", 2), Shelf(4, "/1/2/4/"), Shelf(2, "/1/2/", 1), Shelf(1, "/1/")])


def test_a_tree_is_walked_from_the_top_by_position(roots):
    assert keys(roots) == [1, 5]
    assert keys(walk(roots)) == [1, 2, 4, 3, 5]


def test_equal_positions_go_by_age():
    assert keys(nodes([Shelf(2, "/2/"), Shelf(1, "/1/")])) == [1, 2]


def test_where_the_parent_is_missing_the_next_above_takes_its_place():
    roots = nodes([Shelf(1, "/1/"), Shelf(4, "/1/2/4/"), Shelf(9, "/8/9/")])
    assert keys(roots) == [1, 9]
    assert keys(roots[0].children_nodes) == [4]


def test_counts_roll_up(roots):
    totals = roll_up(roots, {4: {"total": 3, "answered": 1}, 2: {"total": 2}, 5: {"total": 1}}, ["total", "answered"])
    assert [(node.pk, node.total, node.answered) for node in walk(roots)] == [
        (1, 5, 1),
        (2, 5, 1),
        (4, 3, 1),
        (3, 0, 0),
        (5, 1, 0),
    ]
    assert totals == {"total": 6, "answered": 1}
    assert roots[0].children_nodes[0].own == {"total": 2}


def test_trim_leaves_out_what_holds_nothing(roots):
    roll_up(roots, {4: {"total": 1}}, ["total"])
    assert keys(walk(trim(roots))) == [1, 2, 4]


def test_place_in_the_tree(roots):
    first, second = roots[0].children_nodes
    assert place_in(roots, first) == ([roots[0]], None, second)
    assert place_in(roots, second) == ([roots[0]], first, None)
    assert place_in(roots, roots[1]) == ([], roots[0], None)


def test_questions_are_read_topic_by_topic_and_follow_ups_behind_their_parent():
    topics = [Shelf(2, "/2/"), Shelf(1, "/1/")]
    questions = [
        Asked(1, position=1),
        Asked(2, position=2),
        Asked(3, position=3, parent_id=1),
        Asked(4, position=0, parent_id=3),
        Asked(5, topic_id=2, position=9),
    ]
    assert keys(reading_order(topics, questions)) == [5, 1, 3, 4, 2]


def test_a_follow_up_on_another_topic_stands_there():
    topics = [Shelf(1, "/1/"), Shelf(2, "/2/")]
    assert keys(reading_order(topics, [Asked(7, topic_id=2, parent_id=8), Asked(8)])) == [8, 7]


def test_a_follow_up_whose_parent_is_not_shown_stands_by_its_position():
    assert keys(reading_order([Shelf(1, "/1/")], [Asked(2, position=2), Asked(1, position=1, parent_id=99)])) == [1, 2]


def test_questions_that_follow_each_other_in_a_circle_are_not_lost():
    circle = [Asked(1, parent_id=2), Asked(2, parent_id=1), Asked(3)]
    assert sorted(keys(reading_order([Shelf(1, "/1/")], circle))) == [1, 2, 3]


def test_neighbours():
    ordered = [Asked(4), Asked(2), Asked(9)]
    assert neighbours(ordered, 4) == (None, ordered[1])
    assert neighbours(ordered, 2) == (ordered[0], ordered[2])
    assert neighbours(ordered, 9) == (ordered[1], None)
