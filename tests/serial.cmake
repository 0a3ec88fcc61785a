# What the browser page compiles must not need TBB, HDF5 or MPI: it is built and tested here natively, with the flags of
# this build, so that ccache finds nearly all objects.
string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
# Beside this build, because ccache takes paths relative to the build folder.
set(serial "${PROJECT_BINARY_DIR}-serial")
add_test(NAME "serial: configures"
         COMMAND "${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}" -B "${serial}" -G Ninja -DKITH_SERIAL=ON
                 "-DCMAKE_BUILD_TYPE=${CMAKE_BUILD_TYPE}" "-DCMAKE_CXX_FLAGS_${type}=${CMAKE_CXX_FLAGS_${type}}"
                 "-DPython3_EXECUTABLE=${Python3_EXECUTABLE}")
add_test(NAME "serial: builds" COMMAND "${CMAKE_COMMAND}" --build "${serial}")
add_test(NAME "serial: its tests pass" COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${serial}" --output-on-failure --no-tests=error --parallel 2)
add_test(NAME "serial: links neither TBB nor HDF5 nor MPI" COMMAND "${CMAKE_MAKE_PROGRAM}" -C "${serial}" -t commands all)
add_test(NAME "serial: the program's numbers are those of the parallel one, and it says what it lacks"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/python/test_serial.py" $<TARGET_FILE:kith> "${serial}/bin/kith")
set_tests_properties("serial: configures" PROPERTIES FIXTURES_SETUP serial_configured)
set_tests_properties("serial: builds" PROPERTIES FIXTURES_REQUIRED serial_configured FIXTURES_SETUP serial_built PROCESSORS 2)
set_tests_properties("serial: its tests pass" "serial: the program's numbers are those of the parallel one, and it says what it lacks"
                     PROPERTIES FIXTURES_REQUIRED serial_built)
set_tests_properties("serial: its tests pass" PROPERTIES PROCESSORS 2)
set_tests_properties("serial: links neither TBB nor HDF5 nor MPI" PROPERTIES
  FIXTURES_REQUIRED serial_configured PASS_REGULAR_EXPRESSION "libkith_core" FAIL_REGULAR_EXPRESSION "libtbb|libhdf5|libmpi|include/hdf5")
set_tests_properties(
  "serial: configures" "serial: builds" "serial: its tests pass" "serial: links neither TBB nor HDF5 nor MPI"
  "serial: the program's numbers are those of the parallel one, and it says what it lacks"
  PROPERTIES LABELS slow TIMEOUT 1500)
