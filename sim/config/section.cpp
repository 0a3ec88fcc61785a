#include "config/section.hpp"

#include <algorithm>
#include <filesystem>

#include "config/types.hpp"

namespace kith::config {

Section::Section(State& state, Frame& frame) : state_(&state), frame_(&frame), path_(frame.path) {}

double Section::number(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, number_type(frame_->path_of(spec.key), spec));
}

std::vector<double> Section::numbers(const Spec& spec) {
  return read_list(*state_, *frame_, spec, number_type(frame_->path_of(spec.key), spec));
}

std::int64_t Section::integer(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, integer_type(frame_->path_of(spec.key), spec));
}

bool Section::flag(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, flag_type(frame_->path_of(spec.key)));
}

std::string Section::text(const Spec& spec) { return read_scalar(*state_, *frame_, spec, text_type()); }

std::vector<std::string> Section::texts(const Spec& spec) { return read_list(*state_, *frame_, spec, text_type()); }

std::string Section::file(const Spec& spec) {
  Type<std::string> type = text_type();
  type.name = "file";
  type.wanted = "the name of a file";
  const std::string name = read_scalar(*state_, *frame_, spec, type);
  const Pair* pair = state_->take(*frame_, spec.key);
  if (name.empty()) return name;
  std::string path = file_path(name);
  std::string from_resolved = path;
  if (pair != nullptr && pair->value.place.source != 0) {
    path = name;
    // The resolved scenario may be read from anywhere.
    std::error_code error;
    from_resolved = std::filesystem::absolute(name, error).string();
    if (!error && frame_->has_yaml()) state_->resolve(*frame_, spec.key).text = yaml_text(from_resolved);
  }
  if (!describing()) state_->files[from_resolved] = path;
  return path;
}

double Section::time_of_day(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, time_of_day_type(frame_->path_of(spec.key)));
}

std::vector<double> Section::times_of_day(const Spec& spec) {
  return read_list(*state_, *frame_, spec, time_of_day_type(frame_->path_of(spec.key)));
}

double Section::week_time(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, week_time_type(frame_->path_of(spec.key)));
}

std::pair<double, double> Section::range(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, range_type(frame_->path_of(spec.key), spec));
}

std::pair<std::int64_t, std::int64_t> Section::whole_range(const Spec& spec) {
  return read_scalar(*state_, *frame_, spec, whole_range_type(frame_->path_of(spec.key), spec));
}

std::size_t Section::choice(const Spec& spec, const std::vector<Option>& options) {
  const Type<std::size_t> type = choice_type(frame_->path_of(spec.key), options, spec.otherwise);
  state_->record(*frame_, spec, type.name, options);
  const auto value = read_checked(*state_, *frame_, spec, type);
  return value ? *value : parse_fallback(*frame_, spec, type).value_or(type.least);
}

bool Section::has(std::string_view key) const {
  frame_->tested.emplace(key);
  if (frame_->purpose == Frame::Purpose::describe) return true;
  return frame_->node != nullptr && frame_->node->find(key) != nullptr;
}

bool Section::describing() const { return !frame_->has_yaml(); }

std::vector<std::pair<std::string, std::string>> Section::values() const {
  std::vector<std::pair<std::string, std::string>> values;
  for (const Resolved& resolved : frame_->resolved) {
    if (resolved.kind == Resolved::Kind::scalar) values.emplace_back(resolved.key, resolved.text);
  }
  return values;
}

void Section::fail(std::string_view key, const std::string& problem, const std::string& why,
                   const std::string& suggestion, std::initializer_list<std::string_view> for_want_of) {
  if (!frame_->has_yaml() || frame_->wrong.count(std::string(key)) > 0) return;
  const Pair* pair = frame_->node == nullptr ? nullptr : frame_->node->find(key);
  std::vector<std::string> absent;
  for (const std::string_view other : for_want_of) absent.push_back(frame_->path_of(other));
  if (pair == nullptr) absent.push_back(frame_->path_of(key));
  state_->note(pair == nullptr ? frame_->place : value_place(*pair), problem, why, suggestion, std::move(absent));
}

void Section::fail_item(std::string_view key, std::size_t index, const std::string& problem, const std::string& why,
                        const std::string& suggestion) {
  if (!frame_->has_yaml() || frame_->wrong.count(std::string(key)) > 0) return;
  const Pair* pair = frame_->node == nullptr ? nullptr : frame_->node->find(key);
  if (pair == nullptr || index >= pair->value.items.size()) return fail(key, problem, why, suggestion);
  state_->note(pair->value.items[index].place, problem, why, suggestion);
}

std::size_t Section::mistakes() const { return state_->notes.count(); }

std::string Section::file_path(const std::string& name) const {
  const std::filesystem::path path(name);
  if (name.empty() || path.is_absolute() || state_->folder.empty() || state_->folder == ".") return name;
  return (std::filesystem::path(state_->folder) / path).string();
}

}  // namespace kith::config
