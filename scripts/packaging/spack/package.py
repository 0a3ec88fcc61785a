# Not built by us: the syntax and the list of libraries are tested, Spack was not run.
# Copyright The Kith developers. SPDX-License-Identifier: Apache-2.0
from spack.package import *


class Kith(CMakePackage):
    """Agent-based simulator of the brain opioid theory of social attachment."""

    # An archive of the sources beside this file: kith-0.2.0.tar.gz
    url = "file:///kith-0.2.0.tar.gz"

    license("Apache-2.0")

    version("0.2.0")

    depends_on("cxx", type="build")
    depends_on("c", type="build")
    depends_on("cmake@3.25:", type="build")
    depends_on("ninja", type="build")
    depends_on("pkgconfig", type="build")

    depends_on("boost@1.74: +iostreams +math +random +graph")
    depends_on("cli11")
    depends_on("expat")
    depends_on("fmt")
    depends_on("hdf5@1.10: +hl ~mpi")
    depends_on("nlohmann-json")
    depends_on("tbb")
    depends_on("yaml-cpp@0.7:")

    generator("ninja")

    def cmake_args(self):
        return [self.define("KITH_BUILD_TESTS", False), self.define("KITH_WERROR", False)]
