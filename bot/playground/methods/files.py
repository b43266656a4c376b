"""Where a file that was sent can be fetched."""

from __future__ import annotations

from bot.playground.errors import ApiError, bad_request
from bot.playground.model import Json
from bot.playground.parameters import Parameters
from bot.playground.world import World


async def get_file(world: World, parameters: Parameters) -> Json:
    """Return the Bot API `File` object of a photo, in any of its sizes."""
    file_id = parameters.text("file_id")
    if not file_id:
        raise bad_request("file_id not specified")
    try:
        photo = world.photos.by_id(file_id)
    except ApiError:
        raise bad_request("invalid file_id") from None
    size = next(size for size in photo.sizes if size["file_id"] == file_id)
    return {
        "file_id": file_id,
        "file_unique_id": size["file_unique_id"],
        # The bytes are the same for each size.
        "file_size": len(photo.content),
        "file_path": photo.path,
    }


METHODS = {"getFile": get_file}
