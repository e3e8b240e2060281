"""Judges bundles as stock python-tuf does: an unmodified client, fed from memory.

Reads lines of JSON from standard input. The first names the pinned root, the members of a bundle that is trusted
already (or none) and the time; each further one a bundle by the members that differ from a named base. Writes a line
for each: accepted or the name of the exception. Every target is downloaded, as an import does.
"""

import base64
import datetime
import json
import os
import shutil
import sys
import tempfile

from tuf.api import exceptions
from tuf.ngclient import Updater
from tuf.ngclient.fetcher import FetcherInterface


class Memory(FetcherInterface):
    """Serves the members of one bundle."""

    def __init__(self, members):
        self.members = members

    def _fetch(self, url):
        path = url.removeprefix("bundle://")
        if path not in self.members:
            raise exceptions.DownloadHTTPError("not in the bundle", 404)
        yield self.members[path]


def client(folder, members, root=None):
    targets = os.path.join(folder, "targets")
    os.makedirs(targets, exist_ok=True)
    state = os.path.join(folder, "metadata")
    os.makedirs(state, exist_ok=True)
    return Updater(
        metadata_dir=state,
        metadata_base_url="bundle://metadata/",
        target_dir=targets,
        target_base_url="bundle://targets/",
        fetcher=Memory(members),
        bootstrap=root,
    )


def take(folder, members, root, time):
    """Refreshes and downloads everything; raises what the client raises."""
    one = client(folder, members, root)
    one._trusted_set.reference_time = time
    one.refresh()
    for name in list(one._trusted_set.targets.targets):
        info = one.get_targetinfo(name)
        one.download_target(info)


def main():
    first = json.loads(sys.stdin.readline())
    root = base64.b64decode(first["root"])
    time = datetime.datetime.fromtimestamp(first["time"], datetime.timezone.utc)
    bases = {
        name: {path: base64.b64decode(text) for path, text in members.items()}
        for name, members in first["bases"].items()
    }
    work = tempfile.mkdtemp(dir="/dev/shm" if os.path.isdir("/dev/shm") else None)
    trusted = os.path.join(work, "trusted")
    os.makedirs(trusted)
    if first.get("trusted"):
        take(trusted, bases[first["trusted"]], root, time)
    shutil.rmtree(os.path.join(trusted, "targets"), ignore_errors=True)
    for line in sys.stdin:
        case = json.loads(line)
        members = dict(bases[case["base"]])
        for path, text in case.get("members", {}).items():
            if text is None:
                members.pop(path, None)
            else:
                members[path] = base64.b64decode(text)
        for path, place, value in case.get("bytes", []):
            data = bytearray(members[path])
            data[place] = value
            members[path] = bytes(data)
        folder = os.path.join(work, "case")
        shutil.copytree(trusted, folder, symlinks=True)
        try:
            take(folder, members, root, time)
            verdict = "accepted"
        except Exception as error:  # every exception is a refusal; its name is told
            verdict = type(error).__name__
        shutil.rmtree(folder)
        print(json.dumps({"id": case["id"], "verdict": verdict}), flush=True)
    shutil.rmtree(work)


if __name__ == "__main__":
    main()
