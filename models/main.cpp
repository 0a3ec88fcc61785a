#include "models/application/application.hpp"

int main(int argc, char** argv) { return kith::cli::run_command_line(kith::KithApplication{}, argc, argv); }
