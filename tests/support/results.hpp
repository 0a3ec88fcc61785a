#pragma once

#include <catch2/catch.hpp>
#include <functional>
#include <sstream>
#include <string>

#include "core/error.hpp"
#include "io/result_file.hpp"
#include "io/result_writer.hpp"
#include "support/sample_run.hpp"
#include "support/scratch_folder.hpp"

namespace kith {

/// Saves after every few rows.
inline io::WriterOptions hasty(const std::string& path) {
  io::WriterOptions options;
  options.path = path;
  options.buffer_bytes = 2048;
  return options;
}

inline void write_sample(const io::WriterOptions& options) {
  io::ResultWriter writer(options, sample::attributes());
  sample::declare(writer);
  sample::write(writer);
  writer.finish();
}

inline std::string csv(const io::ResultFile& result, const std::string& table) {
  std::ostringstream text;
  io::export_csv(result, table, text);
  return text.str();
}

/// The message of the error that `act` throws, whose kind is checked.
inline std::string message_of(const std::function<void()>& act, ErrorKind kind) {
  try {
    act();
  } catch (const Error& error) {
    CHECK(static_cast<int>(error.kind()) == static_cast<int>(kind));
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace kith
