#include "io/result_writer.hpp"

#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <limits>

#include "core/error.hpp"
#include "core/paths.hpp"
#include "io/checksum.hpp"
#include "io/inputs.hpp"
#include "io/result_file.hpp"
#include "io/rows_of.hpp"
#include "io/seal.hpp"
#include "io/table_file.hpp"

namespace kith::io {
namespace {

namespace fs = std::filesystem;

/// Makes one closed, synced file; what goes wrong leaves none behind.
template <class F>
void make_file(const std::string& path, const RunAttributes& attributes, const Origin& origin, State state,
               const Layouts& layouts, F fill) {
  try {
    Handle file = create_file(path);
    write_attributes(file, attributes, origin, state);
    if (attributes.inputs && origin.segment == 0) write_inputs(file, *attributes.inputs);
    std::string tables;
    for (const auto& layout : layouts) tables += (tables.empty() ? "" : " ") + layout->spec().name;
    write_attribute(file, "tables", tables);  // a segment holds only some of them
    seal_attributes(file);
    fill(file);
    file.close("close the file");
    seal_file(path);
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

ResultWriter::ResultWriter(WriterOptions options, RunAttributes attributes)
    : options_(std::move(options)), attributes_(std::move(attributes)), last_save_(std::chrono::steady_clock::now()) {
  options_.path = followed(options_.path);
  constexpr double most = 200.0 * 365.25 * 86400.0;  // [s] a later moment would overflow the clock
  options_.save_every_seconds = std::min(options_.save_every_seconds, most);
  run_.run_id = new_run_id();
  parts_.emplace(options_.path, run_.run_id, options_.force ? Parts::Force::yes : Parts::Force::no);
  refuse_existing();
  found_ = identity_of(options_.path);
  if (options_.force) {
    parts_->remove_earlier();
  } else {
    notes_ = parts_->set_earlier_aside();
  }
  start_thread();
}

ResultWriter::ResultWriter(WriterOptions options, RunAttributes attributes, const Checkpoint& checkpoint,
                           kith::State& saved)
    : options_(std::move(options)), attributes_(std::move(attributes)), last_save_(std::chrono::steady_clock::now()) {
  options_.path = followed(options_.path);
  visit(saved);
  for (const auto& layout : layouts_) to_declare_.insert(layout->spec().name);
  parts_.emplace(options_.path, run_.run_id, options_.force ? Parts::Force::yes : Parts::Force::no);
  found_ = identity_of(options_.path);
  checkpoints_ = checkpoint.number;
  std::set<std::string> kept;
  if (checkpoint.is_packed()) {
    run_.segments.clear();
    run_.rows.clear();
    packed_ = std::exchange(last_coordinate_, {});
  } else {
    kept.insert(fs::path(checkpoint.path).filename().string());
    for (SegmentRecord& segment : run_.segments) {
      const std::string name = fs::path(segment.path).filename().string();
      segment.path = parts_->folder() + "/" + name;
      kept.insert(name);
    }
  }
  check_all_there(run_, ErrorKind::damaged);
  parts_->remove_own(kept);
  start_thread();
  try {
    take_over_rows();
  } catch (...) {
    stop_thread();
    throw;
  }
}

void ResultWriter::visit(kith::State& state) {
  state("run", run_);
  state("coordinates", last_coordinate_);
  std::vector<TableSpec> tables;
  for (const auto& layout : layouts_) tables.push_back(layout->spec());
  state("tables", tables);
  if (!state.is_reading()) return;
  for (TableSpec& spec : tables) add_layout(std::make_shared<const Layout>(std::move(spec)));
}

void ResultWriter::start_thread() {
  stopping_ = false;
  thread_ = std::thread(&ResultWriter::write_in_background, this);
}

ResultWriter::~ResultWriter() {
  if (!finished_) abandon("the run ended without a result");
}

void ResultWriter::refuse_existing() const {
  if (!fs::exists(options_.path)) return;
  if (!options_.force) {
    const std::string what = holds_checkpoint(options_.path)
                                 ? " holds a run that was stopped: kith resume " + options_.path + " goes on with it; "
                                 : " exists; ";
    throw Error(ErrorKind::output, options_.path + what + "choose another name, or replace it with --force");
  }
  std::error_code ignored;
  if (fs::file_size(options_.path, ignored) > 0 && !is_result(options_.path))
    throw Error(ErrorKind::output, options_.path +
                                       " exists and is no result of Kith, and --force replaces nothing else: choose "
                                       "another name, or remove it");
}

void ResultWriter::declare(const TableSpec& spec) {
  auto layout = std::make_shared<const Layout>(spec);
  const std::scoped_lock lock(mutex_);
  if (to_declare_.erase(spec.name) > 0) return;
  for (const auto& other : layouts_) {
    if (other->spec().name == spec.name) throw Error(ErrorKind::failed, "table " + spec.name + " was declared twice");
  }
  add_layout(std::move(layout));
}

void ResultWriter::add_layout(std::shared_ptr<const Layout> layout) {
  buffer_bytes_ = std::max({buffer_bytes_, options_.buffer_bytes, 8 * layout->repeated_bytes()});
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
  ++run_.rows[row.table];

  const std::size_t size = bytes_of(row);
  // Half of the buffer fills while the other half is written.
  wake_callers_.wait(lock, [&] { return failure_ || pending_.empty() || pending_bytes_ + size <= buffer_bytes_ / 2; });
  if (failure_) std::rethrow_exception(failure_);
  pending_.push_back(std::move(row));
  pending_bytes_ += size;
  if (pending_.size() == 1 || pending_bytes_ >= buffer_bytes_ / 4) wake_writer_.notify_one();
}

bool ResultWriter::is_due(std::chrono::steady_clock::time_point now) const {
  if (pending_.empty()) return false;
  return pending_bytes_ >= buffer_bytes_ / 4 ||
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

void ResultWriter::look_for_other_output() {
  if (saw_other_output_ || identity_of(options_.path) == found_ || !fs::exists(options_.path)) return;
  saw_other_output_ = true;
  const std::scoped_lock lock(mutex_);
  notes_.push_back(
      "somebody else made " + options_.path +
      " since this run began; it is left alone, and this result will get another name unless that file goes");
}

void ResultWriter::save(std::vector<TableRow> rows) {
  std::map<std::uint32_t, std::vector<TableRow>> by_replicate;
  for (TableRow& row : rows) by_replicate[row.replicate].push_back(std::move(row));
  rows.clear();
  for (const auto& [replicate, own_rows] : by_replicate) {
    parts_->check_held();
    try {
      save_segment(replicate, own_rows);
    } catch (const Error&) {
      parts_->check_held();  // the better reason, where it is one
      throw;
    }
  }
  look_for_other_output();
}

void ResultWriter::save_segment(std::uint32_t replicate, const std::vector<TableRow>& rows) {
  const std::uint64_t number = run_.segments.size() + 1;
  const std::string path = parts_->segment_path(number, replicate);
  const std::string unfinished = path + ".tmp";
  Layouts layouts;
  {
    const std::scoped_lock lock(mutex_);
    layouts = layouts_;
  }
  make_file(unfinished, attributes_, {run_.run_id, number}, State::partial, layouts,
            [&](const Handle& file) { write_rows(file, layouts, rows, TableFile::Scope::segment); });
  SegmentRecord record = read_segment_record(unfinished);
  record.path = path;
  move_into_place(unfinished, path, Replace::no);
  run_.segments.push_back(std::move(record));
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
  parts_->check_held();
  if (!run_.segments.empty() && !pending_.empty()) save(std::exchange(pending_, {}));
  check_segments(layouts_, run_);
  const std::string unfinished = parts_->path("result.tmp");
  make_file(unfinished, attributes_, {run_.run_id, 0}, State::complete, layouts_, [this](const Handle& file) {
    if (run_.segments.empty()) {
      write_rows(file, layouts_, pending_, TableFile::Scope::result);
    } else {
      merge_segments(file, layouts_, run_);
    }
  });
  put_in_place(unfinished);
}

void ResultWriter::put_in_place(const std::string& unfinished) {
  const std::optional<FileIdentity> there = identity_of(options_.path);
  if (!there || there == found_) {
    move_into_place(unfinished, options_.path, there ? Replace::yes : Replace::no);
    return;
  }
  const std::string beside = free_name(options_.path, run_.run_id.substr(0, 8));
  move_into_place(unfinished, beside, Replace::no);
  finished_ = true;
  throw Error(ErrorKind::output,
              "somebody else made " + options_.path +
                  " while this run went on; it is left alone, and the result of this run is whole in " + beside);
}

void ResultWriter::checkpoint(const std::function<void(kith::State&)>& write) {
  stop_thread();
  if (failure_) std::rethrow_exception(failure_);
  pending_bytes_ = 0;
  if (!pending_.empty()) save(std::exchange(pending_, {}));
  parts_->check_held();
  const std::string path = parts_->checkpoint_path(++checkpoints_);
  const std::string unfinished = path + ".tmp";
  make_file(unfinished, attributes_, {run_.run_id, 0}, State::partial, {}, [&](const Handle& file) {
    write_checkpoint(file, [&](kith::State& state) {
      visit(state);
      write(state);
    });
  });
  move_into_place(unfinished, path, Replace::no);
  if (checkpoints_ > 2) unlink(parts_->checkpoint_path(checkpoints_ - 2).c_str());
  start_thread();
}

void ResultWriter::pack(const std::string& reason) {
  stop_thread();
  if (failure_) std::rethrow_exception(failure_);
  pending_bytes_ = 0;
  if (!pending_.empty()) save(std::exchange(pending_, {}));
  attributes_.stop_reason = reason;
  check_segments(layouts_, run_);
  const std::string unfinished = parts_->path("result.tmp");
  make_file(unfinished, attributes_, {run_.run_id, 0}, State::partial, layouts_, [this](const Handle& file) {
    if (run_.segments.empty()) {
      write_rows(file, layouts_, {}, TableFile::Scope::result);
    } else {
      merge_segments(file, layouts_, run_);
    }
    if (checkpoints_ > 0) copy_checkpoint(parts_->checkpoint_path(checkpoints_), file);
  });
  put_in_place(unfinished);
  finished_ = true;
  parts_->remove_own();
  parts_.reset();
}

void ResultWriter::take_over_rows() {
  if (packed_.empty()) return;
  const Coordinates written = std::exchange(packed_, {});
  const ResultFile former(options_.path);
  for (const std::string& table : former.tables()) {
    for_each_row(
        former, table,
        [&](std::uint32_t replicate, double coordinate) {
          const auto last = written.find({table, replicate});
          return last != written.end() && coordinate <= last->second;
        },
        [&](TableRow row) { write(std::move(row)); });
  }
}

void ResultWriter::finish() { finish(RunAttributes(attributes_)); }

void ResultWriter::finish(const RunAttributes& attributes) {
  stop_thread();
  attributes_ = attributes;
  try {
    if (failure_) std::rethrow_exception(failure_);
    write_result();
  } catch (const Error& error) {
    if (!finished_) throw Error(error.kind(), error.what() + ("\n  " + abandon(error.what())));
    parts_->remove_own();
    parts_.reset();
    throw;
  }
  finished_ = true;
  pending_.clear();
  parts_->remove_own();
  parts_.reset();
}

std::string ResultWriter::abandon(const std::string& reason) noexcept {
  try {
    stop_thread();
    if (std::exchange(finished_, true)) return "nothing more was saved";
    attributes_.stop_reason = reason;
    std::string trouble = failure_ ? "; the last rows are lost" : "";
    try {
      if (!pending_.empty() && !failure_) save(std::exchange(pending_, {}));
    } catch (const std::exception& error) {
      trouble = std::string("; the last rows are lost: ") + error.what();
    }
    const std::string folder = parts_->folder();
    parts_.reset();  // lets go, so that another run may go on
    const auto is_there = [](const SegmentRecord& record) { return fs::exists(record.path); };
    if (std::none_of(run_.segments.begin(), run_.segments.end(), is_there)) return "nothing had been saved" + trouble;
    return "what was computed is in " + folder + " (state partial; kith info reads it)" + trouble;
  } catch (...) {
    return "nothing more could be saved";
  }
}

std::vector<std::string> ResultWriter::take_notes() {
  const std::scoped_lock lock(mutex_);
  return std::exchange(notes_, {});
}

}  // namespace kith::io
