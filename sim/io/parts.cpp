#include "io/parts.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <map>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "io/durable.hpp"

namespace kith::io {
namespace fs = std::filesystem;
namespace {

constexpr std::size_t run_digits = 8;
constexpr const char* replicate_word = "-replicate-";
constexpr const char* checkpoint_word = "-checkpoint-";

std::string lock_path(const std::string& folder) { return folder + "/lock"; }

std::string host_name() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string utc_now() {
  const std::time_t now = std::time(nullptr);
  std::tm fields{};
  gmtime_r(&now, &fields);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%dT%H:%M:%SZ", &fields);
  return text.data();
}

/// Asks for, or about, the system's lock on a whole file. It belongs to the descriptor, not to the process.
bool lock_call(int descriptor, int command, struct flock& lock) {
  lock = {};
  lock.l_type = F_WRLCK;
  lock.l_whence = SEEK_SET;
  return fcntl(descriptor, command, &lock) == 0;
}

LockOwner read_owner(const std::string& folder) {
  LockOwner owner;
  std::ifstream file(lock_path(folder));
  for (std::string line; std::getline(file, line);) {
    const std::size_t colon = line.find(": ");
    if (colon == std::string::npos) continue;
    const std::string key = line.substr(0, colon);
    const std::string value = line.substr(colon + 2);
    if (key == "run") owner.run_id = value;
    if (key == "host") owner.host = value;
    if (key == "pid") owner.pid = value;
    if (key == "start") owner.start = value;
  }
  return owner;
}

/// The owner of a lock that is held. It may have been taken a moment ago.
std::string text_of_owner(const std::string& folder) {
  LockOwner owner;
  for (int i = 0; i < 50 && owner.pid.empty(); ++i) {
    if (i > 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));
    owner = read_owner(folder);
  }
  return owner.pid.empty() ? "which has just begun" : owner.text();
}

void write_owner(int descriptor, const LockOwner& owner) {
  const std::string text =
      fmt::format("run: {}\nhost: {}\npid: {}\nstart: {}\n", owner.run_id, owner.host, owner.pid, owner.start);
  if (ftruncate(descriptor, 0) != 0 ||
      pwrite(descriptor, text.data(), text.size(), 0) != static_cast<ssize_t>(text.size()))
    throw Error(ErrorKind::output, "cannot write a lock (" + system_reason() + ")");
}

/// Whether a path still names the file behind a descriptor.
bool is_same_file(const std::string& path, int descriptor) {
  struct stat named {};
  struct stat held {};
  return stat(path.c_str(), &named) == 0 && fstat(descriptor, &held) == 0 && named.st_ino == held.st_ino &&
         named.st_dev == held.st_dev;
}

/// The digits with which a file of Kith's in a parts folder begins; "" for a file that is not Kith's.
std::string run_of(const std::string& name) {
  const bool has_ending = name.ends_with(".h5") || name.ends_with(".tmp");
  if (!has_ending || name.size() <= run_digits || name[run_digits] != '-') return {};
  std::string run = name.substr(0, run_digits);
  return run.find_first_not_of("0123456789abcdef") == std::string::npos ? run : std::string();
}

/// Kith's files in a folder, by run.
std::map<std::string, std::vector<std::string>> files_by_run(const std::string& folder) {
  std::map<std::string, std::vector<std::string>> files;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator(folder, ignored)) {
    if (!entry.is_regular_file(ignored) || entry.is_symlink(ignored)) continue;
    const std::string name = entry.path().filename().string();
    if (const std::string run = run_of(name); !run.empty()) files[run].push_back(name);
  }
  return files;
}

template <class T>
bool read_digits(std::string_view text, T& number) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return !text.empty() && error == std::errc{} && end == text.data() + text.size();
}

}  // namespace

std::string parts_folder(const std::string& path) { return path + ".parts"; }

