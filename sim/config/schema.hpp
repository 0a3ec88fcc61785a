#pragma once

#include <string>
#include <vector>

#include "config/reference.hpp"

/// The reference as a JSON Schema, for editors.
namespace kith::config {

/// Names for editors to offer: of a text at a path that ends in this key.
struct Names {
  std::string key;
  std::vector<std::string> names;
  std::string or_key_of;  ///< a mapping of the document, whose keys are such names, too
};

/// Of JSON Schema. What Kith says in it, both say alike.
enum class Draft { seven, draft_2020_12 };

/// JSON Schema of a document. A name that is none of `names` is wrong in a document without names of its own.
std::string json_schema(const std::vector<Entry>& entries, const std::string& title, Draft draft,
                        const std::vector<Names>& names = {});

}  // namespace kith::config
