#include "core/state.hpp"

#include <catch2/catch.hpp>

#include "core/error.hpp"

using namespace kith;

namespace {

enum class Mood : std::uint8_t { low, high };

struct Inner {
  float a = 0.0F;
  std::vector<bool> flags;
  void visit(State& state) {
    state("a", a);
    state("flags", flags);
  }
  bool operator==(const Inner&) const = default;
};

struct Everything {
  std::int32_t number = 0;
  Mood mood = Mood::low;
  std::string text;
  std::vector<double> list;
  std::vector<Inner> parts;
  std::array<float, 2> pair{};
  std::optional<Inner> maybe;
  std::map<std::string, std::uint32_t> places;
  Public<float> seen;
  void visit(State& state) {
    state("number", number);
    state("mood", mood);
    state("text", text);
    state("list", list);
    state("parts", parts);
    state("pair", pair);
    state("maybe", maybe);
    state("places", places);
    state(ColumnInfo{"seen", "1", "what others see"}, seen);
  }
};

Everything some() {
  Everything e{7,
               Mood::high,
               "kith",
               {1.5, -2.0},
               {{1.0F, {true, false}}, {2.0F, {}}},
               {3.0F, 4.0F},
               Inner{5.0F, {}},
               {{"b", 2}, {"a", 1}},
               {}};
  e.seen.now = {0.5F};
  e.seen.next = {0.25F};
  return e;
}

std::vector<std::byte> written(Everything e) {
  StateWriter writer;
  e.visit(writer);
  return writer.buffer();
}

std::uint64_t digest(Everything e) {
  Fingerprint fingerprint;
  StateDigest state(fingerprint);
  e.visit(state);
  return fingerprint.value();
}

}  // namespace

TEST_CASE("state that was written is read back whole, whatever was there before") {
  const std::vector<std::byte> buffer = written(some());
  Everything read{1, Mood::low, "longer text", {9.0}, {}, {}, {}, {{"c", 3}}, {}};
  StateReader reader(buffer);
  read.visit(reader);
  CHECK(reader.is_at_end());
  CHECK(read.number == 7);
  CHECK(read.mood == Mood::high);
  CHECK(read.text == "kith");
  CHECK(read.list == some().list);
  CHECK(read.parts == some().parts);
  CHECK(read.pair == some().pair);
  CHECK(read.maybe == some().maybe);
  CHECK(read.places == some().places);
  CHECK(read.seen.now == some().seen.now);
  CHECK(read.seen.next == some().seen.next);
  CHECK(written(read) == buffer);
}

TEST_CASE("an optional piece that was not there is taken away") {
  Everything without = some();
  without.maybe.reset();
  const std::vector<std::byte> buffer = written(without);
  Everything read = some();
  StateReader reader(buffer);
  read.visit(reader);
  CHECK_FALSE(read.maybe);
}

TEST_CASE("the digest follows every piece, and which piece it is") {
  const std::uint64_t before = digest(some());
  CHECK(digest(some()) == before);
  const auto changed = [&](auto&& change) {
    Everything e = some();
    change(e);
    return digest(e) != before;
  };
  CHECK(changed([](Everything& e) { e.mood = Mood::low; }));
  CHECK(changed([](Everything& e) { e.list.push_back(0.0); }));
  CHECK(changed([](Everything& e) { e.parts[0].flags[1] = true; }));
  CHECK(changed([](Everything& e) { e.maybe.reset(); }));
  CHECK(changed([](Everything& e) { e.places["a"] = 2; }));
  CHECK(changed([](Everything& e) { e.seen.next[0] = 0.0F; }));
  CHECK(changed([](Everything& e) { std::swap(e.seen.now, e.seen.next); }));
}

TEST_CASE("a saved state that is cut short, or of another class, is refused") {
  std::vector<std::byte> buffer = written(some());
  Inner other;
  StateReader wrong(buffer);
  CHECK_THROWS_WITH(other.visit(wrong), Catch::Contains("something else where a is expected"));
  buffer.resize(buffer.size() / 2);
  Everything read;
  StateReader cut(buffer);
  CHECK_THROWS_WITH(read.visit(cut), Catch::Contains("ends before"));
}

TEST_CASE("pieces are named in the order in which they are listed") {
  Everything e = some();
  StateNames names;
  e.visit(names);
  CHECK(names.names().front() == "number");
  CHECK(names.names().back() == "next");
}

TEST_CASE("a state that is handed on in parts is the one that is kept whole, whatever the sizes of its pieces") {
  const auto pieces = [](State& state) {
    for (const std::size_t bytes : {1U, 100U, 3U << 20, 5U << 20, 7U, 2U << 20, 9U << 20, 0U, 1U}) {
      std::vector<std::uint8_t> piece(bytes);
      for (std::size_t i = 0; i < bytes; ++i) piece[i] = static_cast<std::uint8_t>(i * 7 + bytes);
      state("piece", piece);
    }
  };
  StateWriter whole;
  pieces(whole);
  std::vector<std::byte> joined;
  StateWriter in_parts([&](std::span<const std::byte> part) { joined.insert(joined.end(), part.begin(), part.end()); });
  pieces(in_parts);
  in_parts.flush();
  CHECK(joined == whole.buffer());
  CHECK(in_parts.buffer().empty());
}
