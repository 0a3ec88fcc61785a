"""The program `kith`: runs, sweeps, and its errors as exceptions."""
import contextlib
import os
import pathlib
import shutil
import subprocess
import tempfile
import warnings
import weakref

from ._result import Result


class KithError(RuntimeError):
    """What Kith said when it ended with an error; `status` is its exit status."""

    def __init__(self, text, status):
        super().__init__(text)
        self.status = status


class Failed(KithError):
    """A run that failed, or a file that cannot be written or read."""


class WrongUse(KithError):
    """Arguments that the program does not know."""


class InvalidScenario(KithError):
    """A scenario or design with mistakes; the text has them all, each with its place."""


class Stopped(KithError):
    """A run that was stopped; the text has the command that goes on with it."""


KINDS = {2: WrongUse, 3: InvalidScenario, 75: Stopped}
SOME_FAILED = 4


def program():
    """The program: what the environment variable KITH names, else `kith` on the PATH, else the one installed beside this module."""
    beside = (folder / "bin" / "kith" for folder in pathlib.Path(__file__).resolve().parents[3:])  # PREFIX/lib/…/dist-packages/kith
    found = os.environ.get("KITH") or shutil.which("kith") or next((str(path) for path in beside if path.is_file()), None)
    if found is None:
        raise FileNotFoundError("the program kith was not found: put it on the PATH, or name it in the environment variable KITH")
    return found


def _yaml(value):
    """A value as --set takes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(map(_yaml, value)) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_yaml(item)}" for key, item in value.items()) + "}"
    return "none" if value is None else str(value)


def _call(*words, allowed=(0,)):
    ended = subprocess.run([program(), *map(str, words)], stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    if ended.returncode not in allowed:
        raise KINDS.get(ended.returncode, Failed)(ended.stderr.strip() or ended.stdout.strip(), ended.returncode)
    return ended


def _place(output, default):
    """Where to write, and the temporary folder that is made for it where none is named."""
    if output is not None:
        return pathlib.Path(output), None
    folder = pathlib.Path(tempfile.mkdtemp(prefix="kith-"))
    return folder / default, folder


@contextlib.contextmanager
def _gone_on_error(folder):
    try:
        yield
    except BaseException:
        if folder is not None:
            shutil.rmtree(folder, ignore_errors=True)
        raise


def _opened(path, folder):
    result = Result(path)
    if folder is not None:
        weakref.finalize(result, shutil.rmtree, folder, ignore_errors=True)
    return result


def run(scenario, *arguments, output=None, **keys):
    """Runs a scenario, a shipped one by its name or a file, and opens its result.

    `people__count=500` sets people.count; further arguments go to `kith run` as they are (`"--theory", "all"`). Without `output`
    the file lives as long as the result.
    """
    path, folder = _place(output, "result.h5")
    changes = [word for key, value in keys.items() for word in ("--set", f"{key.replace('__', '.')}={_yaml(value)}")]
    with _gone_on_error(folder):
        _call("run", scenario, "-o", path, "-q", *changes, *arguments)
    return _opened(path, folder)


def sweep(design, *arguments, output=None):
    """Does the runs of a design, or those that are missing in the folder `output`, and opens them as one result, with the keys that
    vary as coordinates. Runs that failed are told in a warning."""
    path, folder = _place(output, "runs")
    merged = path.with_name(path.name + ".h5") if output is not None else path.with_suffix(".h5")
    with _gone_on_error(folder):
        ended = _call("sweep", design, "-o", path, "-q", *arguments, allowed=(0, SOME_FAILED))
        if ended.returncode == SOME_FAILED:
            warnings.warn(ended.stderr.strip() or ended.stdout.strip(), stacklevel=2)
        _call("merge", path, "-o", merged, "--force", allowed=(0, SOME_FAILED))
    return _opened(merged, folder)
