#include "core/random.hpp"

// Two versions of the loop, chosen when the program starts: AVX2 doubles its speed. Whole numbers only, so both give
// the same bits. Sanitizers cannot run the chooser, which comes before their own start.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
#define KITH_CLONES __attribute__((target_clones("default", "avx2")))
#else
#define KITH_CLONES
#endif

namespace kith {
namespace {

/// Word 0 of Philox block {first + k, 0, tick, 0} for every k.
KITH_CLONES void first_words_of(Philox::Key key, std::uint32_t first, std::uint32_t tick, std::uint32_t* out,
                                std::size_t count) {
  for (std::size_t k = 0; k < count; ++k) {
    out[k] = Philox::block({first + static_cast<std::uint32_t>(k), 0, tick, 0}, key)[0];
  }
}

}  // namespace

void Draws::first_words(std::uint32_t first, std::int64_t tick, std::span<std::uint32_t> out) const {
  first_words_of(key_, first, static_cast<std::uint32_t>(tick), out.data(), out.size());
}

}  // namespace kith
