"""Words around a question that ask for nothing: greetings, politeness, haste, and whom it is for.

A piece of a sentence goes only when it is chat from end to end and names nothing that the space
knows, no number and no condition. "For the board deck:" goes, "for the Leeds board:" stays.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from local_workspace.translate.compounds import covered
from local_workspace.translate.words import tokens

if TYPE_CHECKING:
    from local_workspace.translate.lexicon import Lexicon

_GREETING = (
    r"(?:(?:a very )?good (?:morning|afternoon|evening|day)|mornin[g']?|afternoon|evening|g'?day"
    r"|hi+|hiya|hey+|heya|hello|hullo|howdy|yo|greetings|dear|namaste|namaskar|alright|hope (?:all|"
    r"you)(?: is| are|'re)?(?: (?:well|good|ok|fine|doing well))?)"
)
_ADDRESSED = (
    r"(?:there|all|team|everyone|everybody|folks|guys|gang|sir|madam|ma'?am|sir ?/ ?madam|mate|pal"
    r"|both|y'?all|again|boss|data|analytics|colleagues|friend|friends|genie)"
)
_THANKS = (
    r"(?:(?:many |much |big )?(?:thanks?|thx|thanx|thnx|tks|ta|cheers|tia|ty|tyvm|nice one)"
    r"(?: (?:you|so much|very much|a lot|a lot|a ton|a million|a bunch|loads|again|in advance|heaps"
    r"|mate|team|all|everyone|guys|sir|for (?:this|your help|the help|helping)))*"
    r"|(?:much |greatly |really )?appreciated?(?: it| that| this)?|please and thank you"
    r"|(?:that|this|it)? ?(?:would|'d) be (?:great|lovely|nice|ace|brilliant|helpful|good|super|"
    r"awesome|perfect)|(?:do|kindly do|please do|pls do) the needful|please|pls|plz|kindly|regards"
    r"|best regards|kind regards)"
)
_SMALL = (
    r"(?:quick|small|little|short|easy|simple|random|silly|daft|dumb|stupid|tiny|last|final|urgent"
    r"|brief|fast|cheeky)"
)
_QUICK = (
    rf"(?:(?:(?:just )?(?:a|an|one|another|my|got a|have a) )?(?:really |very )?{_SMALL} (?:one|q"
    r"|qn|ques|question|query|check|favou?r|ask|thing|request|sanity check|number|stat|data pull"
    r"|data question)|(?:data )?(?:question|query|request)|one (?:more )?(?:question|thing)"
    r"|(?:just )?(?:one|another|a) (?:last |final )?(?:more|one))"
    r"(?: (?:for|from) (?:you|me|us|the team))?(?: please| pls)?"
)
_TIMES = (
    r"(?:asap|urgently|quickly|immediately|now|right now|today|tomorrow|tonight|later|soon|first "
    r"thing|this (?:morning|afternoon|evening|week)|(?:by|on|for|before) (?:today|tomorrow|eod|eow"
    r"|cob|cop|eob|noon|lunch|lunchtime|tonight|end of (?:the )?(?:day|week|play)|close of (?:play|"
    r"business)|(?:mon|tues|wednes|thurs|fri|satur|sun)day(?: (?:morning|afternoon|evening))?))"
)
_HASTE = (
    r"(?:urgent(?:ly)?|asap|a\.s\.a\.p\.?|immediately|on (?:top )?priority|at (?:the|your) earliest"
    r"(?: convenience)?|as soon as (?:possible|you can)|(?:there'?s |there is )?no (?:rush|hurry"
    r"|worries|stress|panic|pressure|biggie)(?: at all| on this| though| here)?|time[- ]sensitive"
    r"|when(?:ever)?(?: you)?(?: can| could| (?:get|have|'ve got|have got) (?:a )?(?:chance|moment"
    r"|minute|min|mo|sec|second|time))|if (?:you )?(?:at all )?(?:possible|can|could|have time"
    r"|get (?:a )?(?:chance|time|moment)|do(?:n'?t| not) mind|would(?:n'?t| not) mind|poss|may)"
    r"(?: please)?|if (?:it'?s|it is|that'?s|that is|thats) (?:not too much trouble|possible|ok"
    r"|okay|easy|alright|doable)|fyi|btw|by the way|tbh|fwiw|ok|okay|right|so|well|listen|anyway"
    r"|oh|ah|um+|er+|erm+|hm+|one sec|not sure if (?:you|we) (?:can|have this)(?: but)?|but"
    r"|bear with me|hear me out|out of (?:interest|curiosity)"
    r"|(?:i am |i'?m |was |we are )?(?:just )?(?:checking|curious|wondering|asking|thinking"
    r"|double[- ]checking|sanity[- ]checking)(?: in)?)"
)
_SORRY = (
    r"(?:(?:i'?m |i am |so |really |very )*(?:sorry|apologies|apols|soz|excuse me|pardon me|pardon"
    r"|forgive me)(?: (?:to|for|about|if|that|in|the|this|me|my|you|i|late|again|short|all|basic"
    r"|daft|silly|bug|bugging|bother|bothering|trouble|troubling|pester|pestering|chase|chasing"
    r"|hassle|disturb|disturbing|ask|asking|keep|keeps|delay|rush|rushing|hurry|notice|question"
    r"|questions|message|messages|spam|interruption|interrupt|interrupting|is|a|be|being|am|ve"
    r"|asked|before|another|one|so|many|last|minute|pain|confusion|inconvenience))*)"
)
_THINGS = (
    r"(?:decks?|slides?|packs?|presentation|ppt|powerpoint|board meeting|board|meetings?|mtg|calls?"
    r"|catch[- ]?up|stand[- ]?up|huddle|reviews?|reports?|newsletter|briefing|brief|memo|papers?"
    r"|agm|audit|appraisal|1:1s?|1-1s?|1-2-1s?|121s?|one[- ](?:to|on)[- ]ones?|town ?hall|off-?site"
    r"|away ?day|qbrs?|steering (?:group|committee|co)|steerco|sync|check-in|update|minutes|pitch"
    r"|proposal|tender|bid|application|conference|dashboard|spreadsheet|write[- ]?up|case study"
    r"|press release|blog|talk|exec summary|summary|ops review|records)"
)
_PEOPLE = (
    r"(?:boss|manager|gm|md|ceo|cfo|coo|cto|cmo|chair|chairman|chairwoman|chairperson|chief exec"
    r"|chief executive|chief|directors?|trustees?|governors?|investors?|shareholders?|owners?"
    r"|bank|accountants?|auditors?|finance|hq|head office|committee|management|leadership|council"
    r"|board|exec|execs|exec team|leadership team|management team|head|team lead|team|lead"
    r"|line manager|supervisor|principal|client|someone|regulator|inspectors?|president|vp|partner"
    r"|people upstairs|higher[- ]ups|bosses|big boss)"
)
_OWNED = (
    r"(?:(?:my|our|the|a|an|his|her|their|this|next|upcoming|big|annual|monthly|weekly|quarterly"
    r"|regular|(?:tomorrow|today|(?:mon|tues|wednes|thurs|fri)day)'?s|year[- ]end|month[- ]end"
    r"|quarter[- ]end) )*"
)
_ANY = r"(?:[a-z'&-]+ ){0,2}"
_OCCASION = rf"(?:{_OWNED}{_ANY}?(?:{_THINGS}|{_PEOPLE})(?: {_THINGS})?(?: {_TIMES})?)"
_SOMEONES = r"(?:(?:my|our|the|a|his|her|this|tomorrow'?s|today'?s|next|monday'?s|friday'?s) )"
_FOR = (
    r"(?:(?:it'?s|it is|this is|that'?s|asking|all|just) )?(?:for|before|ahead of) "
    rf"{_SOMEONES}{_OCCASION}"
)
_CLOSING = (
    rf"for (?:(?:my|our) (?:{_THINGS}|{_PEOPLE})|(?:the|tomorrow'?s|today'?s|a) (?:board |exec "
    r"|leadership |management |team |ops )?(?:decks?|slides?|pack|presentation|meeting|newsletter"
    r"|briefing))"
)
_IT = (
    r"(?:this|it|these|them|that|the numbers?|the figures?|the data|an answer|a number"
    r"|something|some numbers|numbers|figures|one)"
)
_NEED = (
    r"(?:(?:i|we|she|he|they|i'?ve|we'?ve) )?(?:really |just |urgently |only |been )*(?:need|needs"
    r"|needed|require|required|want|wants|wanted|after|asked)"
    rf"(?: (?:for )?{_IT})?(?: {_TIMES})?(?: for {_OCCASION})?(?: {_TIMES})?"
)
_WANTS = (
    r"(?:wants?|wanted|needs?|asks|asked|asking|is asking|are asking|was asking|has asked"
    r"|have asked|keeps asking|would like|is after|are after|is chasing|are chasing|is wondering)"
)
_WANT = (
    rf"(?:{_OWNED}{_ANY}?{_PEOPLE} {_WANTS}(?: (?:me|us))?(?: (?:for|to know|to see|to have|about"
    rf"|why|if))?(?: {_IT})?(?: {_TIMES})?)"
)
_REQUEST = (
    r"(?:(?:is there )?any chance (?:of (?:getting )?|(?:you|we|i) (?:can|could) (?:just )?(?:get |"
    r"have |see |pull |send |share |run )?(?:me |us )?)|would you mind |do you mind |"
    r"is it possible to (?:get |have |see |know )?|lmk |let me know |hit me with |whip up |"
    r"dig out |i'?d love (?:to (?:know|see|have) )?|i would love (?:to (?:know|see|have) )?|"
    rf"(?:{_OWNED}{_PEOPLE} (?:wants?|needs?|would like|asked|wanted)(?: me| us)? to (?:know|see|"
    r"have|get) )|(?:please|pls|plz|kindly|(?:can|could|will|would) (?:you|u)(?: please| pls"
    r"| kindly| just| quickly)?) (?:share|advise|confirm|revert with|prepare|send|forward|arrange)"
    r"(?! (?:of|in)\b)(?: (?:me|us|with me|with us|over|across|on))? |share (?:with )?(?:me|us) |"
    r"share (?=(?:the|a|all) ))"
)

_PIECE = re.compile(
    rf"(?:{_GREETING}(?: {_ADDRESSED})*|{_ADDRESSED}|{_THANKS}|{_QUICK}|{_HASTE}|{_SORRY}|{_FOR}"
    rf"|{_NEED}|{_WANT}|this is urgent|it'?s urgent|{_TIMES})"
    rf"(?: (?:{_HASTE}|{_THANKS}|{_QUICK}|{_FOR}|{_ADDRESSED}|{_SORRY}|{_NEED}))*",
    re.IGNORECASE,
)
_NAMED = re.compile(rf"(?i:{_GREETING}) (?:[A-Z][a-z]+)(?: [A-Z][a-z]+)?")
_TITLE = re.compile(rf"{_OWNED}{_ANY}?{_THINGS}", re.IGNORECASE)
_HEAD = re.compile(
    rf"(?:(?:{_GREETING}(?: {_ADDRESSED})*|{_SORRY} but|fyi|btw|ok so|okay so|and ta|{_QUICK}) )",
    re.IGNORECASE,
)
_ASKED = re.compile(_REQUEST, re.IGNORECASE)
_TAIL = re.compile(rf" (?:{_THANKS}|asap|no rush|if possible|{_CLOSING})$", re.IGNORECASE)
_BREAK = re.compile(r"(\s*(?:[!?;…]+|\.(?=\s|$)|:(?!\d)|,(?!\d)|[()]|\s[-\u2013\u2014]+\s)\s*)")
_SURE = re.compile(rf"{_GREETING}|{_ADDRESSED}|{_THANKS}|{_WANT}", re.IGNORECASE)
_MEETING = re.compile(rf"{_THINGS}(?: {_TIMES})?$", re.IGNORECASE)
_DASHES = ("-", "\u2013", "\u2014")
_A_QUESTION = 3
_NOTHING = frozenset({"this", "team", "for", "to", "the", "a", "in", "by", "if", "it", "that"})


def without_asides(question: str, lexicon: Lexicon) -> str:
    """The question without such pieces; the whole question where nothing else would be left."""
    pieces = _BREAK.split(question.strip())
    texts, breaks = pieces[::2], [*pieces[1::2], ""]
    kept: list[str] = []
    for at, (text, after) in enumerate(zip(texts, breaks, strict=True)):
        opened = after.strip() in (":", *_DASHES)
        if not text.strip() or not _is_aside(text, lexicon, lead=at == 0 and opened):
            kept += [text, _parting(text, after, texts[at + 1 : at + 2], lexicon)]
        elif after.strip() in ("(", ")"):
            kept.append(after)
    left = _ends_cut(_joined(kept), lexicon)
    return left if any(token.lower.isalnum() for token in tokens(left)) else question


def _parting(text: str, after: str, following: list[str], lexicon: Lexicon) -> str:
    """A dash between two parts of a question is a colon, unless it is in a name or a range."""
    if after.strip() not in _DASHES or not following:
        return after
    left = [token.lower for token in tokens(text)]
    right = [token.lower for token in tokens(following[0])]
    ranged = left[-1:] and right and left[-1][-1:].isdigit() and right[0][:1].isdigit()
    named = covered([*left, "-", *right], len(left), lexicon)
    short = len(left) < _A_QUESTION  # "tyre jobs - …": what the rows are for is not clear
    return after if ranged or named or short or not right else ": "


def _joined(kept: list[str]) -> str:
    """The pieces that stay, without brackets that hold nothing and signs that part nothing."""
    text = re.sub(r"\s*\(\s*\)\s*", " ", "".join(kept)).strip(" ,;:!.-\u2013\u2014")
    return re.sub(r"\s*([,;:])(?:\s*[,;:])+", r"\1", text)


def _ends_cut(text: str, lexicon: Lexicon) -> str:
    """What stands before and after the question without a sign between."""
    for pattern in (_HEAD, _ASKED, _HEAD, _ASKED):
        found = pattern.match(text)
        if found and found.end() < len(text) and _free(found.group(), lexicon):
            text = text[found.end() :]
    ended = text.rstrip(" ?.!")
    found = _TAIL.search(ended)
    while found and _free(found.group(), lexicon):
        ended = text = ended[: found.start()].rstrip(" ,;:-")
        found = _TAIL.search(ended)
    return text


def _is_aside(text: str, lexicon: Lexicon, *, lead: bool) -> bool:
    said = " ".join(text.split())
    if _NAMED.fullmatch(said):
        return _free(said, lexicon)
    if _PIECE.fullmatch(said) or (lead and _TITLE.fullmatch(said)):
        return bool(_SURE.fullmatch(said)) or _free(said, lexicon)
    return False


def _free(said: str, lexicon: Lexicon) -> bool:
    """Whether no word of it means anything in the space, and no number is told.

    Of a meeting only what could narrow the question counts: "the sales meeting" is about sales.
    """
    narrows = ("value", "filter") if _MEETING.search(said) else None
    words = [token.lower for token in tokens(re.sub(r"\b1(?:[:-]2)?[:-]1s?\b|\b121s?\b", "", said))]
    for at, word in enumerate(words):
        known = lexicon.find(words, at) if word not in _NOTHING else None
        if word[0].isdigit() or (
            known and (narrows is None or any(s.kind in narrows for s in known[1]))
        ):
            return False
    return True
