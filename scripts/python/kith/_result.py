"""Result files: their tables as xarray data sets."""
import collections.abc
import os
import pathlib

import h5py
import numpy as np
import xarray as xr

FORMAT_VERSION = 1  # the newest format of files that this reads, of sim/io/result_attributes.hpp
OURS = {"provenance", "inputs"}  # groups that are no tables
PERSON = ("replicate", "participant")


def _text(value):
    return value.decode() if isinstance(value, bytes) else str(value)


def _labelled(variable):
    """A category as the words that its attributes give to its numbers; "" where it is missing."""
    words = np.array([*variable.attrs["flag_meanings"].split(), ""], dtype=object)
    numbers = [*np.atleast_1d(variable.attrs["flag_values"])]
    place = {float(number): place for place, number in enumerate(numbers)}
    places = [place.get(float(number), len(numbers)) for number in np.ravel(variable.values)]
    attrs = {key: value for key, value in variable.attrs.items() if not key.startswith("flag_")}
    return xr.Variable(variable.dims, words[places].astype(str).reshape(variable.shape), attrs)


class Result(collections.abc.Mapping):
    """The tables of a result file, by name: `result["effects"]`, or `result.effects`. Each is read when it is first asked for, and
    stays in memory; the file is not held open.

    Categories are words ("naltrexone"), not numbers. A table about participants has their columns (id, order of the arms, whether
    they left) as coordinates. Times are hours since the start, as numbers.
    """

    def __init__(self, path):
        self.path = pathlib.Path(path)
        self._tables = {}
        with h5py.File(self.path) as file:
            if "kith_version" not in file.attrs:
                raise ValueError(f"{self.path} is not a result of Kith")
            version = int(file.attrs.get("format_version", 1))
            if not 1 <= version <= FORMAT_VERSION:
                raise ValueError(f"{self.path} has format version {version}, and this module reads versions to {FORMAT_VERSION}: take the module of "
                                 f"Kith {_text(file.attrs['kith_version'])}, which wrote it, or a later one")
            self._names = [name for name, group in file.items() if isinstance(group, h5py.Group) and name not in OURS]
            self.attrs = {key: _text(value) if isinstance(value, (bytes, str)) else value for key, value in file.attrs.items()}
            self.provenance = {key: _text(value[()]) for key, value in file.get("provenance", {}).items()
                               if value.shape == () and h5py.check_string_dtype(value.dtype)}

    @property
    def tables(self):
        """The names of the tables."""
        return list(self._names)

    @property
    def fingerprint(self):
        """Digest of the final state: equal for equal runs."""
        return self.attrs.get("fingerprint", "")

    def _read(self, name):
        with xr.open_dataset(self.path, group=name, engine="h5netcdf", decode_times=False) as data:
            data = data.load()
        coded = [key for key, variable in data.variables.items() if "flag_meanings" in variable.attrs]
        data = data.assign({key: _labelled(data[key].variable) for key in coded})
        return data.assign_attrs(title=self.attrs.get("title", ""))

    def _with_participants(self, data, suffix):
        about = "participants" + suffix
        if about not in self._names or not set(PERSON) <= set(data.dims):
            return data
        columns = {name: column for name, column in self[about].data_vars.items()
                   if column.dims == PERSON and name not in data.variables}
        return data.assign_coords(columns)

    def __getitem__(self, name):
        if name not in self._names:
            raise KeyError(f"no table {name!r} in {self.path}; there are {', '.join(self._names)}")
        if name not in self._tables:
            base, separator, trial = name.partition(" ")
            data = self._read(name)
            is_about_them = base == "participants"
            self._tables[name] = data if is_about_them else self._with_participants(data, separator + trial)
        return self._tables[name]

    def __getattr__(self, name):
        if name.startswith("_") or name not in self._names:
            raise AttributeError(f"no table {name!r} in this result; there are {', '.join(self.__dict__.get('_names', []))}")
        return self[name]

    def __dir__(self):
        return [*super().__dir__(), *self._names]

    def __iter__(self):
        return iter(self._names)

    def __len__(self):
        return len(self._names)

    def __repr__(self):
        lines = [f"<kith.Result {self.path}>", f"{self.attrs.get('title', '')} ({self.attrs.get('state', '')})"]
        with h5py.File(self.path) as file:
            for name in self._names:
                scales = [key for key, item in file[name].items() if item.attrs.get("CLASS") == b"DIMENSION_SCALE"]
                sizes = ", ".join(f"{key} {file[name][key].shape[0]}" for key in scales)
                lines.append(f"  {name:<18} {len(file[name]) - len(scales):3} variables  ({sizes})")
        return "\n".join(lines)


def open(path):  # pylint: disable=redefined-builtin
    """The result in a file. FileNotFoundError where there is none, ValueError where the file is not Kith's."""
    if not os.path.exists(path):
        raise FileNotFoundError(f"no such file: {path}")
    return Result(path)
