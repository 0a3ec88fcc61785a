#include "io/result_writer.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "core/error.hpp"
#include "io/durable.hpp"
#include "io/merge.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

namespace fs = std::filesystem;

/// Makes one closed, synced file; what goes wrong leaves none behind.
template <class F>
void make_file(const std::string& path, const RunAttributes& attributes, State state, const Layouts& layouts, F fill) {
  try {
    Handle file = create_file(path);
    write_attributes(file, attributes, state);
    std::string tables;
    for (const auto& layout : layouts) tables += (tables.empty() ? "" : " ") + layout->spec().name;
    write_attribute(file, "tables", tables);  // a segment holds only some of them
    fill(file);
    file.close("close the file");
    sync_file(path);
  } catch (const Error& error) {
    unlink(path.c_str());
    throw Error(ErrorKind::output, "cannot write " + path + ": " + error.what());
  }
}

std::size_t bytes_of(const TableRow& row) {
  std::size_t total = sizeof(TableRow) + row.table.size() + row.values.size() * sizeof(Values);
  for (const Values& values : row.values) total += bytes(values);
  return total;
}

}  // namespace

std::string parts_folder(const std::string& path) { return path + ".parts"; }

std::string ResultWriter::temporary_path() const { return options_.path + ".tmp-" + std::to_string(getpid()); }

ResultWriter::ResultWriter(WriterOptions options, RunAttributes attributes)
    : options_(std::move(options)), attributes_(std::move(attributes)), last_save_(std::chrono::steady_clock::now()) {
  if (!options_.force) refuse_existing();
  probe_writable(temporary_path());
  if (options_.force) remove_existing();
  thread_ = std::thread(&ResultWriter::write_in_background, this);
}

ResultWriter::~ResultWriter() {
  if (!finished_) abandon("the run ended without a result");
}

void ResultWriter::refuse_existing() const {
  if (fs::exists(options_.path)) {
    throw Error(ErrorKind::output, options_.path + " exists; choose another name, or replace it with --force");
  }
  const std::string parts = parts_folder(options_.path);
  if (fs::exists(parts)) {
    throw Error(ErrorKind::output,
                parts + " exists (it holds what a run that was killed had saved); read it with kith info " + parts +
                    ", or discard it with --force");
  }
}

void ResultWriter::remove_existing() const {
  std::error_code ignored;
  fs::remove_all(parts_folder(options_.path), ignored);
  const std::string stale = fs::path(options_.path).filename().string() + ".tmp-";
  std::vector<fs::path> found;
  for (const auto& entry : fs::directory_iterator(folder_of(options_.path), ignored)) {
    if (entry.path().filename().string().starts_with(stale)) found.push_back(entry.path());
  }
  for (const auto& path : found) fs::remove(path, ignored);
}

void ResultWriter::declare(const TableSpec& spec) {
  auto layout = std::make_shared<const Layout>(spec);
  const std::scoped_lock lock(mutex_);
  for (const auto& other : layouts_) {
    if (other->spec().name == spec.name) throw Error(ErrorKind::failed, "table " + spec.name + " was declared twice");
  }
  layouts_.push_back(std::move(layout));
}

void ResultWriter::write(TableRow row) {
  std::unique_lock lock(mutex_);
  const auto found = std::find_if(layouts_.begin(), layouts_.end(),
                                  [&row](const auto& layout) { return layout->spec().name == row.table; });
  if (found == layouts_.end()) throw Error(ErrorKind::failed, "table " + row.table + " was not declared");
  (*found)->complete(row);
  const double coordinate = (*found)->growing_axis() ? row.coordinate : 0.0;
  const auto [last, first] = last_coordinate_.try_emplace({row.table, row.replicate}, coordinate);
  if (!first && !(coordinate > last->second)) {
    throw Error(ErrorKind::failed, "table " + row.table + ": a row was written twice, or out of order");
  }
  last->second = coordinate;

  const std::size_t size = bytes_of(row);
  // Half of the buffer fills while the other half is written.
  wake_callers_.wait(
      lock, [&] { return failure_ || pending_.empty() || pending_bytes_ + size <= options_.buffer_bytes / 2; });
  if (failure_) std::rethrow_exception(failure_);
  pending_.push_back(std::move(row));
  pending_bytes_ += size;
  if (pending_.size() == 1 || pending_bytes_ >= options_.buffer_bytes / 4) wake_writer_.notify_one();
}

