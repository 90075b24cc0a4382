"""Which of a source's files are translations of others, so that languages are never mixed."""

import re
from collections import Counter, defaultdict

_NAMES = {
    "zh-hans": "zh zh-cn zh-hans cn chinese chinese-simplified simplified-chinese 中文 简体中文 中文版",
    "zh-hant": "zh-tw zh-hk zh-hant tw chinese-traditional traditional-chinese 繁体中文 繁體中文",
    "en": "en en-us en-gb english english-version eng 英文 英文版 英语",
    "ja": "ja jp ja-jp ja-ja japanese 日本語",
    "ko": "ko kr ko-kr korean 한국어",
    "fr": "fr fr-fr french français",
    "de": "de de-de german deutsch",
    "es": "es es-es spanish español",
    "pt": "pt pt-br pt-pt portuguese",
    "ru": "ru ru-ru russian русский",
    "it": "it-it italian",
    "vi": "vi vi-vi vi-vn vietnamese",
    "tr": "tr tr-tr turkish",
    "ar": "ar ar-ar ar-eg arabic",
    "fa": "fa fa-ir farsi persian",
    "uk": "uk-ua ua-ua ukrainian",
    "pl": "pl pl-pl polish",
    "nl": "nl nl-nl dutch",
    "id": "id-id indonesian bahasa",
    "th": "th th-th thai",
    "hi": "hindi hi-in",
    "he": "hebrew",
    "cs": "czech cs-cz",
    "sv": "swedish sv-se",
    "da": "danish da-dk",
    "el": "greek",
    "hu": "hungarian",
    "ro": "romanian",
    "bg": "bulgarian",
    "hr": "croatian",
    "sr": "serbian",
    "sk": "slovak slovakian",
    "sl": "slovenian",
    "lv": "latvian",
    "bn": "bengali",
    "my": "burmese",
    "uz": "uz-uz uzbek",
    "xk": "xk-sq albanian",
    "bs": "bs-bs bosnian",
    "tl": "tl-ph filipino",
}
LANGUAGES = {name: code for code, names in _NAMES.items() for name in names.split()}
_HOMES = {"translations", "translation", "i18n", "l10n", "locales", "locale", "lang", "langs", "languages"}
_SCRIPTS = (
    ("ja", re.compile(r"[\u3040-\u30ff]")),
    ("ko", re.compile(r"[\uac00-\ud7a3]")),
    ("zh", re.compile(r"[\u4e00-\u9fff]")),
    ("ru", re.compile(r"[\u0400-\u04ff]")),
    ("ar", re.compile(r"[\u0590-\u06ff]")),
    ("en", re.compile(r"[A-Za-z]{3,}")),
)


def only_one_language(pages, wanted=None):
    """The pages of one language, and those left out by language. Files that nothing marks are the source's own."""
    marked = defaultdict(list)
    for name, page in pages.items():
        marked[language_of(name, page.matter, pages)].append(name)
    own = marked.pop("", [])
    if not marked:
        return pages, {}
    chosen = _choose(pages, own, marked, wanted)
    kept = set(own if chosen in ("", *marked) else ())
    if chosen in marked:
        kept = set(marked[chosen]) | (set(own) if _thin(pages, own) else set())
    elif (same := _code(_script(pages, own))) in marked and same != "":
        kept |= set(marked[same]) - _twins(own, marked[same])
    left = {code: names for code, names in marked.items() if not set(names) & kept}
    if not kept & set(own) and own:
        left[_code(_script(pages, own))] = own
    return {name: page for name, page in pages.items() if name in kept}, left


def _choose(pages, own, marked, wanted):
    """ "" for the files that are not marked, or one of the languages marked."""
    script = _code(_script(pages, own))
    if wanted and wanted in marked and script != wanted:
        return wanted
    if not _thin(pages, own):
        return ""
    return script if script in marked else max(marked, key=lambda code: (code == "en", len(marked[code])))


def _thin(pages, own):
    """Whether the files that are not marked are no more than covers: short READMEs."""
    if not all(pages[name].is_index_name for name in own):
        return False
    rest = sum(page.length for page in pages.values()) - sum(pages[name].length for name in own)
    return sum(pages[name].length for name in own) * 4 < rest


