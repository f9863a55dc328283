"""Reads a brand file and the logos beside it; a faulty one stops the start."""

from __future__ import annotations

import base64
import binascii
from pathlib import Path

from aislides_runtime.logs import get_logger
from aislides_runtime.settings import SettingsError, load_settings

from orchestrator_svc.render.brand import Brand, BrandFile, unfit
from orchestrator_svc.render.logo import LIMIT, UnsafeLogo, logo_data
from orchestrator_svc.render.themes import load_theme, themes

log = get_logger(__name__)


def read_brand(path: Path, theme: str) -> Brand:
    """The brand of this YAML or JSON file; colours that were moved for `theme` are logged.

    Raises SettingsError with one line for each fault.
    """
    file = load_settings(BrandFile, path=path, environ={})
    told: list[str] = []
    logos = {"light": "", "dark": ""}
    for ground in logos if file.logo else ():
        source = getattr(file.logo, ground)
        try:
            logos[ground] = logo_data(_content(path.parent, source)) if source else ""
        except UnsafeLogo as fault:
            told.append(f"{path}: logo.{ground}: the logo {fault}")
    brand = Brand(file, logos["light"], logos["dark"] or logos["light"])
    told += [f"{path}: {line}" for line in unfit(brand, load_theme(theme))]
    if told:
        raise SettingsError(told)
    for other in themes():  # a moment of arithmetic each, not to be spent in a call
        brand.dress(other)
    for correction in brand.corrections(load_theme(theme)):
        log.warning("brand colour corrected", brand=file.name, correction=str(correction))
    return brand


def _content(folder: Path, source: str) -> bytes:
    """The bytes that a file name or a `data:` URI stands for. Raises UnsafeLogo."""
    if source.startswith("data:"):
        head, _, body = source.partition(",")
        if not head.endswith(";base64"):
            raise UnsafeLogo("must be base64 in its data: URI")
        try:
            return base64.b64decode(body, validate=True)
        except binascii.Error as error:
            raise UnsafeLogo("is not base64 in its data: URI") from error
    try:
        with (folder / source).open("rb") as file:
            return file.read(LIMIT + 1)
    except OSError as error:
        raise UnsafeLogo(f"cannot be read: {error.strerror or error}") from error
