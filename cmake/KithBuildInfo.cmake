# What `kith::build_info()` tells: collected while configuring, the commit looked up at each build.

# kith_uses(HDF5 1.10.8) notes a library for the build information.
function(kith_uses library version)
  set_property(GLOBAL APPEND PROPERTY KITH_LIBRARIES "${library} ${version}")
endfunction()

set(KITH_BUILD_INFO_DIR "${PROJECT_BINARY_DIR}/generated")

# Call at the end of the top CMakeLists.txt, when all libraries are known.
function(kith_write_build_settings)
  get_property(libraries GLOBAL PROPERTY KITH_LIBRARIES)
  list(REMOVE_DUPLICATES libraries)
  list(SORT libraries CASE INSENSITIVE)
  list(JOIN libraries ", " libraries)
  string(TOUPPER "${CMAKE_BUILD_TYPE}" type)
  get_target_property(options kith_flags INTERFACE_COMPILE_OPTIONS)
  list(FILTER options EXCLUDE REGEX "-W")
  list(JOIN options " " options)
  string(STRIP "${CMAKE_BUILD_TYPE}: ${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${type}} ${options}" flags)
  string(REGEX REPLACE " +" " " flags "${flags}")
  set(text "#define KITH_BUILD_VERSION \"${PROJECT_VERSION}\"\n")
  string(APPEND text "#define KITH_BUILD_COMPILER \"${CMAKE_CXX_COMPILER_ID} ${CMAKE_CXX_COMPILER_VERSION}\"\n")
  string(APPEND text "#define KITH_BUILD_FLAGS \"${flags}\"\n")
  string(APPEND text "#define KITH_BUILD_LIBRARIES \"${libraries}\"\n")
  file(CONFIGURE OUTPUT "${KITH_BUILD_INFO_DIR}/settings.inc" CONTENT "${text}" @ONLY)
endfunction()

# The target looks at git in every build and writes the file only when its text changed, so nothing is compiled or linked
# again as long as the commit and the settings stay.
add_custom_target(
  kith_build_info
  COMMAND "${CMAKE_COMMAND}" -DSOURCE=${PROJECT_SOURCE_DIR} -DFOLDER=${KITH_BUILD_INFO_DIR} -P
          "${PROJECT_SOURCE_DIR}/cmake/WriteBuildInfo.cmake"
  BYPRODUCTS "${KITH_BUILD_INFO_DIR}/kith_build_info.inc"
  COMMENT "Looking up the commit"
  VERBATIM)
