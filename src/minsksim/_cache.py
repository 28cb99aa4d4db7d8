"""Where minsksim keeps on disk what it can make again: compiled code, and scenarios as parsed.

Compiled code is unpickled, and what is unpickled can do anything. So nothing is taken from a folder
that somebody else could have filled: it must be one's own, closed to all others, and in a place
where nobody else could put another in its stead. Windows knows no such owners; its folders are
private as they come.
"""

from __future__ import annotations

import os
import stat
from functools import cache
from pathlib import Path

_PLAIN: int = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY"))
"""No link is followed, no pipe waited for, no line end translated."""

_FRESH: dict[Path, int] = {}
"""The fresh folder, if one was needed, and the process that made it."""

_NOTICED: list[Path] = []
"""The cache that was found not to be one's own, if that was said already."""


class _Distrusted(Exception):
    """Why a folder is not used; the text is the end of a sentence."""


def cache_home() -> Path | None:
    """Return the folder, or None for a user without one.

    It is ``minsksim`` in ``MINSKSIM_CACHE``, ``XDG_CACHE_HOME`` or ``~/.cache``.
    """
    for name in ("MINSKSIM_CACHE", "XDG_CACHE_HOME"):
        if os.environ.get(name):
            return Path(os.environ[name]) / "minsksim"
    try:
        return Path.home() / ".cache" / "minsksim"
    except RuntimeError:
        return None


def own_folder(leaf: str) -> Path | None:
    """Return a folder of one's own in the cache, made if need be, or None where there is none."""
    home = cache_home()
    return None if home is None else _trusted(home, leaf)


def writable_folder(leaf: str) -> Path:
    """Return a folder of one's own that can be written: in the cache, or in the temporary folder.

    Where others have a hand in both, it is a fresh one for this process and its children.
    """
    found = own_folder(leaf)
    if found is None or not os.access(found, os.W_OK):
        found = _trusted(_temporary() / f"minsksim{_user_suffix()}", leaf)
    if found is None or not os.access(found, os.W_OK):
        home = _fresh() / "minsksim"
        found = home / leaf
        for folder in (home, found):
            _make(folder)
    return found


def handed_down() -> dict[str, str]:
    """Return what to set in the environment of children, so that they find what is compiled."""
    return {"MINSKSIM_CACHE": str(_fresh())} if _FRESH else {}


def drop_fresh() -> None:
    """Remove the fresh folder, unless this is a fork of the process that made it."""
    from shutil import rmtree

    for folder, maker in _FRESH.items():
        if maker == os.getpid():
            rmtree(folder, ignore_errors=True)


def read_own(path: Path, limit: int) -> bytes:
    """Return the bytes of a regular file of ours, and of nothing a link leads to.

    Raises
    ------
    OSError
        There is none, or it is larger than ``limit`` bytes.
    """
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | _PLAIN)) as file:
        found = os.fstat(file.fileno())
        if not stat.S_ISREG(found.st_mode) or found.st_size > limit:
            raise OSError(f"{path} is not what minsksim wrote")
        # a file that grows is not read on and on
        return file.read(limit)


