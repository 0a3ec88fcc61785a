# Tests of the house itself: the order of the layers, the scripts, the installation, the serial build.
add_test(NAME "layers: no include is forbidden"
         COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/check_layers.py")
add_test(NAME "layers: planted forbidden includes are found"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_check_layers.py")
add_test(NAME "scripts: packages are found missing and installed"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_packages.py")
add_test(NAME "scripts: the build information follows the commit"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_build_info.py")

if(TARGET kith)
  add_test(NAME "install: kith runs from another prefix"
           COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_install.py" "${PROJECT_BINARY_DIR}")
endif()

# What the browser page compiles must not need TBB, HDF5 or MPI.
set(serial "${PROJECT_BINARY_DIR}/serial")
add_test(NAME "serial: configures"
         COMMAND "${CMAKE_COMMAND}" -S "${PROJECT_SOURCE_DIR}" -B "${serial}" -G Ninja -DKITH_SERIAL=ON
                 -DCMAKE_BUILD_TYPE=Release "-DPython3_EXECUTABLE=${Python3_EXECUTABLE}")
add_test(NAME "serial: builds" COMMAND "${CMAKE_COMMAND}" --build "${serial}")
add_test(NAME "serial: its tests pass" COMMAND "${CMAKE_CTEST_COMMAND}" --test-dir "${serial}" --output-on-failure --no-tests=error)
set_tests_properties("serial: configures" PROPERTIES FIXTURES_SETUP serial_configured LABELS slow)
set_tests_properties("serial: builds" PROPERTIES FIXTURES_REQUIRED serial_configured FIXTURES_SETUP serial_built LABELS slow TIMEOUT 1500)
set_tests_properties("serial: its tests pass" PROPERTIES FIXTURES_REQUIRED serial_built LABELS slow TIMEOUT 1500)
