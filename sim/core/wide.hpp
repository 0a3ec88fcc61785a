#pragma once

#include <climits>  // says which library there is

/// Put before a function whose loops become vectors: it is compiled a second time for processors with vectors of eight floats (AVX2),
/// and the program takes the one that fits the processor it runs on. Both give the same bits, since no sum changes its order and nothing
/// is contracted. Not under sanitizers, whose start comes after the choice.
#if defined(__x86_64__) && defined(__GLIBC__) && defined(__GNUC__) && !defined(__clang__) && \
    !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
#define KITH_WIDE __attribute__((target_clones("avx2", "default")))
#else
#define KITH_WIDE
#endif
