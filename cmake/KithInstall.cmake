# What `cmake --install` puts beside the program, and the packages that CPack makes of it (scripts/package).

set(CMAKE_SKIP_INSTALL_ALL_DEPENDENCY ON) # the program is enough; tests need not be built

# Debian's python3 looks here below /usr. Other systems name their own: -DKITH_PYTHON_DIR=lib/python3.12/site-packages.
set(KITH_PYTHON_DIR "lib/python3/dist-packages" CACHE STRING "Folder of the Python module, below the prefix")
install(DIRECTORY scripts/python/kith DESTINATION "${KITH_PYTHON_DIR}" FILES_MATCHING PATTERN "*.py")

install(FILES README.md CHANGELOG.md SUPPORT.md LICENSE CITATION.cff DESTINATION "${CMAKE_INSTALL_DOCDIR}")
install(FILES models/README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}/models")
install(DIRECTORY scenarios/ DESTINATION "${CMAKE_INSTALL_DATADIR}/kith/scenarios")
# The page that scripts/classroom has built, where it has.
install(FILES "${PROJECT_SOURCE_DIR}/build/classroom.html" DESTINATION "${CMAKE_INSTALL_DATADIR}/kith" OPTIONAL)

# What the program itself writes: manual pages, completion, schemas.
find_program(KITH_GZIP gzip)
file(GENERATE OUTPUT "${PROJECT_BINARY_DIR}/install-written.cmake" CONTENT "
set(kith [==[$<TARGET_FILE:kith>]==])
set(gzip [==[${KITH_GZIP}]==])
set(emulator [==[${CMAKE_CROSSCOMPILING_EMULATOR}]==])
set(folder [==[${PROJECT_BINARY_DIR}/written]==])
set(man [==[${CMAKE_INSTALL_MANDIR}]==])
set(data [==[${CMAKE_INSTALL_DATADIR}]==])
include([==[${PROJECT_SOURCE_DIR}/cmake/InstallWritten.cmake]==])
")
install(SCRIPT "${PROJECT_BINARY_DIR}/install-written.cmake")

set(CPACK_PACKAGE_NAME kith)
set(CPACK_PACKAGE_VENDOR "The Kith developers")
set(CPACK_PACKAGE_CONTACT "The Kith developers <kith@kith.invalid>" CACHE STRING "Whom a package names to write to")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_PACKAGE_DIRECTORY "${PROJECT_BINARY_DIR}/packages")
set(CPACK_STRIP_FILES ON)
set(CPACK_PROJECT_CONFIG_FILE "${PROJECT_SOURCE_DIR}/scripts/packaging/cpack.cmake")
include(CPack)
