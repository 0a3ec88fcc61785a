#include "support/fake_application.hpp"

/// The command line with the model of the tests.
int main(int argc, char** argv) { return kith::cli::run_command_line(kith::testing::FakeApplication{}, argc, argv); }