def _twins(own, names):
    """Of `names` those that say in a language of their own what one of `own` says."""
    stems = {re.sub(r"[-_.][^-_.]*$", "", name.rpartition("/")[2].rpartition(".")[0]).casefold() for name in names}
    told = {name.rpartition("/")[2].rpartition(".")[0].casefold() for name in own}
    return set(names) if stems & told else set()


def language_of(name, matter, names):
    """The language that a file's folders, its name or its front matter give it; "" where they say nothing."""
    parts = name.split("/")
    for i, part in enumerate(parts[:-1]):
        folded = re.sub(r"[\s_]", "-", part.casefold())
        if folded in _HOMES and i + 2 < len(parts):
            code = re.sub(r"[\s_]", "-", parts[i + 1].casefold())
            return LANGUAGES.get(code, code if not code.startswith("-") else "template")
        if folded in LANGUAGES:
            return LANGUAGES[folded]
    stem, _, suffix = parts[-1].rpartition(".")
    match = re.match(r"^(.+?)[-_.]((?:[a-z]{2}|[a-z]{4,20})(?:[-_][a-z]{2,4})?)$", stem, re.I)
    if match:
        code = LANGUAGES.get(match.group(2).casefold().replace("_", "-"))
        sibling = "/".join([*parts[:-1], f"{match.group(1)}.{suffix}"])
        if code and (sibling in names or match.group(1).casefold() in ("readme", "index")):
            return code
    lang = matter.get("lang") or matter.get("language")
    if isinstance(lang, str) and len(parts) > 1 and any(part.casefold() in _HOMES for part in parts):
        return LANGUAGES.get(lang.casefold().replace("_", "-"), "")
    return ""


def _script(pages, names):
    votes = Counter()
    for name in names[:200]:
        votes[script_of(pages[name].beginning)] += 1
    return votes.most_common(1)[0][0] if votes else ""


def _code(script):
    return "zh-hans" if script == "zh" else script


def script_of(text):
    """The language whose script most of `text` is in; any in Latin letters counts as en."""
    counts = {code: len(pattern.findall(text)) for code, pattern in _SCRIPTS}
    if counts["ja"] * 10 > counts["zh"]:
        return "ja" if counts["ja"] > 20 else "en" if counts["en"] > counts["zh"] else "zh"
    best = max(counts, key=counts.get)
    return best if counts[best] else ""


def one_half(blocks, wanted=None):
    """The blocks of one language where a file says everything twice, and the titles of the headings left out."""
    halves = {}
    for block in blocks:
        if block.kind == "heading":
            code = LANGUAGES.get(re.sub(r"[\s_]", "-", re.sub(r"[^\w\s-]", "", block.title).strip().casefold()))
            if code and code not in halves:
                halves[code] = block
    if len(halves) < 2:
        inner = [block for block in blocks if block.kind == "heading"]
        return one_half_of_scripts(inner, blocks, wanted)
    chosen = wanted if wanted in halves else next(iter(halves))
    others = [block for code, block in halves.items() if code != chosen]
    kept = []
    for block in blocks:
        if block is halves[chosen]:
            kept += block.children
        else:
            kept.append(block)
    return kept, [_apart(block) for block in others]


def one_half_of_scripts(sections, blocks, wanted):
    """The same for two top headings of one shape, the one in Chinese, the other in Latin letters."""
    if len(sections) != 2:
        return blocks, []
    told = [[child.title for child in section.walk() if child.kind == "heading"] for section in sections]
    scripts = [script_of(" ".join(titles[:100])) for titles in told]
    few, many = sorted(map(len, told))
    if sorted(scripts) != ["en", "zh"] or few < 3 or few * 10 < many * 7:
        return blocks, []
    chosen = next((i for i, script in enumerate(scripts) if _code(script) == wanted), 0)
    other = sections[1 - chosen]
    return blocks, [_apart(other)]


def _apart(block):
    """Takes what is below a heading out; it stays as the end of what stands before it. Its title."""
    block.kind, block.children = "apart", []
    return block.title
