# shellcheck shell=bash
# The Debian 12 packages that Kith needs, each named once. Sourced by scripts/lib/kith.sh.
# shellcheck disable=SC2034  # the arrays are chosen by name

# To build and run kith.
packages_build=(
  cmake g++ git ninja-build pkg-config
  libboost-dev libboost-graph-dev libboost-iostreams-dev libcli11-dev libexpat1-dev libfmt-dev libhdf5-dev libtbb-dev
  libyaml-cpp-dev nlohmann-json3-dev
)

# To build and run the tests.
packages_test=(
  "${packages_build[@]}"
  catch2 ccache hdf5-tools librandom123-dev librsvg2-bin
  python3 python3-h5netcdf python3-h5py python3-jsonschema python3-matplotlib python3-netcdf4 python3-scipy python3-xarray
  python3-yaml
)

# For tests that are skipped where these do not install: a Slurm of one node, Sobol indices of OpenTURNS, results in R,
# pooled effects of metafor, manual pages, completion in zsh and fish, the site of the documentation.
packages_offered=(fish furo man-db munge python3-myst-parser python3-openturns python3-sphinx r-cran-hdf5r r-cran-metafor slurm-client slurm-wlm-basic-plugins slurmctld slurmd zsh)

# To build the fuzz targets.
packages_fuzz=("${packages_build[@]}" ccache clang libclang-rt-14-dev)

# To build the classroom's page; Node.js and npm besides, from wherever.
packages_classroom=("${packages_build[@]}" ccache dpkg-dev emscripten)

# To look at pages in a browser.
packages_pages=(chromium fonts-dejavu-core)

# To run every check that .ci/run runs.
packages_check=("${packages_test[@]}" "${packages_fuzz[@]}" clang-format clang-tidy dpkg-dev shellcheck)
