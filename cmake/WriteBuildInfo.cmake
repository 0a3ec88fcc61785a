# Writes FOLDER/kith_build_info.inc: the settings, and the git commit of SOURCE.

cmake_minimum_required(VERSION 3.25)

# In an archive made by `git archive` this file holds the commit (.gitattributes).
file(STRINGS "${SOURCE}/cmake/archive_commit.txt" commit LIMIT_COUNT 1)
if(commit MATCHES "^[$]")
  set(commit unknown)
endif()

# An unpacked archive may lie inside somebody else's checkout: only SOURCE's own counts.
find_program(GIT git)
if(GIT AND EXISTS "${SOURCE}/.git")
  execute_process(
    COMMAND "${GIT}" -C "${SOURCE}" describe --always --dirty --abbrev=12 --exclude=*
    OUTPUT_VARIABLE described
    RESULT_VARIABLE status
    OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
  if(status EQUAL 0)
    set(commit "${described}")
  endif()
endif()

file(READ "${FOLDER}/settings.inc" text)
string(APPEND text "#define KITH_BUILD_COMMIT \"${commit}\"\n")
set(file "${FOLDER}/kith_build_info.inc")
if(EXISTS "${file}")
  file(READ "${file}" before)
endif()
if(NOT text STREQUAL before)
  file(WRITE "${file}" "${text}")
endif()
