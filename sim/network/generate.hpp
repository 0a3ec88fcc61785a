#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "core/random.hpp"
#include "network/graph.hpp"

/// Generators. Each is a function of its parameters, the number of people and the world's key: the same arguments give the
/// same graph on every platform and for any number of threads. Impossible parameters throw std::invalid_argument.
namespace kith::network {

/// Support layers (Dunbar): exclusive sizes 5/10/35/100, in communities, with the clustering and assortativity of a close-tie
/// graph. Sets closeness, kind and community.
struct Layers {
  std::vector<double> sizes{5, 10, 35, 100};  ///< mean number of ties per person in each layer, closest first
  double size_cv = 0.4;                       ///< spread of the sizes between people
  double community = 200;                     ///< mean number of people in a community
  // … further parameters of the generator
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
