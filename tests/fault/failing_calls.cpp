// Preloaded (LD_PRELOAD) into a program, makes its system fail it:
//   KITH_FAIL_WRITE=N    the Nth write to a regular file (write, sync or change of length) fails; counted from 1
//   KITH_FAIL_ERROR=E    with this errno (a number)
//   KITH_FAIL_AFTER=1    and all after it, as on a full disk
//   KITH_FAIL_COUNT=FILE how many there were is written to this file at the end
//   KITH_FAIL_NEW=N      the Nth piece of memory of 64 kB or more cannot be had
//   KITH_SPOIL=N         a number in the Nth such piece becomes NaN while a file is written, as in memory that goes bad
//   KITH_CLOCK_JUMP=S    the clock of the day, not the steady one, jumps by S seconds back and forth every few times it is asked
#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <limits>
#include <new>

namespace {

long number_in(const char* name) {
  const char* text = std::getenv(name);
  return text == nullptr ? 0 : std::strtol(text, nullptr, 10);
}

struct Plan {
  long failing_write = number_in("KITH_FAIL_WRITE");
  long error = number_in("KITH_FAIL_ERROR");
  bool all_after = number_in("KITH_FAIL_AFTER") != 0;
  const char* count_file = std::getenv("KITH_FAIL_COUNT");
  long failing_new = number_in("KITH_FAIL_NEW");
  long clock_jump = number_in("KITH_CLOCK_JUMP");
  std::atomic<long> writes = 0;
  std::atomic<long> news = 0;
  std::atomic<long> questions = 0;
  long spoilt_new = number_in("KITH_SPOIL");
  std::atomic<float*> to_spoil = nullptr;

  ~Plan() {
    if (count_file == nullptr) return;
    const long count = writes;
    std::FILE* file = std::fopen(count_file, "w");
    if (file == nullptr) return;
    std::fprintf(file, "%ld %ld\n", count, news.load());
    std::fclose(file);
  }
};

Plan& plan() {
  static Plan one;
  return one;
}

bool fails(int descriptor) {
  struct stat found {};
  const int before = errno;
  const bool is_file = fstat(descriptor, &found) == 0 && S_ISREG(found.st_mode);
  errno = before;
  if (!is_file) return false;
  const long number = ++plan().writes;
  constexpr std::size_t person = 100;
  if (float* piece = plan().to_spoil.exchange(nullptr)) piece[person] = std::numeric_limits<float>::quiet_NaN();
  const long wanted = plan().failing_write;
  const bool is_it = wanted > 0 && (number == wanted || (plan().all_after && number > wanted));
  if (is_it) errno = static_cast<int>(plan().error);
  return is_it;
}

template <class F>
F real(F /*like*/, const char* name) {
  return reinterpret_cast<F>(dlsym(RTLD_NEXT, name));
}

}  // namespace

#define KITH_FAILING(result, name, parameters, ...)                                       \
  extern "C" result name parameters {                                                     \
    static const auto original = real(static_cast<result(*) parameters>(nullptr), #name); \
    return fails(descriptor) ? -1 : original(__VA_ARGS__);                                \
  }

KITH_FAILING(ssize_t, write, (int descriptor, const void* data, size_t size), descriptor, data, size)
KITH_FAILING(ssize_t, pwrite, (int descriptor, const void* data, size_t size, off_t at), descriptor, data, size, at)
KITH_FAILING(ssize_t, pwrite64, (int descriptor, const void* data, size_t size, off64_t at), descriptor, data, size, at)
KITH_FAILING(ssize_t, writev, (int descriptor, const iovec* parts, int count), descriptor, parts, count)
KITH_FAILING(int, fsync, (int descriptor), descriptor)
KITH_FAILING(int, fdatasync, (int descriptor), descriptor)
KITH_FAILING(int, ftruncate, (int descriptor, off_t size), descriptor, size)
KITH_FAILING(int, ftruncate64, (int descriptor, off64_t size), descriptor, size)

extern "C" int clock_gettime(clockid_t clock, timespec* time) {
  static const auto original = real(static_cast<int (*)(clockid_t, timespec*)>(nullptr), "clock_gettime");
  const int status = original(clock, time);
  const bool jumps = clock == CLOCK_REALTIME && plan().clock_jump != 0 && ++plan().questions % 4 >= 2;
  if (status == 0 && jumps) time->tv_sec += plan().clock_jump;
  return status;
}

extern "C" time_t time(time_t* result) noexcept {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  if (result != nullptr) *result = now.tv_sec;
  return now.tv_sec;
}

void* operator new(std::size_t size) {
  constexpr std::size_t large = std::size_t{64} << 10;
  const long number = size >= large ? ++plan().news : 0;
  if (number > 0 && number == plan().failing_new) throw std::bad_alloc();
  void* memory = std::malloc(size == 0 ? 1 : size);
  if (memory == nullptr) throw std::bad_alloc();
  if (number > 0 && number == plan().spoilt_new) plan().to_spoil = static_cast<float*>(memory);
  return memory;
}
void operator delete(void* memory) noexcept {
  float* piece = static_cast<float*>(memory);
  if (piece != nullptr) plan().to_spoil.compare_exchange_strong(piece, nullptr);
  std::free(memory);
}
void operator delete(void* memory, std::size_t /*size*/) noexcept { operator delete(memory); }
