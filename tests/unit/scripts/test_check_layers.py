#!/usr/bin/python3
"""check_layers.py finds each kind of forbidden include, planted in a small tree, and nothing else."""
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]

# A tree that keeps every rule: path -> text.
SOUND = {
    "sim/core/error.hpp": "#pragma once\n#include <string>\n",
    "sim/core/parallel_tbb.cpp": '#include "core/error.hpp"\n#include <tbb/parallel_for.h>\n',
    "sim/config/section.hpp": '#pragma once\n#include "core/error.hpp"\n',
    "sim/config/read.cpp": '#include "config/section.hpp"\n#include <yaml-cpp/yaml.h>\n',
    "sim/network/graph.hpp": '#pragma once\n// #include <boost/graph/adjacency_list.hpp>\n/*\n#include "io/out.hpp"\n*/\n',
    "sim/network/measure.cpp": '#include "network/graph.hpp"\n#include <boost/graph/core_numbers.hpp>\n',
    "sim/engine/run.hpp": '#pragma once\n#include "network/graph.hpp"\n#include "config/section.hpp"\n',
    "sim/io/out.hpp": '#pragma once\n#include "engine/run.hpp"\n',
    "sim/io/out.cpp": '#include "out.hpp"\n#include <hdf5.h>\n',
    "sim/cluster/ranks.cpp": "#include <mpi.h>\n",
    "sim/cli/run.hpp": '#pragma once\n#include "io/out.hpp"\n',
    "sim/cli/run.cpp": '#include "cli/run.hpp"\n#include <CLI/CLI.hpp>\n',
    "models/pharmacology/drug.hpp": '#pragma once\n#include "config/section.hpp"\n',
    "models/people/state.hpp": '#pragma once\n#include "models/pharmacology/drug.hpp"\n#include "engine/run.hpp"\n',
    "models/theories/botsa.hpp": '#pragma once\n#include "models/people/state.hpp"\n',
    "models/trials/design/design.hpp": '#pragma once\n#include "models/pharmacology/drug.hpp"\n',
    "models/trials/measures/probe.hpp": '#pragma once\n#include "models/theories/botsa.hpp"\n',
    "models/trials/analysis/effects.cpp": '#include "models/trials/design/design.hpp"\n#include <boost/math/distributions.hpp>\n',
    "models/study/study.hpp": '#pragma once\n#include "models/trials/analysis/tables.hpp"\n',
    "models/report/tables.hpp": '#pragma once\n#include "models/study/study.hpp"\n',
    "models/application/application.hpp": '#pragma once\n#include "cli/run.hpp"\n#include "models/report/tables.hpp"\n',
    "models/main.cpp": '#include "models/application/application.hpp"\n',
    "tests/unit/io/test_out.cpp": '#include "io/out.hpp"\n#include "models/report/tables.hpp"\n#include <hdf5.h>\n#include <tbb/tbb.h>\n',
}

