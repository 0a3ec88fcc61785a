# Results: the sample run that C++ and Python read alike, the kill test, and xarray's view.
add_library(kith_sample_run STATIC support/sample_run.cpp)
target_link_libraries(kith_sample_run PUBLIC kith::io PRIVATE kith_flags)
target_include_directories(kith_sample_run PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")

kith_test(io LIBRARIES kith::io kith_sample_run)

foreach(program python/write_sample fault/write_forever)
  get_filename_component(name ${program} NAME)
  if(EXISTS "${CMAKE_CURRENT_SOURCE_DIR}/${program}.cpp")
  add_executable(${name} ${program}.cpp)
  target_link_libraries(${name} PRIVATE kith_flags kith_sample_run)
  endif()
endforeach()

find_package(Python3 REQUIRED COMPONENTS Interpreter)
add_test(NAME "io: xarray opens every table" COMMAND ${Python3_EXECUTABLE} "${CMAKE_CURRENT_SOURCE_DIR}/python/test_xarray.py"
                                                     $<TARGET_FILE:write_sample>)
