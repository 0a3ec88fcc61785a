#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "config/scalar.hpp"

/// The types of values that a scenario holds.
namespace kith::config {

Type<double> number_type(const std::string& path, const Spec& spec);
Type<std::int64_t> integer_type(const std::string& path, const Spec& spec);
Type<bool> flag_type(const std::string& path);
Type<std::string> text_type();
Type<double> time_of_day_type(const std::string& path);
Type<double> week_time_type(const std::string& path);
Type<std::pair<double, double>> range_type(const std::string& path, const Spec& spec);
Type<std::pair<std::int64_t, std::int64_t>> whole_range_type(const std::string& path, const Spec& spec);
Type<std::size_t> choice_type(const std::string& path, const std::vector<Option>& options, std::string_view otherwise);

}  // namespace kith::config
