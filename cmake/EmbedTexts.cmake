# kith_embed_texts(target NAMESPACE kith::x VARIABLE library_texts HEADER models/x/library_texts.hpp FILES a.yaml …) makes a header with an array of
# {name, text} in the order given, so that an installed kith needs no file of its own. Names are those of the files, after PREFIX.
function(kith_embed_texts target)
  cmake_parse_arguments(ARG "" "NAMESPACE;VARIABLE;HEADER;PREFIX" "FILES" ${ARGN})
  set(output "${PROJECT_BINARY_DIR}/generated/${ARG_HEADER}")
  list(LENGTH ARG_FILES count)
  set(text "#pragma once\n\n#include <array>\n#include <string_view>\n#include <utility>\n\n// clang: longer than any compiler must take\n#pragma GCC diagnostic push\n#pragma GCC diagnostic ignored \"-Woverlength-strings\"\n\nnamespace ${ARG_NAMESPACE} {\n\n")
  string(APPEND text
         "inline constexpr std::array<std::pair<std::string_view, std::string_view>, ${count}> ${ARG_VARIABLE}{{\n")
  foreach(file IN LISTS ARG_FILES)
    get_filename_component(name "${file}" NAME_WE)
    file(READ "${file}" content)
    string(APPEND text "    {\"${ARG_PREFIX}${name}\", R\"embedded(${content})embedded\"},\n")
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${file}")
  endforeach()
  string(APPEND text "}};\n\n}  // namespace ${ARG_NAMESPACE}\n\n#pragma GCC diagnostic pop\n")
  file(CONFIGURE OUTPUT "${output}" CONTENT "@text@" @ONLY)
  target_include_directories(${target} PRIVATE "${PROJECT_BINARY_DIR}/generated")
endfunction()
