# ruff: noqa: E501 - word lists read best as they are
"""English words that relate, judge, explain, plan or promise: known, but never just told.

They stand where nothing is claimed (advice, open questions, what was not examined); in a statement
of what is, they would claim something that no check proves.
"""

from __future__ import annotations

_RELATING = """
accompany associate associated attract carries coincide coincides combat compete competing confront connect cooperate cooperation coordinate coordinated cope correlate correlated correlation
correspond correspondingly cushion dependence dependent echo embed enable encourage engage exclusive force gather govern govern guard guide hand-in-hand harbour influence interact interaction join lend mirror mutual obey offset oppose
participate parallel pass permit pose proximity provide push receive redistribute reinforce relate relation relationship rely render replace resemble respond response retain reverse revolve
shadow substitute supply support surround switch tandem tie tied trade-off transfer transform translate trigger twin twist undergo underpin undertake unify union unite unaffected independent independently
unrelated surpassing attach bridge feed catch chain conflict help helped let lets obtain occupy offer pick accept acquire adopt advance avoid yield
"""

_JUDGING = """
achieve adequate advantageous appropriate beware calmly careful carefully challenge comfort confidence correct decisive deep deepen difficult effective effort enough essential essentially fail fair fairly far-reaching favour fine firm firmly footing
genuine hard healthy heal handy hallmark hurdle ideal idle imbalance important impress impression instructive interesting intact intense intensity lesson mature meaningful meaningfully mild misleading mislead moot mood necessary neat neatly
natural niche noise odd oddity oddly odds opportunity optimal peculiar perform pillar plausible plausibly positive practical pressing proof proper proven problem quality random reasonable reasonably reliable reliability reliably remarkable remarkably remedy risk
robust routine safe secure sensible sensitive sensitivity significance solid solution sober sound strange strict strictly strikingly sufficient suitable surprise surprising susceptible systematic systematically temporary thorough thoroughly tidy tight
toll trait transparent trick trust ultimate uncertain unfold unsettled upside urgent usefulness useful virtue vital vivid warning weak wonder worst-case wrinkle cornerstone backbone bedrock centrepiece workhorse engine heart
comfortable ups downs brink buck cloud grip hole loom loose mountain notion party patch spine spell silence tip touchstone wander wave wall genuinely opinion outright broad thin strike wrong healthy
"""

_EXPLAINING = """
agency album admin administration allocate allocation arise arose attribute attributed backdrop circumstance communicate communication consequence consequently constraint decide decision derive derived despite environment error fault force function impact implication imply incident
initiative intend intended intention interrupt introduce introduced involve logic manage management manifest mechanism mistake motion origin-story owner policy process processing programme project reason-why resource resources responsibility
role root rule scheme stem stems symptom system structural stakeholder territory trigger tool virtue artefact artifact aid assist assure competing deliberate dedicated distort distorted effort
"""

_PLANNING = """
aim agenda agreement approve goal horizon long-term longer-term medium-term short-term outlook objective plan pledge policy prepare prepared preference prefer prevail prevailing purpose pursue qualify ready requirement require reserve
scenario schedule scheduled standard strategy target targeted task tend tendency tends threshold expect expectation pending evolve emerge continue
reappear rebuild recur recurrence recurring recurs repeat turning-point lasting long-running turn realise realize chance possibility prospect
"""

_CHOSEN = """
conceal disguise trouble worry headache deliberately accidentally purposely knowingly wisely professionally properly correctly smoothly rightly sufficiently seriously unexpectedly genuinely economically commercially
crucial critical false honest mistaken prudent manageable unexpected customary conventional strategy tactics technique weakness strength luck fortune circumstances habit landmark advantage please persuade convince
compensate preserve serve counterbalance accommodate rival withstand inspire implement operate credit hinge command execute amaze boast enjoy
"""

GUARDED = frozenset(
    word
    for words in (_RELATING, _JUDGING, _EXPLAINING, _PLANNING, _CHOSEN)
    for word in words.split()
)
