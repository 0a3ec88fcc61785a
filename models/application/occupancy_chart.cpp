#include "models/application/occupancy_chart.hpp"

#include "models/pharmacology/course.hpp"

namespace kith {

plot::Chart occupancy_chart(const pharmacology::Drug& drug, const cli::ChartRequest& request) {
  const pharmacology::OccupancyCurves curves =
      pharmacology::occupancy_curves(drug, request.doses, request.every, request.count);
  plot::Chart chart;
  chart.title = drug.label();
  chart.y_label = "mu-receptors held, %";
  chart.y_most = 100.0;
  chart.x_label = curves.in_days ? "days" : "hours";
  chart.x_most = curves.longest;
  for (const pharmacology::OccupancyCurve& curve : curves.curves)
    chart.curves.push_back({curve.name, curve.points, curve.people});
  for (const pharmacology::OccupancyPoint& point : curves.observed)
    chart.marks.push_back({point.curve, point.at, point.occupancy, point.spread});
  chart.mark_name = "observed";
  chart.band_name = "5-95 % of people";
  return chart;
}

}  // namespace kith
