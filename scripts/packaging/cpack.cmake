# What CPack asks for each kind of package, when it makes it.
set(CPACK_PACKAGE_FILE_NAME "kith-${CPACK_PACKAGE_VERSION}-${CPACK_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR}")
if(CPACK_GENERATOR STREQUAL "DEB")
  set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
  set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT) # kith_VERSION_amd64.deb
  set(CPACK_DEBIAN_PACKAGE_SECTION science)
  set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
  set(CPACK_DEBIAN_PACKAGE_DEPENDS "python3:any") # what holds a module must ask for it
  # Not recommended: with what they recommend themselves they are two gigabytes.
  set(CPACK_DEBIAN_PACKAGE_SUGGESTS "python3-h5netcdf, python3-h5py, python3-xarray, r-cran-hdf5r")
  set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
  set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
      "People with an opioid tone live on a social network, some of them take a drug
that blocks it, and Kith shows how connected and how isolated everybody
becomes: trials of any design, rival theories, sweeps, and fits to what was
measured. Results are HDF5 files, which Python and R read.")
  set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA "${CMAKE_CURRENT_LIST_DIR}/postinst;${CMAKE_CURRENT_LIST_DIR}/prerm")
  list(APPEND CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/debian.cmake")
endif()
list(APPEND CPACK_PRE_BUILD_SCRIPTS "${CMAKE_CURRENT_LIST_DIR}/settle.cmake")
