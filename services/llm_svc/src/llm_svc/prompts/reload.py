"""The prompts in force: follows the file while running, keeps the last good version."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from aislides_runtime.logs import get_logger

from llm_svc.domain.errors import PromptNotFound
from llm_svc.prompts.loader import PromptSet, PromptsRefused, load_prompts
from llm_svc.prompts.prompt import Prompt

log = get_logger(__name__)

Stamp = tuple[tuple[str, int, int], ...]


class PromptBook:
    """Prompts by name. A broken edit changes nothing but `fault`."""

    def __init__(
        self, path: Path, *, now: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        """Loads the file; raises PromptsRefused when even the first version is broken."""
        self._path = path
        self._now = now
        self._set: PromptSet = load_prompts(path)
        self._watched = self._set.files
        self._stamp = _stamp(self._watched)
        self._loaded_at = dict.fromkeys(self._set.prompts, now())
        self.fault = ""
        """Why the newest edit is not in force; empty when it is."""

    def refresh(self) -> None:
        """Takes in an edit of the file or of its context files, if there was one."""
        if _stamp(self._watched) == self._stamp:
            return
        try:
            fresh = load_prompts(self._path)
        except PromptsRefused as error:
            self.fault = str(error)
            self._watch({*self._set.files, *error.files})
            log.error("prompts_refused", faults=error.faults)
            return
        changed = [
            name
            for name, prompt in fresh.prompts.items()
            if name not in self._set.prompts or self._set.prompts[name] != prompt
        ]
        self._loaded_at = {
            name: self._now() if name in changed else self._loaded_at[name]
            for name in fresh.prompts
        }
        self._set, self.fault = fresh, ""
        self._watch(fresh.files)
        log.info("prompts_loaded", changed=sorted(changed))

    def _watch(self, files: Iterable[Path]) -> None:
        self._watched = tuple(sorted(files))
        self._stamp = _stamp(self._watched)

    def get(self, name: str) -> Prompt:
        """The prompt in force. Raises PromptNotFound."""
        self.refresh()
        try:
            return self._set.prompts[name]
        except KeyError:
            raise PromptNotFound(metadata={"prompt": name[:64]}) from None

    def all(self) -> list[Prompt]:
        """All prompts in force, by name."""
        self.refresh()
        return [self._set.prompts[name] for name in sorted(self._set.prompts)]

    def loaded_at(self, name: str) -> datetime:
        """When the version in force of a prompt came into force."""
        return self._loaded_at[name]


def _stamp(files: Sequence[Path]) -> Stamp:
    """What changes with every edit: modification time and size of each file."""
    found = []
    for file in files:
        try:
            status = file.stat()
            found.append((str(file), status.st_mtime_ns, status.st_size))
        except OSError:
            found.append((str(file), 0, 0))
    return tuple(found)
