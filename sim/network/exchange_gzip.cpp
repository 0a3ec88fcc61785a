#include <boost/iostreams/copy.hpp>
#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/device/back_inserter.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>

#include "network/exchange_source.hpp"

namespace kith::network::detail {

namespace io = boost::iostreams;

std::string gunzip(const std::string& name, std::string_view packed) {
  std::string text;
  try {
    io::filtering_istream stream;
    stream.push(io::gzip_decompressor());
    stream.push(io::array_source(packed.data(), packed.size()));
    stream.exceptions(std::ios::badbit);
    io::copy(stream, io::back_inserter(text));
  } catch (const std::ios_base::failure&) {
    fail(name, {"the gzip file is truncated or damaged", "it does not unpack to its end and checksum",
                "copy or download it again"});
  }
  return text;
}

}  // namespace kith::network::detail
