# Tests of the house itself: the order of the layers, the scripts, the installation, the serial build.
add_test(NAME "layers: no include is forbidden"
         COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/check_layers.py")
add_test(NAME "layers: planted forbidden includes are found"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_check_layers.py")
add_test(NAME "documents: references and links lead somewhere"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_references.py")
add_test(NAME "scripts: packages are found missing and installed"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_packages.py")
add_test(NAME "scripts: the build information follows the commit"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_build_info.py")
add_test(NAME "scripts: what is pinned is compared and renewed value by value"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_golden.py")
add_test(NAME "scripts: faults that tests catch and faults that they overlook are told apart"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_mutants.py")
add_test(NAME "mutants: every text of the lists is in its file once"
         COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/mutants" --list)
add_test(NAME "scripts: a release makes all files tell one version"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_release.py")
add_test(NAME "packages: recipes name the libraries that CMake looks for"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_recipes.py")
add_test(NAME "packages: TBB and HDF5 are found by whatever a system has"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_find_libraries.py")
add_test(NAME "bench: time and memory of known programs are measured"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_measure.py")

add_test(NAME "scripts: a prediction's table holds what its runs found"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_predict.py" "$<TARGET_FILE:kith>")
add_test(NAME "scripts: naltrexone holds what its fit gives"
         COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/fit_naltrexone.py" --check)
add_test(NAME "install: kith runs from another prefix, and packages hold the same"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_install.py" "${PROJECT_BINARY_DIR}")

if(CMAKE_GENERATOR STREQUAL "Ninja" AND NOT KITH_AUDIT)
  include(serial.cmake)
endif()

add_test(NAME "editor: language servers check what is written, and offer what may be"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/editor/test_editor.py" "$<TARGET_FILE:kith>")
set_tests_properties("editor: language servers check what is written, and offer what may be" PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME "docs: the site is made without a warning, and its links lead somewhere"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_docs.py" "$<TARGET_FILE_DIR:kith>")
set_tests_properties("docs: the site is made without a warning, and its links lead somewhere" PROPERTIES SKIP_RETURN_CODE 77)
add_test(NAME "readme: the commands print what the documents show"
         COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/refresh_readme.py" --check --bin
                 "$<TARGET_FILE_DIR:kith>")
add_test(NAME "readme: a changed output, quote and table are found, renewed and then found right"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/unit/scripts/test_refresh_readme.py")
