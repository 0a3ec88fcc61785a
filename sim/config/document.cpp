#include "config/document.hpp"

#include <filesystem>
#include <utility>

#include "config/file.hpp"
#include "config/fitted.hpp"
#include "config/state.hpp"
#include "core/utf8.hpp"

namespace kith::config {

namespace {

[[noreturn]] void refuse_all(const State& state) { throw InvalidScenario(locate_all(state.notes, state.sources)); }

void parse_scenario(State& state, const std::string& name) {
  state.sources.push_back({Source::Kind::scenario, name, state.written});
  Source& source = state.sources.front();
  source.text = normalised(state.written, 0);
  state.root = parse(source, 0, 0, state.notes);
  const Place start{};
  if (state.root.kind == Node::Kind::null) {
    const bool is_blank = source.text.find_first_not_of(" \t\n") == std::string::npos;
    throw Refusal{{start, is_blank ? "the scenario is empty" : "the scenario holds no keys",
                   "a scenario is a mapping of keys", "write \"key: value\""}};
  }
  if (state.root.kind == Node::Kind::mapping) return;
  const std::string what = state.root.kind == Node::Kind::list ? "a list" : in_quotes(state.root.text);
  throw Refusal{
      {state.root.place, "the scenario is " + what, "a scenario is a mapping of keys", "write \"key: value\""}};
}

void parse_override(State& state, const Override& change) {
  const std::size_t index = state.sources.size();
  state.sources.push_back({Source::Kind::command_line, "--set", change.assignment});
  try {
    state.sources[index].text = normalised(change.assignment, index);
    apply_override(state.root, state.sources[index], index, state.notes);
  } catch (const Refusal& refusal) {
    state.notes.add(refusal.note);
  }
}

}  // namespace

Document::Document(std::unique_ptr<State> state) : state_(std::move(state)) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Document Document::from_file(const std::string& path, const std::vector<Override>& overrides) {
  const std::string folder = path == "-" ? "." : std::filesystem::path(path).parent_path().string();
  return from_text(read_file(path), display_name(path), overrides, folder.empty() ? "." : folder);
}

Document Document::from_text(std::string text, const std::string& name, const std::vector<Override>& overrides,
                             const std::string& folder, Fitted fitted) {
  auto state = std::make_unique<State>();
  state->written = std::move(text);
  state->folder = folder;
  try {
    parse_scenario(*state, name);
  } catch (const Refusal& refusal) {
    state->notes.add(refusal.note);
    refuse_all(*state);
  }
  for (const Override& change : overrides) parse_override(*state, change);
  if (fitted == Fitted::taken) apply_fitted(*state);
  state->add_frame({.node = &state->root, .place = {.offset = state->root.place.offset}});
  return Document(std::move(state));
}

Document Document::describe() {
  auto state = std::make_unique<State>();
  state->sources.push_back({});
  state->add_frame({.purpose = Frame::Purpose::describe});
  return Document(std::move(state));
}

Section Document::root() { return state_->section(state_->frames.front()); }

void Document::check(const std::function<void(Section)>& read) {
  state_->note_unknown_keys(read);
  if (state_->notes.count() > 0) refuse_all(*state_);
}

const std::string& Document::name() const { return state_->sources.front().name; }
const std::string& Document::text() const { return state_->written; }
std::string Document::resolved() const { return print_resolved(state_->frames.front()); }
const std::string& Document::folder() const { return state_->folder; }
const std::map<std::string, std::string>& Document::files() const { return state_->files; }
const std::vector<Entry>& Document::entries() const { return state_->entries; }

}  // namespace kith::config
