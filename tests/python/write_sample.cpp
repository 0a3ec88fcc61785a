// write_sample OUT.h5 memory|segments|abandon: writes the sample run whole, through segments, or leaves it as parts.
#include <cstdio>
#include <string>

#include "io/result_writer.hpp"
#include "support/sample_run.hpp"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  const std::string how = argv[2];
  kith::io::WriterOptions options;
  options.path = argv[1];
  if (how != "memory") options.buffer_bytes = 2048;  // a few rows a segment
  kith::io::ResultWriter writer(options, kith::sample::attributes());
  kith::sample::declare(writer);
  kith::sample::write(writer);
  if (how == "abandon") {
    std::puts(writer.abandon("as asked").c_str());
  } else {
    writer.finish();
  }
  return 0;
}
