# The headers of Boost, which know no platform, through a folder that holds nothing else: those of the system's C library must not be
# found.
set(folder "${PROJECT_BINARY_DIR}/headers")
file(MAKE_DIRECTORY "${folder}")
foreach(library boost nlohmann)
  file(CREATE_LINK "/usr/include/${library}" "${folder}/${library}" SYMBOLIC)
endforeach()
file(STRINGS "${folder}/boost/version.hpp" version REGEX "define BOOST_LIB_VERSION")
string(REGEX REPLACE ".*\"([0-9]+)_([0-9]+).*" "\\1.\\2.0" Boost_VERSION "${version}")
if(NOT TARGET Boost::boost)
  add_library(Boost::boost INTERFACE IMPORTED GLOBAL)
endif()
set(Boost_FOUND TRUE)
