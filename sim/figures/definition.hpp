#pragma once

#include <string>
#include <vector>

/// What is drawn of a result file. A model says which of its tables mean what; here is how these are read and drawn.
namespace kith::figures {

enum class Kind {
  over_time,  ///< variable [replicate, time, group]: a curve a group, the mean over replicates
  survival,   ///< a share, its limits and who is at risk [replicate, time, group]: steps
  paired,  ///< a rating of participants by occasion; then what "effects" has of it: the value, its limits. A dot a participant
  response,  ///< a difference and the true one by replicate, measure and contrast, over the doses in the arms' names
  changes,   ///< how many came and how many went [replicate, time, group, layer], of the first group
  paths,     ///< what came of it in all, on one path and on the other [replicate, arm, outcome]
  flow,      ///< counts of participants by order of the arms
  forest,    ///< an effect and its limits by replicate, measure and contrast; the same pooled in the further table
  experiments,  ///< what was published, its standard error, then a mean and standard deviation [outcome, theory] of each theory
  network,  ///< offsets and targets of ties; a value of single people [replicate, time, person] in the further table
};

/// What a result is about.
enum class Subject {
  run,          ///< a scenario
  experiments,  ///< published experiments under theories
};

/// One figure that a result may hold, with words of the model.
struct Definition {
  std::string name;     ///< on the command line: "connection"
  std::string title;    ///< "Felt connection"
  std::string reading;  ///< how to read it
  Kind kind = Kind::over_time;
  std::string table = {};
  std::vector<std::string> variables = {};  ///< in the order that `kind` tells
  std::string unit = {};                    ///< at the upright axis
  double scale = 1.0;                       ///< by which values are multiplied before they are shown
  int digits = 3;                           ///< after the point in the table
  std::vector<std::string> labels = {};     ///< of the variables, where `kind` shows each
  std::string further = {};                 ///< a second table, where `kind` needs one
  Subject subject = Subject::run;           ///< of the results that may hold it
  std::string needs = {};                   ///< what a scenario must have for it: "a trial"
};

}  // namespace kith::figures
