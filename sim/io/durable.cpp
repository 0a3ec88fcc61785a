#include "io/durable.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>  // renameat2
#include <cstring>
#include <filesystem>

#include "core/error.hpp"

namespace kith::io {

std::string system_reason() { return std::strerror(errno); }

void sync_file(const std::string& path) {
  const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  const bool done = descriptor >= 0 && fsync(descriptor) == 0;
  const std::string reason = system_reason();
  if (descriptor >= 0) close(descriptor);
  if (!done) throw Error(ErrorKind::output, "cannot write " + path + " to the disk (" + reason + ")");
}

void sync_folder(const std::string& folder) {
  const int descriptor = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  fsync(descriptor);
  close(descriptor);
}

std::optional<FileIdentity> identity_of(const std::string& path) {
  struct stat found {};
  if (stat(path.c_str(), &found) != 0) return std::nullopt;
  constexpr std::int64_t nanoseconds = 1'000'000'000;
  return FileIdentity{found.st_dev, found.st_ino, found.st_mtim.tv_sec * nanoseconds + found.st_mtim.tv_nsec};
}

std::string folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  return folder.empty() ? "." : folder;
}

void move_into_place(const std::string& from, const std::string& to, Replace replace) {
  int status = -1;
  if (replace == Replace::yes) {
    status = rename(from.c_str(), to.c_str());
  } else {
    status = renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    // Some file systems (NFS) do not know the flag.
    if (status != 0 && (errno == EINVAL || errno == ENOSYS)) {
      if (access(to.c_str(), F_OK) == 0) {
        errno = EEXIST;
      } else {
        status = rename(from.c_str(), to.c_str());
      }
    }
  }
  if (status != 0) {
    throw Error(ErrorKind::output, "cannot rename " + from + " to " + to + " (" + system_reason() + ")");
  }
  sync_folder(folder_of(to));
}

}  // namespace kith::io
