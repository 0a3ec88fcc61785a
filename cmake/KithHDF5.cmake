# kith_hdf5: the C library and the high-level one, which has dimension scales; from pkg-config where a system has it, else from CMake.
# HDF5_VERSION tells which.
find_package(PkgConfig QUIET)
if(PkgConfig_FOUND)
  pkg_search_module(HDF5 QUIET IMPORTED_TARGET hdf5-serial hdf5) # Debian's name first
endif()
add_library(kith_hdf5 INTERFACE)
if(TARGET PkgConfig::HDF5)
  # The package description leaves the high-level library out.
  find_library(HDF5_HL_LIBRARY NAMES hdf5_serial_hl hdf5_hl HINTS ${HDF5_LIBRARY_DIRS} REQUIRED)
  target_link_libraries(kith_hdf5 INTERFACE ${HDF5_HL_LIBRARY} PkgConfig::HDF5)
else()
  find_package(HDF5 1.10 REQUIRED COMPONENTS C HL)
  target_include_directories(kith_hdf5 SYSTEM INTERFACE ${HDF5_INCLUDE_DIRS})
  target_link_libraries(kith_hdf5 INTERFACE ${HDF5_HL_LIBRARIES} ${HDF5_LIBRARIES})
endif()
