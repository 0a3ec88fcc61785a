#include "io/values.hpp"

#include <limits>
#include <stdexcept>
#include <type_traits>

namespace kith::io {
namespace {

template <class T>
constexpr bool is_text = std::is_same_v<T, std::string>;

/// Calls `f` with an empty vector of the C++ type that `type` stands for.
template <class F>
Values make(ValueType type, F f) {
  switch (type) {
    case ValueType::float32:
      return f(std::vector<float>{});
    case ValueType::float64:
      return f(std::vector<double>{});
    case ValueType::int8:
      return f(std::vector<std::int8_t>{});
    case ValueType::int32:
      return f(std::vector<std::int32_t>{});
    case ValueType::int64:
      return f(std::vector<std::int64_t>{});
    case ValueType::text:
      return f(std::vector<std::string>{});
  }
  throw std::invalid_argument("unknown value type");
}

}  // namespace

ValueType type_of(const Values& values) { return static_cast<ValueType>(values.index()); }

std::size_t size(const Values& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

std::size_t bytes(const Values& values) {
  return std::visit(
      [](const auto& v) {
        using T = typename std::decay_t<decltype(v)>::value_type;
        std::size_t total = v.size() * sizeof(T);
        if constexpr (is_text<T>) {
          for (const auto& text : v) total += text.size();
        }
        return total;
      },
      values);
}

std::size_t element_bytes(ValueType type) {
  if (type == ValueType::text) return 16;
  return std::visit([](const auto& v) { return sizeof(typename std::decay_t<decltype(v)>::value_type); },
                    zeros(type, 0));
}

Values missing(const Variable& variable, std::size_t count) {
  return make(variable.type, [&](auto v) -> Values {
    using T = typename decltype(v)::value_type;
    if constexpr (is_text<T>) {
      v.resize(count);
    } else if constexpr (std::is_floating_point_v<T>) {
      v.assign(count, std::numeric_limits<T>::quiet_NaN());
    } else {
      v.assign(count, variable.flags.empty() ? std::numeric_limits<T>::lowest() : static_cast<T>(-1));
    }
    return v;
  });
}

Values zeros(ValueType type, std::size_t count) {
  return make(type, [count](auto v) -> Values {
    v.resize(count);
    return v;
  });
}

void append(Values& to, const Values& from) {
  std::visit(
      [&from](auto& v) {
        const auto& added = std::get<std::decay_t<decltype(v)>>(from);
        v.insert(v.end(), added.begin(), added.end());
      },
      to);
}

Values pick(const Values& values, const std::vector<std::size_t>& indices) {
  return std::visit(
      [&indices](const auto& v) -> Values {
        std::decay_t<decltype(v)> picked;
        picked.reserve(indices.size());
        for (const std::size_t index : indices) picked.push_back(v.at(index));
        return picked;
      },
      values);
}

std::vector<double> as_doubles(const Values& values) {
  return std::visit(
      [](const auto& v) -> std::vector<double> {
        using T = typename std::decay_t<decltype(v)>::value_type;
        if constexpr (is_text<T>) {
          throw std::invalid_argument("text where numbers are wanted");
        } else {
          std::vector<double> numbers;
          numbers.reserve(v.size());
          for (const T value : v) numbers.push_back(static_cast<double>(value));
          return numbers;
        }
      },
      values);
}

Values from_doubles(ValueType type, const std::vector<double>& numbers) {
  return make(type, [&numbers](auto v) -> Values {
    using T = typename decltype(v)::value_type;
    if constexpr (is_text<T>) {
      throw std::invalid_argument("numbers where text is wanted");
    } else {
      v.reserve(numbers.size());
      for (const double number : numbers) v.push_back(static_cast<T>(number));
      return v;
    }
  });
}

std::string file_unit(const std::string& unit) {
  if (unit == "h" || unit == "hours") return "hour";
  if (unit == "d" || unit == "days") return "day";
  if (unit == "min" || unit == "minutes") return "minute";
  if (unit == "s" || unit == "seconds") return "second";
  return unit;
}

}  // namespace kith::io
