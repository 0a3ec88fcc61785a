#include "cli/figures_of.hpp"

namespace kith::cli {

figures::MeanOf mean_of(const Session& session) {
  return [&application = session.application](std::span<const double> values) {
    const std::vector<double> zeros(values.size(), 0.0);
    const Contrast mean = application.contrast(zeros, values, Pairing::paired);
    return figures::Mean{mean.difference, mean.low, mean.high};
  };
}

figures::Drawn draw_of(const Session& session, const io::ResultFile& result, const figures::Definition& definition) {
  return figures::draw(result, definition, mean_of(session));
}

plot::Drawing as_one(const figures::Figure& figure) {
  if (figure.drawings.size() == 1) return figure.drawings.front();
  std::string description;
  for (const plot::Drawing& drawing : figure.drawings)
    description += (description.empty() ? "" : " ") + drawing.caption().description;
  return plot::stacked(figure.drawings, {figure.title, description}, figure.name);
}

}  // namespace kith::cli