bool ResultWriter::is_due(std::chrono::steady_clock::time_point now) const {
  if (pending_.empty()) return false;
  return pending_bytes_ >= options_.buffer_bytes / 4 ||
         now - last_save_ >= std::chrono::duration<double>(options_.save_every_seconds);
}

void ResultWriter::write_in_background() {
  silence_hdf5();
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    if (!is_due(std::chrono::steady_clock::now())) {
      if (pending_.empty()) {
        wake_writer_.wait(lock, [this] { return stopping_ || !pending_.empty(); });
      } else {
        const std::chrono::duration<double> wait(options_.save_every_seconds);
        wake_writer_.wait_until(lock,
                                last_save_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(wait));
      }
      continue;
    }
    std::vector<TableRow> rows = std::exchange(pending_, {});
    pending_bytes_ = 0;
    wake_callers_.notify_all();
    lock.unlock();
    std::exception_ptr failure;
    try {
      save(std::move(rows));
    } catch (...) {
      failure = std::current_exception();
    }
    lock.lock();
    last_save_ = std::chrono::steady_clock::now();
    if (failure) {
      failure_ = failure;
      wake_callers_.notify_all();
      return;
    }
  }
}

void ResultWriter::save(std::vector<TableRow> rows) {
  std::map<std::uint32_t, std::vector<TableRow>> by_replicate;
  for (TableRow& row : rows) by_replicate[row.replicate].push_back(std::move(row));
  rows.clear();
  std::error_code error;
  fs::create_directory(parts_folder(options_.path), error);
  if (error) {
    throw Error(ErrorKind::output, "cannot make " + parts_folder(options_.path) + " (" + error.message() + ")");
  }
  for (const auto& [replicate, own_rows] : by_replicate) save_segment(replicate, own_rows);
}

void ResultWriter::save_segment(std::uint32_t replicate, const std::vector<TableRow>& rows) {
  const std::string number = std::to_string(segments_ + 1);
  const std::string padded = std::string(number.size() < 8 ? 8 - number.size() : 0, '0') + number;
  const std::string name = parts_folder(options_.path) + "/" + padded + "-replicate-" + std::to_string(replicate);
  Layouts layouts;
  {
    const std::scoped_lock lock(mutex_);
    layouts = layouts_;
  }
  make_file(name + ".tmp", attributes_, State::partial, layouts,
            [&](const Handle& file) { write_rows(file, layouts, rows, TableFile::Scope::segment); });
  move_into_place(name + ".tmp", name + ".h5", Replace::no);
  ++segments_;
}

void ResultWriter::stop_thread() {
  {
    const std::scoped_lock lock(mutex_);
    stopping_ = true;
  }
  wake_writer_.notify_one();
  if (thread_.joinable()) thread_.join();
}

void ResultWriter::write_result() {
  if (segments_ == 0) {
    make_file(temporary_path(), attributes_, State::complete, layouts_,
              [this](const Handle& file) { write_rows(file, layouts_, pending_, TableFile::Scope::result); });
  } else {
    if (!pending_.empty()) save(std::exchange(pending_, {}));
    make_file(temporary_path(), attributes_, State::complete, layouts_,
              [this](const Handle& file) { merge_segments(file, layouts_, segments_in(parts_folder(options_.path))); });
  }
  move_into_place(temporary_path(), options_.path, options_.force ? Replace::yes : Replace::no);
}

void ResultWriter::finish() { finish(RunAttributes(attributes_)); }

void ResultWriter::finish(const RunAttributes& attributes) {
  stop_thread();
  if (failure_) std::rethrow_exception(failure_);
  attributes_ = attributes;
  write_result();
  finished_ = true;
  pending_.clear();
  std::error_code ignored;
  fs::remove_all(parts_folder(options_.path), ignored);
}

std::string ResultWriter::abandon(const std::string& reason) noexcept {
  try {
    stop_thread();
    finished_ = true;
    attributes_.stop_reason = reason;
    const std::string parts = parts_folder(options_.path);
    std::string trouble = failure_ ? "; the last rows are lost" : "";
    try {
      if (!pending_.empty() && !failure_) save(std::exchange(pending_, {}));
    } catch (const std::exception& error) {
      trouble = std::string("; the last rows are lost: ") + error.what();
    }
    if (segments_ == 0) return "nothing had been saved" + trouble;
    return "what was computed is in " + parts + " (state partial; kith info reads it)" + trouble;
  } catch (...) {
    return "nothing more could be saved";
  }
}

}  // namespace kith::io
