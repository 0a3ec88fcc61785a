#include <boost/iostreams/device/array.hpp>
#include <boost/iostreams/filter/gzip.hpp>
#include <boost/iostreams/filtering_stream.hpp>

#include "core/interrupt.hpp"
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
    constexpr std::size_t chunk = std::size_t{1} << 20;
    for (bool more = true; more;) {
      check_interrupt();
      const std::size_t before = text.size();
      text.resize(before + chunk);
      stream.read(text.data() + before, static_cast<std::streamsize>(chunk));
      more = static_cast<bool>(stream);
      text.resize(before + static_cast<std::size_t>(stream.gcount()));
      check_size(name, text.size());
    }
  } catch (const std::ios_base::failure&) {
    fail(name, {"the gzip file is truncated or damaged", "it does not unpack to its end and checksum",
                "copy or download it again"});
  }
  return text;
}

}  // namespace kith::network::detail