std::string new_run_id() {
  std::array<std::uint64_t, 2> words{};
  if (getrandom(words.data(), sizeof words, 0) != static_cast<ssize_t>(sizeof words))
    throw Error(ErrorKind::failed, "the system gives no random numbers (" + system_reason() + ")");
  return fmt::format("{:016x}{:016x}", words[0], words[1]);
}

std::string SegmentName::text() const { return fmt::format("{}-{:08}{}{}.h5", run, number, replicate_word, replicate); }

std::optional<SegmentName> read_segment_name(const std::string& file_name) {
  SegmentName name{.run = run_of(file_name)};
  const std::size_t word = file_name.find(replicate_word);
  if (name.run.empty() || !file_name.ends_with(".h5") || word == std::string::npos || word <= run_digits) return {};
  const std::string_view all = file_name;
  const std::size_t number = word + std::string_view(replicate_word).size();
  if (!read_digits(all.substr(run_digits + 1, word - run_digits - 1), name.number) ||
      !read_digits(all.substr(number, all.size() - number - 3), name.replicate) || name.text() != file_name)
    return {};
  return name;
}

std::optional<std::uint64_t> read_checkpoint_name(const std::string& file_name) {
  const std::size_t begin = run_digits + std::string_view(checkpoint_word).size();
  if (run_of(file_name).empty() || !file_name.ends_with(".h5") || file_name.find(checkpoint_word) != run_digits)
    return {};
  std::uint64_t number = 0;
  const std::string_view all = file_name;
  if (!read_digits(all.substr(begin, all.size() - begin - 3), number) || number == 0) return {};
  return number;
}

std::vector<std::string> segments_in(const std::string& folder) {
  std::vector<std::string> paths;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (read_segment_name(entry.path().filename().string())) paths.push_back(entry.path().string());
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

std::string LockOwner::text() const { return fmt::format("process {} on {}, since {}", pid, host, start); }

std::optional<LockOwner> owner_of(const std::string& folder) {
  const int descriptor = open(lock_path(folder).c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return std::nullopt;
  struct flock lock {};
  const bool is_held = !lock_call(descriptor, F_OFD_GETLK, lock) || lock.l_type != F_UNLCK;  // no locks: it may be
  close(descriptor);
  return is_held ? std::optional(read_owner(folder)) : std::nullopt;
}

Parts::Parts(const std::string& output, std::string run_id, Force force)
    : output_(output), folder_(parts_folder(output)), run_id_(std::move(run_id)) {
  try {
    take(force);
  } catch (...) {
    if (lock_ >= 0) close(lock_);
    throw;
  }
}

Parts::~Parts() {
  if (is_same_file(lock_path(folder_), lock_)) {
    unlink(lock_path(folder_).c_str());
    rmdir(folder_.c_str());  // stays where something is left in it
  }
  close(lock_);
}

void Parts::take(Force force) {
  const std::string path = lock_path(folder_);
  for (;;) {  // again when the former owner removes the folder at this very moment
    if (mkdir(folder_.c_str(), 0777) != 0 && errno != EEXIST)
      throw Error(ErrorKind::output, "cannot write in " + folder_of(output_) + " (" + system_reason() + ")");
    bool is_new = true;
    lock_ = open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0666);
    if (lock_ < 0 && errno == EEXIST) {
      is_new = false;
      lock_ = open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW);
    }
    if (lock_ < 0 && errno == ENOENT) continue;
    if (lock_ < 0) throw Error(ErrorKind::output, "cannot write in " + folder_ + " (" + system_reason() + ")");
    struct flock lock {};
    if (!lock_call(lock_, F_OFD_SETLK, lock)) {
      if (errno == EAGAIN || errno == EACCES)
        throw Error(ErrorKind::output, fmt::format("{} is being written by another run ({}); choose another name",
                                                   output_, text_of_owner(folder_)));
      if (!is_new)  // a file system without locks: only that the file is new tells that nobody writes
        throw Error(ErrorKind::output,
                    fmt::format("{} may be in the hands of another run ({}), and this file system has no locks to ask; "
                                "when that run has ended, remove {}",
                                output_, text_of_owner(folder_), path));
    }
    if (is_same_file(path, lock_)) break;
    close(std::exchange(lock_, -1));
  }
  const LockOwner former = read_owner(folder_);
  const std::string host = host_name();
  if (!former.host.empty() && former.host != host && force == Force::no)
    throw Error(ErrorKind::output,
                fmt::format("{} may be in the hands of another run ({}), which cannot be asked from here; when it has "
                            "ended, add --force",
                            output_, former.text()));
  write_owner(lock_, {.run_id = run_id_, .host = host, .pid = std::to_string(getpid()), .start = utc_now()});
}

