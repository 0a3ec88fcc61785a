#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "core/columns.hpp"
#include "core/fingerprint.hpp"

namespace kith {

/// Goes through all state of a world, piece by piece and always in the same order. What is done with a piece (added to a digest,
/// written, read back, named) is the derived class's own, so that each piece is listed once. A class with state has
///
///     void visit(State& state) { state("name", member_); … }
///
/// and lists there every member that changes while a world runs; parameters and shared tables are not state. Pieces are numbers,
/// enumerations, texts, classes with `visit`, and lists, optional values, pairs and maps of pieces. A reader gives lists the
/// length that was written, so a class must not rely on members that follow from others unless it sets them after its visit.
class State {
 public:
  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  virtual ~State() = default;

  template <class T>
  void operator()(std::string_view name, T& piece);
  /// A column with an entry for each person.
  template <class T>
  void operator()(const ColumnInfo& info, std::vector<T>& column) {
    (*this)(info.name, column);
  }
  template <class T>
  void operator()(const ColumnInfo& info, Public<T>& column) {
    (*this)(info.name, column.now);
    (*this)("next", column.next);
  }
  /// Some numbers whose count is known.
  template <class T>
  void numbers(std::string_view name, std::span<T> values) {
    static_assert(std::is_arithmetic_v<T> || std::is_enum_v<T>);
    bytes(name, std::as_writable_bytes(values));
  }
  /// Count of a list that the caller goes through itself: the count now, or the one that was written.
  virtual std::size_t count(std::string_view name, std::size_t now) = 0;
  /// Whether pieces are read back, so that what follows from them has to be made anew.
  virtual bool is_reading() const { return false; }

 protected:
  virtual void bytes(std::string_view name, std::span<std::byte> piece) = 0;
};

namespace detail {
template <class T>
inline constexpr bool is_number = std::is_arithmetic_v<T> || std::is_enum_v<T>;
template <class T, template <class...> class Template>
inline constexpr bool is_made_from = false;
template <template <class...> class Template, class... Arguments>
inline constexpr bool is_made_from<Template<Arguments...>, Template> = true;
template <class T>
inline constexpr bool is_array = false;
template <class T, std::size_t n>
inline constexpr bool is_array<std::array<T, n>> = true;
}  // namespace detail

template <class T>
void State::operator()(std::string_view name, T& piece) {
  if constexpr (detail::is_number<T>) {
    numbers(name, std::span<T>(&piece, 1));
  } else if constexpr (std::is_same_v<T, std::string>) {
    piece.resize(count(name, piece.size()));
    numbers(name, std::span<char>(piece));
  } else if constexpr (std::is_same_v<T, std::vector<bool>>) {
    std::vector<std::uint8_t> values(piece.begin(), piece.end());
    (*this)(name, values);
    if (is_reading()) piece.assign(values.begin(), values.end());
  } else if constexpr (detail::is_made_from<T, std::vector>) {
    piece.resize(count(name, piece.size()));
    if constexpr (detail::is_number<typename T::value_type>) {
      numbers(name, std::span<typename T::value_type>(piece));
    } else {
      for (auto& item : piece) (*this)(name, item);
    }
  } else if constexpr (detail::is_array<T>) {
    if constexpr (detail::is_number<typename T::value_type>) {
      numbers(name, std::span<typename T::value_type>(piece));
    } else {
      for (auto& item : piece) (*this)(name, item);
    }
  } else if constexpr (detail::is_made_from<T, std::optional>) {
    const bool is_there = count(name, piece ? 1 : 0) == 1;
    if (is_there && !piece) piece.emplace();
    if (!is_there) piece.reset();
    if (piece) (*this)(name, *piece);
  } else if constexpr (detail::is_made_from<T, std::pair>) {
    (*this)(name, piece.first);
    (*this)(name, piece.second);
  } else if constexpr (detail::is_made_from<T, std::map>) {
    std::vector<std::pair<typename T::key_type, typename T::mapped_type>> items(piece.begin(), piece.end());
    (*this)(name, items);
    if (is_reading()) piece = T(items.begin(), items.end());
  } else {
    piece.visit(*this);
  }
}

/// Adds every piece to a digest, names and counts included.
class StateDigest final : public State {
 public:
  explicit StateDigest(Fingerprint& fingerprint) : fingerprint_(&fingerprint) {}
  std::size_t count(std::string_view name, std::size_t now) override;

 protected:
  void bytes(std::string_view name, std::span<std::byte> piece) override;

 private:
  Fingerprint* fingerprint_;
};

/// Writes every piece, with its name, to a buffer that a StateReader reads in the same order.
class StateWriter final : public State {
 public:
  StateWriter() = default;
  /// Hands the buffer on, part by part, so that it stays small; `flush` hands on the last one.
  explicit StateWriter(std::function<void(std::span<const std::byte>)> drain) : drain_(std::move(drain)) {}
  std::size_t count(std::string_view name, std::size_t now) override;
  const std::vector<std::byte>& buffer() const { return buffer_; }
  void flush();

 protected:
  void bytes(std::string_view name, std::span<std::byte> piece) override;

 private:
  void append(std::string_view name, std::span<const std::byte> piece);
  std::function<void(std::span<const std::byte>)> drain_;
  std::vector<std::byte> buffer_;
};

/// Reads what a StateWriter wrote. Throws kith::Error where that holds other pieces than are asked for, or ends too early.
class StateReader final : public State {
 public:
  /// Gives the next part of what was written, which holds until the next call; an empty one is the end.
  using Parts = std::function<std::span<const std::byte>()>;
  explicit StateReader(std::span<const std::byte> buffer) : part_(buffer) {}
  explicit StateReader(Parts parts) : parts_(std::move(parts)) {}
  std::size_t count(std::string_view name, std::size_t now) override;
  bool is_reading() const override { return true; }
  bool is_at_end();

 protected:
  void bytes(std::string_view name, std::span<std::byte> piece) override;

 private:
  void fill(std::string_view name, std::span<std::byte> piece);
  std::span<const std::byte> part_;  // what is left of the part that is read
  Parts parts_;                      // that follow, if any
};

/// Names of all pieces, in order; a list of classes names its pieces once an item.
class StateNames final : public State {
 public:
  std::size_t count(std::string_view name, std::size_t now) override;
  const std::vector<std::string>& names() const { return names_; }

 protected:
  void bytes(std::string_view name, std::span<std::byte> piece) override;

 private:
  std::vector<std::string> names_;
};

}  // namespace kith
