#include "cli/exit_code.hpp"

#include <catch2/catch.hpp>

using namespace kith;
using kith::cli::exit_code;
using kith::cli::ExitCode;

TEST_CASE("errors of each kind end the program with the status that the README gives") {
  CHECK(static_cast<int>(ExitCode::done) == 0);
  CHECK(static_cast<int>(exit_code(ErrorKind::failed)) == 1);
  CHECK(static_cast<int>(exit_code(ErrorKind::usage)) == 2);
  CHECK(static_cast<int>(exit_code(ErrorKind::invalid_scenario)) == 3);
  CHECK(static_cast<int>(exit_code(ErrorKind::output)) == 6);
  CHECK(static_cast<int>(exit_code(ErrorKind::stopped)) == 75);
}