def write_own(path: Path, data: bytes) -> None:
    """Put a whole file in place of whatever is there, a link included, which is not followed."""
    from tempfile import mkstemp

    handle, name = mkstemp(prefix=".", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


def _trusted(home: Path, leaf: str) -> Path | None:
    """Return ``leaf`` in ``home``, made if need be; None where that fails or others have a hand in.

    Links above ``home`` are followed here and once: whoever owns them may turn them later.
    """
    above = Path(os.path.realpath(home.parent))
    own = above / home.name
    try:
        for folder in (*reversed(above.parents), above):
            _make(folder)
            _check_above(folder)
        for folder in (own, own / leaf):
            _make(folder)
            _check_own(folder)
    except OSError:
        return None
    except _Distrusted as reason:
        _say_once(own, str(reason))
        return None
    return own / leaf


def _make(folder: Path) -> None:
    """Make a folder that nobody else can read or write, unless something is there."""
    if not os.path.lexists(folder):
        # another process may have been quicker; what it made is looked at like any other
        folder.mkdir(0o700, exist_ok=True)


def _check_own(folder: Path) -> None:
    """Refuse anything but a real folder of one's own that nobody else may write."""
    if _knows_no_owners():
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise _Distrusted(f"{folder} is a link or no folder")
    if found.st_uid != os.geteuid():
        raise _Distrusted(f"{folder} belongs to another user ({found.st_uid})")
    if found.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        raise _Distrusted(f"{folder} can be written by others")


def _check_above(folder: Path) -> None:
    """Refuse a folder in which somebody else could put another one in the place of ours."""
    if _knows_no_owners():
        return
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise NotADirectoryError(f"{folder} is no folder")
    if found.st_uid not in (os.geteuid(), *_roots()):
        raise _Distrusted(f"{folder} belongs to another user ({found.st_uid})")
    if found.st_mode & stat.S_ISVTX:
        return
    if found.st_mode & stat.S_IWOTH:
        raise _Distrusted(f"everybody may rename what is in {folder}")
    if found.st_mode & stat.S_IWGRP and not _is_private(found.st_gid):
        raise _Distrusted(f"a group of users may rename what is in {folder}")


def _is_private(group: int) -> bool:
    """Whether a group is the user's alone, as where each user has one of the same name."""
    import grp
    import pwd

    try:
        user, found = pwd.getpwuid(os.geteuid()), grp.getgrgid(group)
    except KeyError:
        return False
    is_own = group == user.pw_gid and found.gr_name == user.pw_name
    return is_own and set(found.gr_mem) <= {user.pw_name}


def _knows_no_owners() -> bool:
    return not hasattr(os, "geteuid")


@cache
def _roots() -> tuple[int, ...]:
    """Return the numbers under which the owner of the system itself is seen.

    In a container that maps few users (Apptainer, Flatpak) the system outside has the number of
    nobody. None of its folders could be trusted otherwise, and every start would compile anew.
    """
    try:
        mapped = [line.split() for line in Path("/proc/self/uid_map").read_text().splitlines()]
        overflow = int(Path("/proc/sys/kernel/overflowuid").read_text())
    except (OSError, ValueError):
        return (0,)
    everybody = sum(int(count) for _, _, count in mapped)
    return (0,) if everybody >= overflow else (0, overflow)


def _user_suffix() -> str:
    return "" if _knows_no_owners() else f"-{os.geteuid()}"


def _temporary() -> Path:
    from tempfile import gettempdir

    return Path(gettempdir())


def _fresh() -> Path:
    """Return a folder nobody knows of, made when first asked for and removed at exit."""
    if not _FRESH:
        import atexit
        from tempfile import mkdtemp

        _FRESH[Path(mkdtemp(prefix="minsksim-", dir=_safe_place())).resolve()] = os.getpid()
        atexit.register(drop_fresh)
    return next(iter(_FRESH))


def _safe_place() -> Path:
    """Return a temporary folder in which others cannot rename what is ours, if there is one."""
    for place in (_temporary(), Path("/tmp"), Path("/var/tmp")):
        real = Path(os.path.realpath(place))
        try:
            for folder in (*reversed(real.parents), real):
                _check_above(folder)
        except (OSError, _Distrusted):
            continue
        if os.access(real, os.W_OK):
            return real
    # a name that nobody can guess is all that is left
    return _temporary()


def _say_once(home: Path, reason: str) -> None:
    """Say in the log why a cache is not used, the first time that one is not."""
    if not _NOTICED:
        import logging

        _NOTICED.append(home)
        logging.getLogger("minsksim").warning(
            "The cache %s is not used: %s. Set MINSKSIM_CACHE to a folder of your own.",
            home,
            reason,
        )
