"""Runs Kith and reads what it writes.

    import kith

    result = kith.run("first-steps", people__count=500)   # kith run first-steps --set people.count=500
    result.effects                                         # a table, as an xarray.Dataset with labels
    result.diary.to_dataframe()                            # with the columns of each participant beside each rating
    kith.open("out.h5").tables                             # of a file that is there already
    kith.sweep("design.yaml").effects                      # all runs of a design

`python3 -m kith out.h5` lists what a file holds.
"""
try:
    import h5py  # noqa: F401  pylint: disable=unused-import
    import xarray  # noqa: F401  pylint: disable=unused-import
except ModuleNotFoundError as missing:
    raise ModuleNotFoundError(f"{missing}: kith reads results with xarray, h5py and h5netcdf; on Debian: apt-get install "
                              "--no-install-recommends python3-xarray python3-h5py python3-h5netcdf", name=missing.name) from missing

from ._program import Failed, InvalidScenario, KithError, Stopped, WrongUse, run, sweep
from ._result import FORMAT_VERSION, Result, open  # pylint: disable=redefined-builtin

__all__ = ["FORMAT_VERSION", "Failed", "InvalidScenario", "KithError", "Result", "Stopped", "WrongUse", "open", "run", "sweep"]
