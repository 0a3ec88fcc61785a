#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "network/graph.hpp"

/// Generators. Each is a function of its parameters, the number of people and the world's key: the same arguments give
/// the same graph on every platform and for any number of threads. Impossible parameters throw std::invalid_argument.
namespace kith::network {

/// Support layers (Dunbar): exclusive sizes 5/10/35/100 with communities, clustering and assortativity. Sets closeness,
/// kind and community. In five sentences:
/// 1. People live on the circle of their community, in clusters of neighbours, and each has a sociability that
///    multiplies all their layers.
/// 2. Families scattered over the communities are tied in the innermost layer, and two families make a wider one, tied
///    in part in the second layer.
/// 3. Neighbours are ranked by distance / (product of their sociabilities), blurred by chance, and the first of them
///    fill the innermost layer, the next the next (after Serrano, Krioukov & Boguñá 2008,
///    doi:10.1103/PhysRevLett.100.078701).
/// 4. What a layer still lacks are ties with strangers in other communities, in proportion to both sociabilities (Chung
///    & Lu 2002, doi:10.1073/pnas.252631999).
/// 5. Within a layer closeness falls with that rank for neighbours, and by chance for kin and strangers.
/// A population too small for its layers is tied as far as it goes, inner layers first. Ids follow the circles, so that
/// people with near ids live near each other.
struct Layers {
  std::vector<double> sizes{5, 10, 35, 100};  ///< mean ties per person in each layer, closest first; at most four
  double size_cv = 0.4;                       ///< spread of sociability (gamma); published: about ±40 %
  double community = 200;                     ///< mean number of people in a community
  double community_cv = 0.3;                  ///< spread of the communities' sizes (lognormal); assumed
  double cluster = 3;                         ///< mean number of people in a cluster of neighbours; assumed
  double kin_clusters = 0.4;                  ///< share of clusters that are kin, the others are friends; assumed
  double wider_family_ties = 0.4;             ///< share of the wider family to whom one is tied; assumed

  // Fitted together to the close-tie graph of a school (SocioPatterns 2013: mean degree 6.1, sd 3.4, clustering 0.54,
  // assortativity 0.29, 75 % of ties within the community), taking the closest ties up to that mean degree:
  // 10,000 people give sd 3.5, clustering 0.54, assortativity 0.28, 74 %.
  double away = 0.33;  ///< share of people with a family scattered over the communities
  double family = 5;   ///< mean size of such a family
  double clump = 0.7;  ///< how much nearer people of a cluster are to each other than others: 0 no nearer, below 1
  double blur = 0.4;   ///< share by which chance changes a distance, 0 … 0.9
  /// Share of each layer's ties with neighbours, kin left aside; the outer two are assumed.
  std::array<double, 4> local{1.0, 0.8, 0.55, 0.3};

  /// Mean number of a person's ties that are with neighbours or kin.
  double local_ties() const {
    double ties = 0.0;
    for (std::size_t layer = 0; layer < std::min(sizes.size(), local.size()); ++layer)
      ties += sizes[layer] * local[layer];
    return ties;
  }
};

/// Mean closeness of a tie in each of the four layers. With exp(−6.3 (1 − w)) they give time shares of
/// 0.40/0.20/0.25/0.15.
inline constexpr std::array<double, 4> layer_closeness{0.95, 0.73, 0.567, 0.319};

struct ErdosRenyi {
  double mean_ties = 10;
};
struct SmallWorld {
  std::uint32_t ties = 10;
  double rewire = 0.1;
};  // Watts & Strogatz 1998
struct PreferentialAttachment {
  std::uint32_t ties = 5;
};  // Barabási & Albert 1999
struct StochasticBlock {
  std::vector<double> sizes{0.5, 0.5};
  double within = 8;
  double between = 2;
};
struct Configuration {
  double mean = 10;
  double cv = 1.0;
};  // lognormal degrees, erased configuration model
struct Rmat {
  double mean_ties = 16;
  double a = 0.57, b = 0.19, c = 0.19, d = 0.05;
};  // Chakrabarti 2004

Graph generate(const Layers& parameters, std::uint32_t people, WorldKey world);
Graph generate(const ErdosRenyi& parameters, std::uint32_t people, WorldKey world);
Graph generate(const SmallWorld& parameters, std::uint32_t people, WorldKey world);
Graph generate(const PreferentialAttachment& parameters, std::uint32_t people, WorldKey world);
Graph generate(const StochasticBlock& parameters, std::uint32_t people, WorldKey world);
Graph generate(const Configuration& parameters, std::uint32_t people, WorldKey world);
Graph generate(const Rmat& parameters, std::uint32_t people, WorldKey world);

/// Gives closeness to ties that have none (closeness 0), and their kind. Each person ranks their ties by weight (where
/// the graph has weights) or by overlap (share of common neighbours, Onnela 2007, doi:10.1073/pnas.0610245104). The
/// ties are then dealt with in ascending order of the mean of both ends' ranks, and each gets the closest layer in
/// which both ends have room (5, 10, 35, 100 places): so nobody has more than five ties in the innermost layer, and who
/// has fewer is tied only to people who have five. Within a layer closeness falls with the mean of the places taken at
/// both ends; equal places, and equal ranks, are told apart by a draw of the pair. Ties for which no layer has room get
/// closeness 0.05 … 0.15 (assumed).
void assign_closeness(Graph& graph, WorldKey world);

}  // namespace kith::network
