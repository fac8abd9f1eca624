"""Whether a file is on a network file system, where locks cannot be relied on."""

from __future__ import annotations

from pathlib import Path

_NETWORK = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "9p",
        "afs",
        "ceph",
        "glusterfs",
        "lustre",
        "fuse.sshfs",
        "fuse.s3fs",
        "fuse.rclone",
        "davfs",
        "vboxsf",
    }
)
_MOUNTS = Path("/proc/mounts")
_FIELDS = 3
_HINT = "Use the store from one machine at a time, or name a local file with --db."


def network_warning(path: Path, mounts: str | None = None) -> tuple[str, ...]:
    """Return a warning if a path is on a network file system; ``mounts`` is the text of ``/proc/mounts``, read where there is one."""
    if mounts is None:
        try:
            mounts = _MOUNTS.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ()  # not Linux: it cannot be known cheaply
    kind = file_system_of(path, mounts)
    if kind not in _NETWORK:
        return ()
    return (f"{str(path)!r} is on a network file system ({kind}), where locks cannot be relied on. {_HINT}",)


def file_system_of(path: Path, mounts: str) -> str:
    """Return the kind of the file system that a path is on, by the text of ``/proc/mounts``; '' if it is not listed."""
    target = path.resolve()
    best, kind = -1, ""
    for line in mounts.splitlines():
        fields = line.split(" ")
        if len(fields) < _FIELDS:
            continue
        point = Path(fields[1].replace("\\040", " ").replace("\\011", "\t").replace("\\134", "\\"))
        if target.is_relative_to(point) and len(point.parts) >= best:
            best, kind = len(point.parts), fields[2]
    return kind
