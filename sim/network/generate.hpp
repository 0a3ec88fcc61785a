#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "network/graph.hpp"

/// Generators. Each is a function of its parameters, the number of people and the world's key: the same arguments give the
/// same graph on every platform and for any number of threads. Impossible parameters throw std::invalid_argument.
namespace kith::network {

/// Support layers (Dunbar): exclusive sizes 5/10/35/100 with communities, clustering and assortativity. Sets closeness, kind and
/// community. In five sentences:
/// 1. People live on the circles of their communities, and each has a sociability that multiplies all their layers.
/// 2. Families are scattered over the communities: a close family is tied in the innermost layer, a wider one in part in the next.
/// 3. Neighbours are ranked by distance / (product of their sociabilities), blurred by chance (after Serrano, Krioukov & Boguñá
///    2008, doi:10.1103/PhysRevLett.100.078701): the nearest fill the innermost layer, the next the next.
/// 4. What a layer still lacks are ties with strangers anywhere, in proportion to both sociabilities (Chung & Lu 2002).
/// 5. Within a layer closeness falls with that rank, and by chance for kin and strangers.
/// A population too small for its layers is tied as far as it goes, inner layers first. Ids follow communities and circles.
struct Layers {
  std::vector<double> sizes{5, 10, 35, 100};  ///< mean number of ties per person in each layer, closest first; at most four
  double size_cv = 0.4;                       ///< spread of sociability between people (gamma); published: about ±40 %
  double community = 200;                     ///< mean number of people in a community
  double community_cv = 0.3;                  ///< spread of the communities' sizes (lognormal); assumed
  double household = 2;                       ///< mean run of neighbours who are kin; assumed
  double wider_family_ties = 0.5;             ///< share of relatives in the wider family to whom one is tied; assumed
  // Fitted together to the close-tie graph of a school (SocioPatterns 2013: mean degree 6.1, sd 3.4, clustering 0.54,
  // assortativity 0.29, 75 % of ties within the community).
  double family = 2.2;                            ///< mean size of a close family, one person included
  std::array<double, 4> local{1.0, 0.8, 0.55, 0.3};  ///< share of each layer's other ties within the community
  double blur = 0.3;                              ///< a distance varies by this share by chance, 0 … 0.9
};

/// Mean closeness of a tie in each of the four layers. With exp(−6.3 (1 − w)) they give time shares of 0.40/0.20/0.25/0.15.
inline constexpr std::array<double, 4> layer_closeness{0.95, 0.73, 0.567, 0.319};

struct ErdosRenyi { double mean_ties = 10; };
struct SmallWorld { std::uint32_t ties = 10; double rewire = 0.1; };        // Watts & Strogatz 1998
struct PreferentialAttachment { std::uint32_t ties = 5; };                  // Barabási & Albert 1999
struct StochasticBlock { std::vector<double> sizes{0.5, 0.5}; double within = 8; double between = 2; };
struct Configuration { double mean = 10; double cv = 1.0; };                // lognormal degrees, erased configuration model
struct Rmat { double mean_ties = 16; double a = 0.57, b = 0.19, c = 0.19, d = 0.05; };  // Chakrabarti 2004

Graph generate(const Layers& parameters, std::uint32_t people, WorldKey world);
Graph generate(const ErdosRenyi& parameters, std::uint32_t people, WorldKey world);
Graph generate(const SmallWorld& parameters, std::uint32_t people, WorldKey world);
Graph generate(const PreferentialAttachment& parameters, std::uint32_t people, WorldKey world);
Graph generate(const StochasticBlock& parameters, std::uint32_t people, WorldKey world);
Graph generate(const Configuration& parameters, std::uint32_t people, WorldKey world);
Graph generate(const Rmat& parameters, std::uint32_t people, WorldKey world);

/// Gives closeness to ties that have none (closeness 0): each person ranks their ties by weight (where the graph has weights)
/// or by overlap (shared neighbours), and the mean of both ends' ranks decides, so that a person's first 5, next 10, 35, 100
/// ties get the layers' closeness. Also sets `kind` by closeness.
void assign_closeness(Graph& graph, WorldKey world);

}  // namespace kith::network