# (file, line to add, part of the message expected)
PLANTED = [
    ("sim/core/error.hpp", '#include "config/section.hpp"', "core (rank 0) includes config (rank 1)"),
    ("sim/core/error.hpp", '  #  include   "engine/run.hpp"', "core (rank 0) includes engine (rank 2)"),
    ("sim/config/read.cpp", '#include "network/graph.hpp"', "config (rank 1) includes network (rank 1)"),
    ("sim/network/measure.cpp", '#include "config/section.hpp"', "network (rank 1) includes config (rank 1)"),
    ("sim/network/measure.cpp", '#include "engine/run.hpp"', "network (rank 1) includes engine (rank 2)"),
    ("sim/network/measure.cpp", '#include "../engine/run.hpp"', "network (rank 1) includes engine (rank 2)"),
    ("sim/engine/run.hpp", '#include "io/out.hpp"', "engine (rank 2) includes io (rank 3)"),
    ("sim/io/out.hpp", '#include "cluster/new.hpp"', "io (rank 3) includes cluster (rank 3)"),
    ("sim/io/out.hpp", '#include "cli/run.hpp"', "io (rank 3) includes cli (rank 5)"),
    ("sim/engine/run.hpp", '#include "models/report/tables.hpp"', "the engine knows no science"),
    ("sim/cli/run.cpp", '#include "models/report/tables.hpp"', "the engine knows no science"),
    ("sim/cli/run.cpp", '#include "tests/unit/io/helper.hpp"', "sim/ includes tests/"),
    ("models/report/tables.hpp", '#include "io/out.hpp"', "models/report/ includes io"),
    ("models/trials/design/design.hpp", '#include "cli/run.hpp"', "models/trials/design/ includes cli"),
    ("models/report/tables.hpp", '#include "sim/io/out.hpp"', "models/report/ includes io"),
    ("models/application/application.hpp", '#include "io/out.hpp"', "models/application/ includes io"),
    ("models/main.cpp", '#include "models/report/tables.hpp"', "only the application"),
    ("models/main.cpp", '#include "cli/run.hpp"', "only the application"),
    ("models/main.cpp", "#include <CLI/CLI.hpp>", "CLI11 is included"),
    ("models/pharmacology/drug.hpp", '#include "models/people/state.hpp"', "models/pharmacology/ includes models/people"),
    ("models/people/state.hpp", '#include "models/theories/botsa.hpp"', "models/people/ includes models/theories"),
    ("models/theories/botsa.hpp", '#include "../trials/design/design.hpp"', "models/theories/ includes models/trials"),
    ("models/trials/design/design.hpp", '#include "models/study/study.hpp"', "models/trials/design/ includes models/study"),
    ("models/trials/design/design.hpp", '#include "../measures/probe.hpp"', "models/trials/design/ includes models/trials/measures"),
    ("models/study/study.hpp", '#include "models/report/tables.hpp"', "models/study/ includes models/report"),
    ("models/trials/stray.hpp", '#pragma once\n#include "models/people/state.hpp"', "models/trials/ is not in the order"),
    ("models/stray.cpp", '#include "models/people/state.hpp"', "is not in the order"),
    ("models/people/state.hpp", '#include "models/report/tables.hpp"', "models/people/ includes models/report"),
    ("sim/engine/run.hpp", "#include <yaml-cpp/yaml.h>", "yaml-cpp is included"),
    ("sim/network/graph.hpp", "#include <expat.h>", "expat is included"),
    ("sim/engine/run.hpp", "#include <hdf5.h>", "HDF5 is included"),
    ("sim/cli/run.cpp", "#include <H5Cpp.h>", "HDF5 is included"),
    ("sim/network/graph.hpp", "#include <boost/graph/adjacency_list.hpp>", "Boost is included"),
    ("sim/engine/run.hpp", "#include <boost/graph/adjacency_list.hpp>", "Boost is included"),
    ("sim/network/measure.cpp", "#include <boost/math/distributions.hpp>", "Boost.Math is included"),
    ("models/trials/design/design.hpp", "#include <boost/math/distributions.hpp>", "Boost.Math is included"),
    ("sim/core/error.hpp", "#include <tbb/parallel_for.h>", "TBB is included"),
    ("sim/engine/run.hpp", "#include <oneapi/tbb/parallel_for.h>", "TBB is included"),
    ("models/report/tables.hpp", '#include "tbb/tbb.h"', "TBB is included"),
    ("models/report/tables.hpp", "#include <CLI/CLI.hpp>", "CLI11 is included"),
    ("sim/io/out.cpp", "#include <mpi.h>", "MPI is included"),
    ("sim/new/thing.hpp", '#pragma once\n#include "core/error.hpp"', "sim/new/ has no rank"),
    ("models/new/thing.hpp", '#pragma once\n#include "models/people/state.hpp"', "models/new/ is not in the order"),
    ("sim/core/bare.hpp", "// #pragma once\nint f();", "#pragma once"),
    ("sim/core/late.hpp", "#include <string>\n#pragma once", "#pragma once"),
]


class CheckLayers(unittest.TestCase):
    def run_on(self, tree):
        with tempfile.TemporaryDirectory() as folder:
            for name, text in tree.items():
                path = Path(folder) / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            command = [sys.executable, ROOT / "scripts/check_layers.py", folder]
            return subprocess.run(command, capture_output=True, text=True, check=False)

    def test_a_sound_tree_passes(self):
        result = self.run_on(SOUND)
        self.assertEqual((result.returncode, result.stdout), (0, "22 files, no forbidden include\n"))

    def test_each_planted_include_is_found_with_its_file_and_line(self):
        for file, line, message in PLANTED:
            with self.subTest(file=file, line=line):
                before = SOUND.get(file, "")
                result = self.run_on({**SOUND, file: before + line + "\n"})
                found = result.stdout.splitlines()
                self.assertEqual((result.returncode, len(found)), (1, 1), result.stdout)
                self.assertIn(message, found[0])
                if "#pragma once" not in message:
                    self.assertTrue(found[0].startswith(f"{file}:{before.count(chr(10)) + line.count(chr(10)) + 1}:"), found[0])

    def test_every_breach_is_listed(self):
        tree = dict(SOUND)
        for file in ("sim/core/error.hpp", "sim/engine/run.hpp", "models/report/tables.hpp"):
            tree[file] += "#include <hdf5.h>\n"
        result = self.run_on(tree)
        self.assertEqual((result.returncode, len(result.stdout.splitlines())), (1, 3), result.stdout)

    def test_a_folder_without_sources_is_an_error(self):
        self.assertEqual(self.run_on({"README.md": ""}).returncode, 2)


if __name__ == "__main__":
    unittest.main()
