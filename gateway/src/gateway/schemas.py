"""Request and response bodies of the REST API."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

MAX_QUESTION = 4_000


def _asked(text: str) -> str:
    stripped = text.strip()
    if any("\ud800" <= sign <= "\udfff" for sign in stripped):
        raise ValueError("holds half of a character; send Unicode text")
    if not stripped:
        raise ValueError("is empty; ask in plain words, such as “How did sales develop?”")
    if len(stripped) > MAX_QUESTION:
        raise ValueError(f"has {len(stripped):,} characters; at most {MAX_QUESTION:,} are accepted")
    return stripped


Question = Annotated[
    str,
    AfterValidator(_asked),
    Field(
        description="The question in plain words, 1 to 4,000 characters.",
        examples=["How did departure delays develop in 2013?"],
    ),
]
MaxSlides = Annotated[
    int | None,
    Field(ge=3, le=40, description="Most slides, cover and appendix included.", examples=[8]),
]
StateName = Literal["queued", "running", "succeeded", "failed", "cancelled", "needs_clarification"]
OrderName = Literal["newest", "oldest", "updated"]
Name = Annotated[str, Field(max_length=128, pattern=r"^[0-9A-Za-z_-]*$")]


class Body(BaseModel):
    """A request body: unknown fields are refused."""

    model_config = ConfigDict(extra="forbid")


class GenerateSlides(Body):
    """The simple call: a question, answered with the whole deck."""

    question: Question
    max_slides: MaxSlides = None
    genie_space_id: Name = Field(default="", description="Genie space; empty asks the default.")


class CreateDeck(Body):
    """A deck to make."""

    question: Question
    max_slides: MaxSlides = None
    genie_space_id: Name = ""
    theme: Name = ""
    depth: Literal["", "quick", "standard", "deep"] = ""
    locale: Annotated[str, Field(pattern=r"^([a-z]{2,3}(-[A-Z]{2})?)?$")] = ""


class ReviseDeck(Body):
    """A change of a deck: an instruction, or the answer to its clarification."""

    instruction: Question | None = Field(
        default=None, description="What to change, such as `Remove slide 3`."
    )
    clarification_answer: Question | None = None
    base_revision: int = Field(
        default=0,
        ge=0,
        le=2**31 - 1,
        description="Refused unless current; 0 for any.",
    )

    @model_validator(mode="after")
    def _one(self) -> ReviseDeck:
        if (self.instruction is None) == (self.clarification_answer is None):
            raise ValueError("send instruction or clarification_answer")
        return self


class Usage(BaseModel):
    """What a deck used."""

    model_calls: int
    input_tokens: int
    output_tokens: int
    cost_usd: float
    genie_questions: int
    seconds: float


class Checked(BaseModel):
    """What the verifier found, in sentences."""

    proved: int
    repaired: int
    replaced: int
    removed: int
    references: int


class Failure(BaseModel):
    """Why there is no deck."""

    reason: str
    message: str
    retryable: bool


class Clarification(BaseModel):
    """What must be answered to go on."""

    text: str
    suggestions: list[str]


class Deck(BaseModel):
    """A deck as a job."""

    id: str
    state: str
    question: str
    title: str
    space_id: str
    theme: str
    revision: int
    slide_count: int
    last_sequence: int
    created_at: str
    updated_at: str
    finished_at: str | None
    usage: Usage
    verdict: Checked | None
    error: Failure | None
    change_error: Failure | None
    clarification: Clarification | None
    remarks: list[str]


class Metadata(BaseModel):
    """What came with a deck."""

    deck: Deck
    processing_seconds: float


class GeneratedSlides(BaseModel):
    """The whole deck and what came with it."""

    html: str
    metadata: Metadata


class DeckPage(BaseModel):
    """A page of decks."""

    decks: list[Deck]
    next_page_token: str


class Health(BaseModel):
    """Whether the gateway is alive, and ready."""

    status: Literal["ok", "unavailable"]
    dependencies: dict[str, str] = {}


class Problem(BaseModel):
    """A failure, as RFC 9457 has it; `reason` is stable."""

    type: str
    title: str
    status: int
    detail: str
    reason: str
    instance: str


Json = dict[str, Any]
