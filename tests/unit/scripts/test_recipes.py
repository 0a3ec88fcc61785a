#!/usr/bin/python3
"""The recipes that nobody here builds: their syntax is right, they name the libraries that CMake looks for and no others, and they say that
they are not built by us."""
import ast
import re
import subprocess
import unittest
from pathlib import Path

import yaml

ROOT = Path(__file__).resolve().parents[3]
RECIPES = ROOT / "scripts/packaging"

# What CMake looks for -> what Debian, Spack, conda-forge and EasyBuild call it.
NAMES = {
    "Boost": ({"libboost-dev", "libboost-graph-dev", "libboost-iostreams-dev"}, "boost", "libboost-devel", "Boost"),
    "CLI11": ({"libcli11-dev"}, "cli11", "cli11", "CLI11"),
    "EXPAT": ({"libexpat1-dev"}, "expat", "libexpat", "expat"),
    "fmt": ({"libfmt-dev"}, "fmt", "fmt", "fmt"),
    "HDF5": ({"libhdf5-dev"}, "hdf5", "hdf5", "HDF5"),
    "nlohmann_json": ({"nlohmann-json3-dev"}, "nlohmann-json", "nlohmann_json", "nlohmann_json"),
    "TBB": ({"libtbb-dev"}, "tbb", "tbb-devel", "tbb"),
    "yaml-cpp": ({"libyaml-cpp-dev"}, "yaml-cpp", "yaml-cpp", "yaml-cpp"),
}
TOOLS = {"PkgConfig", "Threads", "Python3", "Catch2"}  # of a build or its tests, and of every system


def looked_for():
    """The packages that CMake looks for in what is no test."""
    files = [ROOT / "CMakeLists.txt", *(ROOT / "cmake").glob("*.cmake"), *(ROOT / "sim").rglob("CMakeLists.txt"), *(ROOT / "models").rglob("CMakeLists.txt")]
    found = set()
    for path in files:
        text = re.sub(r"#.*", "", path.read_text(encoding="utf-8"))
        found |= set(re.findall(r"find_package\((\S+?)[ )]", text)) | set(re.findall(r"pkg_(?:check_modules|search_module)\((\S+)", text))
    return found - TOOLS


def bare(names, tools):
    """Names without versions and variants, and without tools, all of which must be there."""
    plain = {re.split(r"[@ ]", name)[0] for name in names}
    missing = tools - plain
    assert not missing, f"without {missing}"
    return plain - tools


class Recipes(unittest.TestCase):
    def test_the_table_knows_what_cmake_looks_for(self):
        self.assertEqual(set(NAMES), looked_for())

    def test_debian(self):
        debian = set().union(*(names[0] for names in NAMES.values()))
        script = f'source "{ROOT}/scripts/lib/packages.sh"; printf "%s\\n" "${{packages_build[@]}}"'
        tools = {"cmake", "g++", "git", "ninja-build", "pkg-config"}
        listed = subprocess.run(["bash", "-c", script], capture_output=True, text=True, check=True).stdout.split()
        self.assertEqual(bare(listed, tools), debian)
        recipe = (RECIPES / "apptainer/kith.def").read_text(encoding="utf-8")
        installed = re.search(r"install --yes --no-install-recommends \\\n(.*?[^\\])\n", recipe, re.S).group(1).replace("\\", " ").split()
        self.assertEqual(bare(installed, tools | {"dpkg-dev"}), debian)

    def test_apptainer_has_stages_of_known_sections(self):
        recipe = re.sub(r"^#.*\n", "", (RECIPES / "apptainer/kith.def").read_text(encoding="utf-8"), flags=re.M)
        stages = re.split(r"^(?=Bootstrap: )", recipe, flags=re.M)[1:]
        self.assertEqual([re.search(r"^Stage: (\w+)$", stage, re.M).group(1) for stage in stages], ["build", "final"])
        for stage in stages:
            self.assertRegex(stage, r"^Bootstrap: docker\nFrom: \S+\nStage: ")
            sections = re.findall(r"^%(\w+)(.*)\n((?: {4}.*\n|\n)*)", stage, re.M)
            self.assertEqual(len(sections), len(re.findall(r"^%", stage, re.M)), "a section with a line that is not indented")
            for name, _, body in sections:
                self.assertIn(name, {"files", "post", "runscript", "test", "labels"})
                if name in {"post", "runscript", "test"}:
                    subprocess.run(["sh", "-n", "-c", body], check=True)

    def test_spack(self):
        tree = ast.parse((RECIPES / "spack/package.py").read_text(encoding="utf-8"))
        calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "depends_on"]
        names = {call.args[0].value for call in calls if not call.keywords}
        built = {call.args[0].value for call in calls if call.keywords}
        self.assertEqual(bare(names, set()), {name[1] for name in NAMES.values()})
        self.assertEqual(bare(built, {"c", "cxx", "cmake", "ninja", "pkgconfig"}), set())

    def test_conda_forge(self):
        recipe = yaml.safe_load((RECIPES / "conda-forge/recipe.yaml").read_text(encoding="utf-8"))
        needs = recipe["requirements"]
        self.assertEqual(bare(needs["host"], {"python"}), {name[2] for name in NAMES.values()})
        self.assertEqual(bare(needs["run"], {"python"}), {"h5py", "h5netcdf", "xarray"})
        for command in recipe["build"]["script"]:
            subprocess.run(["bash", "-n", "-c", command], check=True)

    def test_easybuild(self):
        tree = ast.parse((RECIPES / "easybuild/Kith-0.2.0-foss-2023b.eb").read_text(encoding="utf-8"))
        values = {node.targets[0].id: ast.literal_eval(node.value) for node in tree.body}
        self.assertEqual({name for name, _ in values["dependencies"]}, {name[3] for name in NAMES.values()})
        self.assertEqual({name for name, _ in values["builddependencies"]}, {"CMake", "Ninja", "pkgconf"})
        self.assertLessEqual({"easyblock", "name", "version", "homepage", "description", "toolchain", "sources", "moduleclass"}, set(values))

    def test_a_warning_of_a_compiler_that_comes_later_stops_none_of_those_that_choose_their_compiler(self):
        self.assertIn("option(KITH_WERROR ", (ROOT / "CMakeLists.txt").read_text(encoding="utf-8"))
        for path in ("spack/package.py", "conda-forge/recipe.yaml", "easybuild/Kith-0.2.0-foss-2023b.eb"):
            self.assertRegex((RECIPES / path).read_text(encoding="utf-8"), r'-DKITH_WERROR=OFF|define\("KITH_WERROR", False\)', path)

    def test_every_one_says_that_it_is_not_built_by_us(self):
        told = (RECIPES / "README.md").read_text(encoding="utf-8")
        for path in ("spack/package.py", "conda-forge/recipe.yaml", "easybuild/Kith-0.2.0-foss-2023b.eb", "apptainer/kith.def"):
            self.assertTrue((RECIPES / path).read_text(encoding="utf-8").startswith("# Not built by us"), path)
            self.assertRegex(told, rf"\({re.escape(path)}\) \| \S+ \| not built by us \|")


if __name__ == "__main__":
    unittest.main()
