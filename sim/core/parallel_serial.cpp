#include "core/parallel.hpp"

namespace kith {

void set_threads(unsigned) {}
unsigned threads() { return 1; }
unsigned granted_threads() { return 1; }

namespace detail {
void run_tasks(std::size_t count, const std::function<void(std::size_t)>& task) {
  for (std::size_t index = 0; index < count; ++index) task(index);
}
}  // namespace detail

}  // namespace kith