std::string Parts::path(const std::string& rest) const {
  return folder_ + "/" + run_id_.substr(0, run_digits) + "-" + rest;
}

std::string Parts::segment_path(std::uint64_t number, std::uint32_t replicate) const {
  return folder_ + "/" + SegmentName{run_id_.substr(0, run_digits), number, replicate}.text();
}

std::string Parts::checkpoint_path(std::uint64_t number) const {
  return fmt::format("{}/{}{}{:08}.h5", folder_, run_id_.substr(0, run_digits), checkpoint_word, number);
}

void Parts::check_held() const {
  if (!is_same_file(lock_path(folder_), lock_))
    throw Error(ErrorKind::failed, folder_ + " was removed, or taken by another run, while this run went on");
}

std::vector<std::string> Parts::set_earlier_aside() const {
  std::vector<std::string> notes;
  for (const auto& [run, names] : files_by_run(folder_)) {
    if (run == run_id_.substr(0, run_digits)) continue;
    std::vector<std::string> whole;
    for (const std::string& name : names) {
      if (name.ends_with(".h5")) {
        whole.push_back(name);
      } else {
        unlink((folder_ + "/" + name).c_str());  // half-written: nothing can read it
      }
    }
    if (whole.empty()) continue;
    const std::string place = free_name(output_, "earlier");
    const std::string target = parts_folder(place);
    if (mkdir(target.c_str(), 0777) != 0)
      throw Error(ErrorKind::output, "cannot make " + target + " (" + system_reason() + ")");
    for (const std::string& name : whole) {
      move_into_place((fs::path(folder_) / name).string(), (fs::path(target) / name).string(), Replace::no);
    }
    notes.push_back(
        fmt::format("{} held what an earlier run had saved before it stopped ({} file{}); that is now in {} "
                    "(kith info {} reads it{})",
                    folder_, whole.size(), whole.size() == 1 ? "" : "s", target, place,
                    std::any_of(whole.begin(), whole.end(),
                                [](const std::string& name) { return read_checkpoint_name(name).has_value(); })
                        ? fmt::format(", kith resume {} goes on with it", place)
                        : ""));
  }
  return notes;
}

void Parts::remove_earlier() const {
  for (const auto& [run, names] : files_by_run(folder_)) {
    if (run == run_id_.substr(0, run_digits)) continue;
    for (const std::string& name : names) unlink((folder_ + "/" + name).c_str());
  }
}

void Parts::remove_own(const std::set<std::string>& but) const {
  const auto files = files_by_run(folder_);
  const auto own = files.find(run_id_.substr(0, run_digits));
  if (own == files.end()) return;
  for (const std::string& name : own->second) {
    if (but.count(name) == 0) unlink((folder_ + "/" + name).c_str());
  }
}

std::string free_name(const std::string& path, const std::string& word) {
  const fs::path whole = path;
  const std::string stem = (whole.parent_path() / whole.stem()).string() + "-" + word;
  const std::string ending = whole.extension().string();
  std::string name = stem + ending;
  std::error_code ignored;
  const auto is_taken = [&](const std::string& candidate) {
    return fs::exists(fs::symlink_status(candidate, ignored)) || fs::exists(parts_folder(candidate), ignored);
  };
  for (int n = 2; is_taken(name); ++n) name = fmt::format("{}-{}{}", stem, n, ending);
  return name;
}

}  // namespace kith::io
