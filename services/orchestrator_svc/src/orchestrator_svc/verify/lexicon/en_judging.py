# ruff: noqa: E501 - word lists read best as they are
"""English words that praise or blame."""

from __future__ import annotations

from orchestrator_svc.verify.lexicon.phrases import words
from orchestrator_svc.verify.lexicon.shape_proofs import JudgingWords

JUDGING = JudgingWords(
    praising=words(
        "good(?! (?:third|half|quarter|fifth|deal|many|part|idea|reason|example|start|question|news for|place))(?!-); encouraging(?:ly)?; pleasing(?:ly)?; welcome; promisingly; favou?rable; favou?rably; "
        "successful(?:ly)?; satisfactory; (?:a|the|our|its) (?:real |true |clear |big |biggest )*hit(?! of); bright spots?; good news; on the right track; in the right direction; for the better; does well; did well; doing well; performs well; performed well"
    ),
    blaming=words(
        "weak(?= [a-z]+ of ⟦); bad(?! (?:release|idea|loan|weather|debt))(?!-); poor(?:ly)?; disappoint(?:s|ed|ing|ingly|ment); concerning(?= (?:level|rate|trend|rise|fall|development)); unsatisfactory; unfavou?rable; "
        "setbacks?; bad news; (?:a|the|our|its) (?:real |true |clear |big |biggest )*flop; (?:is|are) the (?:main |biggest |real |key )*problems?(?! (?:of|with|for)); problem area; problem child; for the worse; does badly; did badly; in the wrong direction; off track; sore spot"
    ),
)
