#include "core/state.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cstring>

#include "core/error.hpp"

namespace kith {
namespace {

/// What tells apart pieces of different names and sizes.
std::uint64_t label(std::string_view name, std::size_t size) {
  Fingerprint fingerprint;
  fingerprint.add(name);
  fingerprint.add(std::uint64_t{size});
  return fingerprint.value();
}

}  // namespace

std::size_t StateDigest::count(std::string_view name, std::size_t now) {
  fingerprint_->add(name);
  fingerprint_->add(std::uint64_t{now});
  return now;
}

void StateDigest::bytes(std::string_view name, std::span<std::byte> piece) {
  fingerprint_->add(name);
  fingerprint_->add(std::span<const std::byte>(piece));
}

void StateWriter::append(std::string_view name, std::span<const std::byte> piece) {
  const std::uint64_t mark = label(name, piece.size());
  const auto marked = std::as_bytes(std::span(&mark, 1));
  constexpr std::size_t part = std::size_t{4} << 20;
  buffer_.insert(buffer_.end(), marked.begin(), marked.end());
  if (drain_ && piece.size() >= part) {  // handed on as it lies
    flush();
    drain_(piece);
    return;
  }
  buffer_.insert(buffer_.end(), piece.begin(), piece.end());
  if (drain_ && buffer_.size() >= part) flush();
}

void StateWriter::flush() {
  if (drain_ && !buffer_.empty()) drain_(buffer_);
  if (drain_) buffer_.clear();
}

std::size_t StateWriter::count(std::string_view name, std::size_t now) {
  const std::uint64_t items = now;
  append(name, std::as_bytes(std::span(&items, 1)));
  return now;
}

void StateWriter::bytes(std::string_view name, std::span<std::byte> piece) { append(name, piece); }

bool StateReader::is_at_end() {
  if (part_.empty() && parts_) part_ = parts_();
  return part_.empty();
}

void StateReader::fill(std::string_view name, std::span<std::byte> piece) {
  while (!piece.empty()) {
    if (is_at_end()) throw Error(ErrorKind::failed, fmt::format("the saved state ends before {}", name));
    const std::size_t count = std::min(piece.size(), part_.size());
    std::memcpy(piece.data(), part_.data(), count);
    piece = piece.subspan(count);
    part_ = part_.subspan(count);
  }
}

std::size_t StateReader::count(std::string_view name, std::size_t /*now*/) {
  std::uint64_t items = 0;
  bytes(name, std::as_writable_bytes(std::span(&items, 1)));
  return static_cast<std::size_t>(items);
}

void StateReader::bytes(std::string_view name, std::span<std::byte> piece) {
  std::uint64_t mark = 0;
  fill(name, std::as_writable_bytes(std::span(&mark, 1)));
  if (mark != label(name, piece.size()))
    throw Error(ErrorKind::failed, fmt::format("the saved state holds something else where {} is expected", name));
  fill(name, piece);
}

std::size_t StateNames::count(std::string_view /*name*/, std::size_t now) { return now; }

void StateNames::bytes(std::string_view name, std::span<std::byte> /*piece*/) { names_.emplace_back(name); }

}  // namespace kith
