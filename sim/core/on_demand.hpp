#pragma once

#include <functional>
#include <mutex>
#include <optional>
#include <utility>

namespace kith {

/// A value that is worked out when it is first asked for: once, whichever thread asks.
template <class T>
class OnDemand {
 public:
  explicit OnDemand(std::function<T()> make) : make_(std::move(make)) {}
  const T& get() const {
    std::call_once(once_, [this] { value_ = make_(); });
    return *value_;
  }

 private:
  std::function<T()> make_;
  mutable std::once_flag once_;
  mutable std::optional<T> value_;
};

}  // namespace kith
