#pragma once

#include <string>
#include <vector>

/// Files that are whole or absent: the POSIX calls that make a write durable and a name appear at once.
namespace kith::io {

/// The system's words for errno.
std::string system_reason();
/// Waits until a closed file is on the disk. Throws kith::Error(ErrorKind::output).
void sync_file(const std::string& path);
/// Waits until the names in a folder are on the disk; a file system that cannot is no error.
void sync_folder(const std::string& folder);
/// The folder of a path, "." when it names none.
std::string folder_of(const std::string& path);

enum class Replace { no, yes };
/// Gives a durable file its final name at once. Throws kith::Error(ErrorKind::output), also when the name is taken and
/// may not be.
void move_into_place(const std::string& from, const std::string& to, Replace replace);

/// Throws kith::Error(ErrorKind::output) when no file `path` can be made: makes it and takes it away again.
void probe_writable(const std::string& path);

/// The closed segments in a parts folder, in the order in which they were written.
std::vector<std::string> segments_in(const std::string& folder);

}  // namespace kith::io
