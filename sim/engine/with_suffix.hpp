#pragma once

#include <string>
#include <utility>

#include "engine/tables.hpp"

namespace kith {

/// Passes on to another sink, with something added to the names of the tables: what tells several trials, or theories, apart.
class WithSuffix : public Sink {
 public:
  WithSuffix(Sink& sink, std::string suffix) : sink_(&sink), suffix_(std::move(suffix)) {}
  RowsWanted wanted(const std::string& table) const override { return sink_->wanted(table + suffix_); }
  void declare(const TableSpec& spec) override {
    TableSpec named = spec;
    named.name += suffix_;
    sink_->declare(named);
  }
  void write(TableRow row) override {
    row.table += suffix_;
    sink_->write(std::move(row));
  }

 private:
  Sink* sink_;
  std::string suffix_;
};

}  // namespace kith
