# Results: the sample run that C++ and Python read alike, xarray's view, and what faults leave behind.
add_library(kith_sample_run STATIC support/sample_run.cpp)
target_link_libraries(kith_sample_run PUBLIC kith::io PRIVATE kith_flags)
target_include_directories(kith_sample_run PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")

kith_test(io LIBRARIES kith::io kith_sample_run)
kith_test(sweep LIBRARIES kith::sweep)
kith_test(figures LIBRARIES kith::figures kith_sample_run)

add_executable(write_sample python/write_sample.cpp)
target_link_libraries(write_sample PRIVATE kith_flags kith_sample_run)
add_executable(write_forever fault/write_forever.cpp)
target_link_libraries(write_forever PRIVATE kith_flags kith::io)

find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME "io: xarray opens every table" COMMAND ${Python3_EXECUTABLE} "${CMAKE_CURRENT_SOURCE_DIR}/python/test_xarray.py"
                                                     $<TARGET_FILE:write_sample>)
set(faults kill disk permission together)
if(NOT KITH_SANITIZE) # a sanitizer keeps freed memory
  list(APPEND faults memory)
endif()
foreach(fault ${faults})
  add_test(NAME "io: fault: ${fault}" COMMAND ${Python3_EXECUTABLE} "${CMAKE_CURRENT_SOURCE_DIR}/fault/test_faults.py"
                                              $<TARGET_FILE:write_forever> ${fault})
  set_tests_properties("io: fault: ${fault}" PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
