#!/usr/bin/python3
"""TBB and HDF5 are found by each of the ways that systems offer them, and a small program links; where there is none, the message says what to do."""
import os
import subprocess
import tempfile
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
PROJECT = f"""cmake_minimum_required(VERSION 3.25)
project(trial LANGUAGES C CXX)
list(APPEND CMAKE_MODULE_PATH "{ROOT}/cmake")
include(KithTBB)
include(KithHDF5)
message(STATUS "TBB ${{TBB_VERSION}} HDF5 ${{HDF5_VERSION}}.")
add_executable(trial trial.cpp)
target_link_libraries(trial PRIVATE TBB::tbb kith_hdf5)
"""
PROGRAM = """#include <hdf5_hl.h>
#include <tbb/global_control.h>
int main() { return H5DSis_scale(-1) >= 0 || tbb::global_control::active_value(tbb::global_control::max_allowed_parallelism) == 0; }
"""
WITHOUT_PACKAGE = "-DCMAKE_DISABLE_FIND_PACKAGE_TBB=ON"


class FindLibraries(unittest.TestCase):
    def configure(self, *settings, **environment):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        source = Path(folder.name)
        (source / "CMakeLists.txt").write_text(PROJECT, encoding="utf-8")
        (source / "trial.cpp").write_text(PROGRAM, encoding="utf-8")
        done = subprocess.run(["cmake", "-S", source, "-B", source / "build", "-G", "Ninja", *settings], env={**os.environ, **environment},
                              capture_output=True, text=True, check=False)
        return source / "build", done

    def links(self, *settings, **environment):
        build, done = self.configure(*settings, **environment)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"TBB 20\d\d\.\d+\S* HDF5 1\.\d+\.\d+")
        subprocess.run(["cmake", "--build", build], check=True, capture_output=True)
        subprocess.run([build / "trial"], check=True)
        return (build / "CMakeCache.txt").read_text(encoding="utf-8")

    def test_as_this_system_has_them(self):
        self.assertNotIn("TBB_LIBRARY:", self.links())

    def test_tbb_without_its_cmake_files(self):
        cache = self.links(WITHOUT_PACKAGE)
        self.assertIn("pkgcfg_lib_TBB_tbb:", cache)
        self.assertNotIn("TBB_LIBRARY:", cache)

    def test_neither_cmake_files_nor_pkg_config(self):
        self.assertIn("TBB_LIBRARY:", self.links(WITHOUT_PACKAGE, PKG_CONFIG_LIBDIR="/nowhere"))

    def test_without_tbb_the_message_tells_what_to_do(self):
        _, done = self.configure(WITHOUT_PACKAGE, "-DTBB_LIBRARY=TBB_LIBRARY-NOTFOUND", "-DTBB_INCLUDE_DIR=TBB_INCLUDE_DIR-NOTFOUND",
                                 "-DCMAKE_FIND_ROOT_PATH=/nowhere", "-DCMAKE_FIND_ROOT_PATH_MODE_LIBRARY=ONLY", "-DCMAKE_FIND_ROOT_PATH_MODE_INCLUDE=ONLY",
                                 PKG_CONFIG_LIBDIR="/nowhere")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("libtbb-dev", done.stderr)


if __name__ == "__main__":
    unittest.main()
