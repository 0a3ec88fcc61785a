# One library per folder. `kith_library(core DEPENDS fmt::fmt)` makes kith_core, alias kith::core, from every .cpp below the
# calling folder.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)

find_program(KITH_CCACHE ccache)
if(KITH_CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${KITH_CCACHE}")
endif()

add_library(kith_flags INTERFACE)
# -ffp-contract=off keeps the same bits whatever the target machine; the two others let loops vectorise and change no value.
target_compile_options(
  kith_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wold-style-cast -Wnon-virtual-dtor
                       -Woverloaded-virtual $<$<BOOL:${KITH_WERROR}>:-Werror> -ffp-contract=off -fno-math-errno -fno-trapping-math)
# gcc 12 warns of overlapping copies in `"text" + string` where there are none (GCC bug 105651).
target_compile_options(kith_flags INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>")
target_include_directories(kith_flags INTERFACE "${PROJECT_SOURCE_DIR}/sim" "${PROJECT_SOURCE_DIR}")
if(KITH_SANITIZE)
  # -g1: names and lines in the traces are enough, and a source takes a quarter to a third less time to compile than with -g.
  target_compile_options(kith_flags INTERFACE "-fsanitize=${KITH_SANITIZE}" -fno-omit-frame-pointer -g1
                                              -fno-sanitize-recover=all)
  # The checks that sanitizers add make gcc see uses of uninitialised values where there are none (GCC's manual says so).
  target_compile_options(kith_flags INTERFACE "$<$<CXX_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>")
  target_link_options(kith_flags INTERFACE "-fsanitize=${KITH_SANITIZE}")
endif()
if(KITH_AUDIT)
  target_compile_definitions(kith_flags INTERFACE KITH_AUDIT=1)
endif()

function(kith_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;PUBLIC;PRIVATE" ${ARGN})
  if(NOT ARG_SOURCES)
    file(GLOB ARG_SOURCES CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  endif()
  add_library(kith_${name} STATIC ${ARG_SOURCES})
  add_library(kith::${name} ALIAS kith_${name})
  target_link_libraries(kith_${name} PUBLIC ${ARG_PUBLIC} PRIVATE kith_flags ${ARG_PRIVATE})
endfunction()
