"""Spaces: tables with the words people use for them, and what their data holds."""

from local_workspace.spaces.catalog import Catalog, ColumnInfo, JoinInfo, TableInfo
from local_workspace.spaces.demo import demo_space_files
from local_workspace.spaces.infer import infer_space
from local_workspace.spaces.model import Space
from local_workspace.spaces.profile import SpaceDataError, profile_space
from local_workspace.spaces.yaml_file import Fault, SpaceFileError, load_space, parse_space

__all__ = [
    "Catalog",
    "ColumnInfo",
    "Fault",
    "JoinInfo",
    "Space",
    "SpaceDataError",
    "SpaceFileError",
    "TableInfo",
    "demo_space_files",
    "infer_space",
    "load_space",
    "parse_space",
    "profile_space",
]
