#pragma once

/// Put before a loop whose rounds touch different elements: the compiler may then vectorise it without checks for overlap.
#if defined(__clang__)
// It says when it does not vectorise such a loop, which below -O2 it never does.
#pragma clang diagnostic ignored "-Wpass-failed"
#define KITH_INDEPENDENT _Pragma("clang loop vectorize(assume_safety)")
#elif defined(__GNUC__)
#define KITH_INDEPENDENT _Pragma("GCC ivdep")
#else
#define KITH_INDEPENDENT
#endif
