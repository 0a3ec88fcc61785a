#pragma once

#include <cstdint>
#include <string>

namespace kith::io {

/// What HDF5 1.10 calls hid_t; its headers stay out of ours.
using Hid = std::int64_t;

/// Owns one HDF5 identifier (file, group, dataset, type, space, property list or attribute) and closes it.
class Handle {
 public:
  Handle() = default;
  explicit Handle(Hid id) : id_(id) {}
  Handle(Handle&& other) noexcept : id_(other.id_) { other.id_ = -1; }
  Handle& operator=(Handle&& other) noexcept;
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;
  ~Handle();

  Hid get() const { return id_; }
  explicit operator bool() const { return id_ >= 0; }
  /// Closes now and throws kith::Error when HDF5 cannot: for what was written, closing is the last write.
  void close(const std::string& what);

 private:
  Hid id_ = -1;
};

/// Stops HDF5 from printing its error stack; to be called before anything else of HDF5. The setting belongs to a
/// thread, so each thread that works calls it.
void silence_hdf5();

/// HDF5's own reason for the last failed call, on one line: the system's words when the system refused.
std::string hdf5_reason();

/// Throws kith::Error(ErrorKind::failed) "cannot WHAT (reason)", or ErrorKind::damaged where a file is not what was written.
[[noreturn]] void fail(const std::string& what);

/// Owns `id`, or throws when it is HDF5's sign of failure.
Handle own(Hid id, const std::string& what);

/// Throws when `status` is HDF5's sign of failure.
void check(Hid status, const std::string& what);

}  // namespace kith::io
