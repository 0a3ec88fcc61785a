# Asks a Catch2 executable for its cases and writes FILE, which CTest includes: one test a case. A case tagged with one
# of LABELS gets that CTest label; labels in REQUIRED must occur. CATCH2: its version. Catch2's own
# catch_discover_tests knows no labels in version 2.

cmake_minimum_required(VERSION 3.25)

# Sets `out` to the case names that the specification selects, one an element, brackets and semicolons masked.
function(list_cases out)
  set(names_only --list-test-names-only) # whose status is the number of cases
  if(CATCH2 VERSION_GREATER_EQUAL 3)
    set(names_only --list-tests --verbosity quiet)
  endif()
  execute_process(
    COMMAND "${EXECUTABLE}" ${ARGN} ${names_only}
    OUTPUT_VARIABLE names
    ERROR_VARIABLE errors
    RESULT_VARIABLE status)
  # The status is text when the program crashed.
  if(NOT status MATCHES "^[0-9]+$" OR errors)
    message(FATAL_ERROR "${EXECUTABLE} cannot list its cases: ${status}\n${errors}")
  endif()
  string(REPLACE "[" "<:" names "${names}")
  string(REPLACE "]" ":>" names "${names}")
  string(REPLACE ";" "<.,>" names "${names}")
  string(REGEX REPLACE "\n+" ";" names "${names}")
  list(REMOVE_ITEM names "")
  set(${out} "${names}" PARENT_SCOPE)
endfunction()

list_cases(cases)
foreach(label IN LISTS LABELS)
  list_cases(labelled_${label} "[${label}]")
  if(label IN_LIST REQUIRED AND NOT labelled_${label})
    message(FATAL_ERROR "No case of ${PREFIX} is tagged [${label}], so it would be left out where only those run")
  endif()
endforeach()

set(script "")
foreach(case IN LISTS cases)
  set(labels "")
  foreach(label IN LISTS LABELS)
    if(case IN_LIST labelled_${label})
      list(APPEND labels ${label})
    endif()
  endforeach()
  string(REPLACE "<:" "[" name "${case}")
  string(REPLACE ":>" "]" name "${name}")
  string(REPLACE "<.,>" ";" name "${name}")
  # Catch2 reads commas and brackets in a name as parts of a specification unless they are escaped.
  string(REGEX REPLACE "([][,])" "\\\\\\1" escaped "${name}")
  string(APPEND script "add_test([==[${PREFIX}: ${name}]==] [==[${EXECUTABLE}]==] [==[${escaped}]==])\n")
  string(APPEND script "set_tests_properties([==[${PREFIX}: ${name}]==] PROPERTIES TIMEOUT 300 LABELS [==[${labels}]==])\n")
endforeach()
file(WRITE "${FILE}" "${script}")
