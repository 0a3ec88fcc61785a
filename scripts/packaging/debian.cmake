# Run by CPack before it makes the .deb: what Debian wants in a package and no other system does.
cmake_minimum_required(VERSION 3.25)

set(doc "${CPACK_TEMPORARY_DIRECTORY}/usr/share/doc/kith")
file(REMOVE "${doc}/LICENSE") # Debian keeps one copy for all packages
file(WRITE "${doc}/copyright" "Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/
Upstream-Name: kith

Files: *
Copyright: 2026 The Kith developers
License: Apache-2.0
 On Debian systems, the text of the Apache License 2.0 is in
 /usr/share/common-licenses/Apache-2.0.
")
string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC) # that of SOURCE_DATE_EPOCH
file(WRITE "${doc}/changelog" "kith (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium

  * CHANGELOG.md tells what is new.

 -- ${CPACK_PACKAGE_CONTACT}  ${date}
")
execute_process(COMMAND gzip -9n "${doc}/changelog" COMMAND_ERROR_IS_FATAL ANY)
