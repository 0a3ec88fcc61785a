#include "core/random.hpp"

#if defined(__x86_64__) && defined(__GNUC__)
#define KITH_HAS_AVX2_VERSION 1
#include <immintrin.h>
#endif

namespace kith {
namespace {

/// Word 0 of Philox block {first + k, 0, tick, 0} for every k.
void one_by_one(Philox::Key key, std::uint32_t first, std::uint32_t tick, std::span<std::uint32_t> out) {
  for (std::size_t k = 0; k < out.size(); ++k) {
    out[k] = Philox::block({first + static_cast<std::uint32_t>(k), 0, tick, 0}, key)[0];
  }
}

#ifdef KITH_HAS_AVX2_VERSION

/// Four Philox blocks, one in the low half of each 64-bit lane. The high halves hold leftovers that nothing reads: the
/// multiplication takes low halves only. (gcc shuffles words between lanes when it vectorises the plain loop, and is no
/// faster than drawing one by one.)
struct FourBlocks {
  __m256i c0, c1, c2, c3;

  __attribute__((target("avx2"), always_inline)) void round(__m256i key0, __m256i key1) {
    const __m256i product0 = _mm256_mul_epu32(c0, _mm256_set1_epi64x(0xD2511F53));
    const __m256i product1 = _mm256_mul_epu32(c2, _mm256_set1_epi64x(0xCD9E8D57));
    c0 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product1, 32), c1), key0);
    c2 = _mm256_xor_si256(_mm256_xor_si256(_mm256_srli_epi64(product0, 32), c3), key1);
    c1 = product1;
    c3 = product0;
  }
};

/// The same words as `one_by_one`, eight persons at a time: the even ones in one set of blocks, the odd ones in the
/// other. Returns how many it wrote, a multiple of eight.
__attribute__((target("avx2"))) std::size_t eight_at_a_time(Philox::Key key, std::uint32_t first, std::uint32_t tick,
                                                            std::span<std::uint32_t> out) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i ticks = _mm256_set1_epi32(static_cast<int>(tick));
  __m256i persons =
      _mm256_add_epi32(_mm256_set1_epi32(static_cast<int>(first)), _mm256_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7));
  const std::size_t count = out.size() / 8 * 8;
  for (std::size_t k = 0; k < count; k += 8) {
    FourBlocks even{persons, zero, ticks, zero};
    FourBlocks odd{_mm256_srli_epi64(persons, 32), zero, ticks, zero};
    std::uint32_t key0 = key[0];
    std::uint32_t key1 = key[1];
    for (int round = 0; round < 10; ++round) {
      const __m256i keys0 = _mm256_set1_epi32(static_cast<int>(key0));
      const __m256i keys1 = _mm256_set1_epi32(static_cast<int>(key1));
      even.round(keys0, keys1);
      odd.round(keys0, keys1);
      key0 += 0x9E3779B9u;
      key1 += 0xBB67AE85u;
    }
    const __m256i words = _mm256_blend_epi32(even.c0, _mm256_slli_epi64(odd.c0, 32), 0xAA);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&out[k]), words);
    persons = _mm256_add_epi32(persons, _mm256_set1_epi32(8));
  }
  return count;
}

#endif

}  // namespace

void Draws::first_words(std::uint32_t first, std::int64_t tick, std::span<std::uint32_t> out) const {
  std::size_t done = 0;
#ifdef KITH_HAS_AVX2_VERSION
  static const bool has_avx2 = __builtin_cpu_supports("avx2") != 0;
  if (has_avx2) done = eight_at_a_time(key_, first, static_cast<std::uint32_t>(tick), out);
#endif
  one_by_one(key_, first + static_cast<std::uint32_t>(done), static_cast<std::uint32_t>(tick), out.subspan(done));
}

}  // namespace kith
