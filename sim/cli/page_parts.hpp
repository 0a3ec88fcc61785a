#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/cli.hpp"
#include "cli/output_file.hpp"
#include "engine/report.hpp"
#include "figures/page.hpp"
#include "io/result_file.hpp"

/// Pages about results, and what they share.
namespace kith::cli {

/// About a run, or about experiments under theories.
figures::Page run_page(const Session& session, const io::ResultFile& result, const std::string& path);

/// About a merged sweep. `wanted`: outcomes as TABLE.VARIABLE; empty: those that there are of the usual ones. Throws
/// kith::Error(ErrorKind::usage) for one that is not there.
figures::Page sweep_page(const io::ResultFile& result, const std::string& path, const std::vector<std::string>& wanted);

/// A text of /provenance; "" where there is none.
std::string kept_text(const io::ResultFile& result, const std::string& name);
/// What the terminal printed of a run; nothing in results that do not hold it: partial ones, and older ones.
std::optional<Report> kept_report(const io::ResultFile& result);

/// "7", or "12345 (from "lockdown")"; "" for a merged sweep, whose runs have the seeds of their scenarios.
std::string seed_of(const io::ResultFile& result);

/// That a result is partial, and why.
std::vector<std::string> alerts_of(const io::ResultFile& result);
figures::PagePart cautions_part(const io::ResultFile& result);
/// Where a result comes from, what is typed to see it again, and its scenario.
figures::PagePart origin_part(const io::ResultFile& result, const std::string& path);

/// Writes the page, with shorter tables where it would be larger than a page may be, and tells so.
void write_page(const Session& session, const figures::Page& page, const std::string& name, Existing existing,
                const std::vector<std::string>& inputs);

}  // namespace kith::cli
