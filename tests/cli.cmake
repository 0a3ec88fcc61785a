# The command line with a model of its own: in this process, and as a program on terminals, pipes and signals.
add_library(kith_fake_application STATIC support/fake_application.cpp)
target_link_libraries(kith_fake_application PUBLIC kith::cli PRIVATE kith_flags)
target_include_directories(kith_fake_application PUBLIC "${CMAKE_CURRENT_SOURCE_DIR}")

find_package(nlohmann_json REQUIRED)
kith_test(cli LIBRARIES kith::cli kith_fake_application kith_sample_run nlohmann_json::nlohmann_json)

add_executable(fake_kith support/fake_kith.cpp)
target_link_libraries(fake_kith PRIVATE kith_flags kith_fake_application)
# Examples of the help texts call it by its name.
set_target_properties(fake_kith PROPERTIES OUTPUT_NAME kith RUNTIME_OUTPUT_DIRECTORY "${CMAKE_CURRENT_BINARY_DIR}/fake")
add_test(NAME "cli: terminals, pipes, signals and the examples of the help texts"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/python/test_command_line.py" $<TARGET_FILE:fake_kith>)
add_test(NAME "cli: damaged results, links that lead elsewhere, outputs that are inputs"
         COMMAND "${Python3_EXECUTABLE}" "${CMAKE_CURRENT_SOURCE_DIR}/python/test_hostile_results.py" $<TARGET_FILE:fake_kith>)
