# Scenarios through the program: wrong ones are refused as expected, shipped ones run, and their results open.
set(through_the_program input_errors scenario_cases scenarios results real_networks foreign_networks evidence kinds report report_absent
                        lessons r_reader ro_crate kept_results every_table)
if(NOT KITH_SANITIZE) # whose shadow memory and slowness are not the program's; the others repeat with numbers what units and tests above do
  list(APPEND through_the_program limits documents exported_numbers occupancy sweeps sweep_designs sensitivity report_kinds module completion)
  set(parts_of_limits Memory Files)
endif()
# One of each design and of each kind of table; all 38 by hand, in two minutes: `tests/python/test_every_table.py build/release/bin/kith`.
set(parts_of_every_table recovery stepped-wedge dose-response long-naltrexone lonely-city high-school lessons/theories lessons/washout
                         naltrexone-crossover evidence/charles_2020 evidence/inagaki_2019 evidence/pettinati_2009)
foreach(test IN LISTS through_the_program)
  string(REPLACE "_" " " title ${test})
  add_test(NAME "scenarios: ${title}" COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/python/test_${test}.py"
                                              $<TARGET_FILE:kith> ${parts_of_${test}})
  set_tests_properties("scenarios: ${title}" PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
# Sweeps through a Slurm of one node; skipped where it is not installed.
add_test(NAME "slurm: an array with a task that is killed and one at its time limit comes to its end" COMMAND "${Python3_EXECUTABLE}"
         "${CMAKE_CURRENT_SOURCE_DIR}/slurm/test_slurm.py" $<TARGET_FILE:kith>)
set_tests_properties("slurm: an array with a task that is killed and one at its time limit comes to its end"
                     PROPERTIES SKIP_RETURN_CODE 77 LABELS slow)
set_tests_properties("scenarios: evidence" PROPERTIES LABELS slow) # every experiment under three theories, twice
set_tests_properties("scenarios: every table" PROPERTIES TIMEOUT 1800 LABELS slow) # in SciPy and in R
if(NOT KITH_SANITIZE)
  add_test(NAME "scenarios: signals while millions are made" COMMAND "${Python3_EXECUTABLE}"
           "${CMAKE_CURRENT_SOURCE_DIR}/python/test_limits.py" $<TARGET_FILE:kith> Signals)
  set_tests_properties("scenarios: signals while millions are made" PROPERTIES RUN_SERIAL TRUE LABELS slow) # it measures times
endif()
# Stopped and killed, and gone on with: 12 kills here; by hand `tests/fault/test_resume.py build/release/bin/kith 200`.
add_test(NAME "scenarios: resume" COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/fault/test_resume.py" $<TARGET_FILE:kith>)
set_tests_properties("scenarios: resume" PROPERTIES TIMEOUT 900 LABELS slow)
add_test(NAME "scenarios: replay and branch" COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/fault/test_branch.py" $<TARGET_FILE:kith>)
set_tests_properties("scenarios: replay and branch" PROPERTIES TIMEOUT 900 LABELS slow)
if(NOT KITH_SANITIZE)
  # Every write of a small run fails once, folders go away, memory runs out, the clock jumps.
  add_library(failing_calls MODULE fault/failing_calls.cpp)
  target_link_libraries(failing_calls PRIVATE ${CMAKE_DL_LIBS})
  add_test(NAME "scenarios: faults" COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/fault/test_provoked.py" $<TARGET_FILE:kith>
                                            $<TARGET_FILE:failing_calls>)
  set_tests_properties("scenarios: faults" PROPERTIES TIMEOUT 900 LABELS slow)
  # Ten studies in one population here; the full check is `scripts/check_fits`, with 200 over ten.
  add_test(NAME "scenarios: what was fitted holds" COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/check_fits"
                                                           --studies 10 --populations 1 --kith $<TARGET_FILE:kith>)
  set_tests_properties("scenarios: what was fitted holds" PROPERTIES LABELS slow PROCESSORS 2)
endif()

add_test(NAME "golden: small runs have the bits that are pinned" COMMAND "${Python3_EXECUTABLE}" "${PROJECT_SOURCE_DIR}/scripts/golden"
                                                                        --kith $<TARGET_FILE:kith>)
