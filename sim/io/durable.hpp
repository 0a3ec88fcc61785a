#pragma once

#include <cstdint>
#include <optional>
#include <string>

/// Files that are whole or absent: the POSIX calls that make a write durable and a name appear at once.
namespace kith::io {

/// The system's words for errno.
std::string system_reason();
/// Waits until a closed file is on the disk. Throws kith::Error(ErrorKind::output).
void sync_file(const std::string& path);
/// Waits until the names in a folder are on the disk; a file system that cannot is no error.
void sync_folder(const std::string& folder);
/// Which file a name stands for: another one under the same name differs. Nothing where there is no file.
struct FileIdentity {
  std::uint64_t device = 0;
  std::uint64_t number = 0;
  std::int64_t changed = 0;  ///< when its contents changed [ns]
  bool operator==(const FileIdentity&) const = default;
};
std::optional<FileIdentity> identity_of(const std::string& path);

/// The folder of a path, "." when it names none.
std::string folder_of(const std::string& path);

enum class Replace { no, yes };
/// Gives a durable file its final name at once. Throws kith::Error(ErrorKind::output), also when the name is taken and
/// may not be.
void move_into_place(const std::string& from, const std::string& to, Replace replace);

}  // namespace kith::io
