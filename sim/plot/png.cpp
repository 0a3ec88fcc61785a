#include "plot/png.hpp"

#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <ostream>

#include "core/error.hpp"

namespace kith::plot {
namespace {

struct Close {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
/// Without a name: gone when it is closed.
using TemporaryFile = std::unique_ptr<std::FILE, Close>;

[[noreturn]] void fail(const std::string& why) { throw Error(ErrorKind::failed, "no PNG could be made: " + why); }

TemporaryFile temporary() {
  TemporaryFile file(std::tmpfile());
  if (!file) fail(fmt::format("a temporary file cannot be made ({})", std::strerror(errno)));
  return file;
}

/// Runs rsvg-convert with these as standard input and output; gives whether it succeeded.
bool convert(std::FILE* from, std::FILE* to, double scale) {
  std::string program = "rsvg-convert";
  std::string format = "--format=png";
  std::string zoom = fmt::format("--zoom={}", scale);
  std::array<char*, 4> words{program.data(), format.data(), zoom.data(), nullptr};
  posix_spawn_file_actions_t streams;
  posix_spawn_file_actions_init(&streams);
  posix_spawn_file_actions_adddup2(&streams, fileno(from), STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&streams, fileno(to), STDOUT_FILENO);
  pid_t child = 0;
  const int problem = posix_spawnp(&child, program.c_str(), &streams, nullptr, words.data(), environ);
  posix_spawn_file_actions_destroy(&streams);
  if (problem == ENOENT) fail("rsvg-convert is not installed (Debian: librsvg2-bin); SVG needs nothing");
  if (problem != 0) fail(fmt::format("rsvg-convert cannot be run ({})", std::strerror(problem)));
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

}  // namespace

void write_png(const std::string& svg, double scale, std::ostream& out) {
  const TemporaryFile drawing = temporary();
  const TemporaryFile pixels = temporary();
  if (std::fwrite(svg.data(), 1, svg.size(), drawing.get()) != svg.size()) fail("a temporary file cannot be written");
  std::rewind(drawing.get());
  if (!convert(drawing.get(), pixels.get(), scale)) fail("rsvg-convert failed, for the reason above");
  std::rewind(pixels.get());
  std::array<char, 65536> block{};
  for (std::size_t read = block.size(); read == block.size();) {
    read = std::fread(block.data(), 1, block.size(), pixels.get());
    out.write(block.data(), static_cast<std::streamsize>(read));
  }
}

}  // namespace kith::plot
