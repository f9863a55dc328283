"""What rows are, told by which columns stand together: a director and a runtime are of films."""

from __future__ import annotations

from typing import TYPE_CHECKING

from local_workspace.spaces.foreign_headers import in_english

if TYPE_CHECKING:
    from local_workspace.spaces.catalog import TableInfo

_SIGNS = (
    ({"director"}, {"runtime", "rating", "genre", "duration", "cast", "metascore"},
     ("movie", "film")),
    ({"genre"}, {"platform", "console", "developer"}, ("game", "video game", "title")),
    ({"artist", "artists", "singer"}, {"album", "track", "streams", "danceability", "bpm", "song"},
     ("song", "track")),
    ({"author", "authors"}, {"isbn", "pages", "publisher", "publication"}, ("book",)),
    ({"bedrooms", "beds", "bathrooms", "baths"},
     {"sqft", "price", "area", "surface", "size", "living", "rent", "feet"},
     ("home", "house", "property")),
    ({"mpg", "horsepower", "transmission", "fuel", "engine", "mileage"},
     {"make", "model", "brand", "manufacturer", "price", "cylinders"}, ("car", "vehicle")),
    ({"magnitude"}, {"depth", "latitude"}, ("earthquake", "quake")),
    ({"goals", "assists", "position"}, {"club", "player", "team", "nationality"}, ("player",)),
    ({"calories"}, {"protein", "fat", "sugar", "carbs", "carbohydrates"}, ("food", "product")),
)  # fmt: skip


def nouns_by_columns(table: TableInfo) -> list[str]:
    """Nouns of a row that no column is called by; empty where the columns do not tell."""
    labels = [in_english(column.label.lower()) for column in table.columns.values()]
    words = {word for label in labels for word in label.split()}
    held = {value.lower() for c in table.columns.values() for value in c.values}
    return [
        noun
        for first, second, nouns in _SIGNS
        if words & first and words & second
        for noun in nouns
        if noun not in labels and noun not in held and noun != table.row
    ]
