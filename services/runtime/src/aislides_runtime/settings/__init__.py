"""Settings from YAML, `.env` and the environment; a faulty setting stops the start."""

from aislides_runtime.settings.load import Section, load_settings
from aislides_runtime.settings.secret import Secret
from aislides_runtime.settings.sources import SettingsError

__all__ = ["Secret", "Section", "SettingsError", "load_settings"]
