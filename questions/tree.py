"""Topics as a tree and questions in reading order. Pure: works on what is handed in, asks no database."""

from collections import Counter, defaultdict


def nodes(topics):
    """The roots among `topics`, each topic with its `children_nodes`, siblings by position.

    Where a parent is not among them (it is retired, or not asked for), the nearest ancestor that is takes its place.
    """
    topics = sorted(topics, key=lambda topic: (topic.position, topic.pk))
    by_id = {topic.pk: topic for topic in topics}
    for topic in topics:
        topic.children_nodes = []
    roots = []
    for topic in topics:
        above = next((by_id[pk] for pk in reversed(topic.ancestor_ids) if pk in by_id), None)
        (above.children_nodes if above else roots).append(topic)
    return roots


def walk(roots):
    """Every node from the top, each before what is below it."""
    for node in roots:
        yield node
        yield from walk(node.children_nodes)


def place_in(roots, topic):
    """Where a node stands: the nodes above it from the root down, and those beside it, before and after (or None)."""
    ancestors, level = [], roots
    while topic not in level:
        ancestors.append(next(node for node in level if topic.path.startswith(node.path)))
        level = ancestors[-1].children_nodes
    return ancestors, *neighbours(level, topic.pk)


def roll_up(roots, counts, kinds):
    """Lays the sums of `counts` (topic id → kind → number) over each branch onto its node, one attribute a kind.

    What stands on the node itself, not below, is kept in its `own`. Returns the sums over all roots.
    """
    totals = Counter()
    for node in roots:
        node.own = Counter(counts.get(node.pk, {}))
        branch = node.own + roll_up(node.children_nodes, counts, kinds)
        for kind in kinds:
            setattr(node, kind, branch[kind])
        totals += branch
    return totals


def trim(roots):
    """The same tree without the branches that hold nothing (`total` is 0)."""
    kept = [node for node in roots if node.total]
    for node in kept:
        node.children_nodes = trim(node.children_nodes)
    return kept


def reading_order(topics, questions):
    """The questions as they are read: topic after topic as given, by position, follow-ups behind their parent."""
    by_topic, follow_ups = defaultdict(list), defaultdict(list)
    stands_on = {question.pk: question.topic_id for question in questions}
    for question in sorted(questions, key=lambda question: (question.position, question.pk)):
        by_topic[question.topic_id].append(question)
        if stands_on.get(question.parent_id) == question.topic_id:
            follow_ups[question.parent_id].append(question)
    ordered, told = [], set()

    def tell(question):
        if question.pk not in told:
            told.add(question.pk)
            ordered.append(question)
            for follow_up in follow_ups[question.pk]:
                tell(follow_up)

    for topic in topics:
        here = by_topic[topic.pk]
        for question in here:
            if stands_on.get(question.parent_id) != topic.pk:
                tell(question)
        for question in here:  # those that follow each other in a circle have no first one; none is left out
            tell(question)
    return ordered


def neighbours(ordered, pk):
    """What stands before and after the one with this `pk`; None at the ends."""
    place = next(i for i, one in enumerate(ordered) if one.pk == pk)
    return ordered[place - 1] if place else None, ordered[place + 1] if place + 1 < len(ordered) else None
