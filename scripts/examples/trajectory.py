#!/usr/bin/python3
"""Draws the course of a crossover trial from a result file: felt connection by order of treatment, occupancy below.

Usage: trajectory.py RESULT.h5 [-o PICTURE] [--measure NAME] [--title TEXT]

Lines are means over the virtual studies of everybody who started with that order; bands are their 95 % intervals. Grey
columns are the periods of the trial. Outside them a line is dashed: no study has measured what happens there, so it is
extrapolation. The name of the picture decides its format: .png, .svg or .pdf.

Example:
  kith run naltrexone-crossover --replicates 40 -o trial.h5
  scripts/examples/trajectory.py trial.h5 -o trajectory.png
"""
import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import h5py
import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7")  # Okabe & Ito 2008: told apart by every kind of colour vision
INK = "#333333"
PREFIX = "sequence: "


@dataclass
class Trial:
    """What the picture needs of a result file."""
    title: str
    days: np.ndarray  # [time]
    sequences: list  # names, e.g. "naltrexone, placebo"
    values: np.ndarray  # [replicate, time, sequence]
    occupancy: np.ndarray  # [replicate, time, sequence] %
    periods: list  # (first day, last day)
    label: str


def words(column):
    return [text.decode() if isinstance(text, bytes) else text for text in column]


def find_periods(file):
    """Gives begin and end [days] of each period: from the midnight before its first occasion to that after its last."""
    table = file["diary"] if "diary" in file else file["probes"]
    number, time = table["period"][:], table["time"][:] / 24
    return [(float(np.floor(time[number == n].min())), float(np.ceil(time[number == n].max()))) for n in np.unique(number)]


def read_trial(path, measure):
    with h5py.File(path) as file:
        population = file["population"]
        groups = words(population["group"][:])
        columns = [k for k, name in enumerate(groups) if name.startswith(PREFIX)]
        if not columns:
            sys.exit(f"{path}: no groups by sequence; the scenario needs a trial and `record: {{by: [sequence]}}`")
        if measure not in population:
            sys.exit(f"{path}: population has no variable called {measure}")
        variable = population[measure]
        return Trial(
            title=str(file.attrs["title"]), days=population["time"][:] / 24,
            sequences=[groups[k].removeprefix(PREFIX) for k in columns], values=variable[:][:, :, columns],
            occupancy=population["occupancy"][:][:, :, columns], periods=find_periods(file),
            label=str(variable.attrs["long_name"]).removeprefix("mean "))


def mean_and_reach(values):
    """Gives the mean over the virtual studies and the reach of its 95 % interval; values: [replicate, time]."""
    count = np.sum(np.isfinite(values), axis=0)
    spread = np.nanstd(values, axis=0, ddof=1) if len(values) > 1 else np.zeros(values.shape[1])
    return np.nanmean(values, axis=0), 1.96 * spread / np.sqrt(np.maximum(count, 1))


def draw_line(axes, trial, values, colour):
    """Solid within the periods, dashed outside."""
    mean, reach = mean_and_reach(values)
    if np.any(reach > 0):
        axes.fill_between(trial.days, mean - reach, mean + reach, color=colour, alpha=0.15, linewidth=0)
    axes.plot(trial.days, mean, color=colour, linewidth=1.4, dashes=(3, 2))
    for begin, end in trial.periods:
        inside = (trial.days >= begin) & (trial.days <= end)
        axes.plot(trial.days[inside], mean[inside], color=colour, linewidth=2.6, solid_capstyle="round")
    return mean


def shade(axes, trial):
    for begin, end in trial.periods:
        axes.axvspan(begin, end, color="#ECECEC", zorder=0, linewidth=0)
    edges = [trial.periods[0][1], *(day for period in trial.periods[1:] for day in period), trial.days[-1]]
    for begin, end in zip(edges[::2], edges[1::2]):
        if end > begin:
            axes.axvspan(begin, end, facecolor="none", edgecolor="#E4E4E4", hatch="///", linewidth=0, zorder=0)


def name_periods(axes, trial):
    """Writes above the picture what each order of treatment takes in each period."""
    for number, (begin, end) in enumerate(trial.periods):
        middle = (begin + end) / 2
        axes.text(middle, 1.175, f"period {number + 1}", transform=axes.get_xaxis_transform(), ha="center", color=INK,
                  fontsize=10, fontweight="bold")
        for k, sequence in enumerate(trial.sequences):
            axes.text(middle, 1.1 - 0.07 * k, sequence.split(", ")[number], transform=axes.get_xaxis_transform(),
                      ha="center", color=COLOURS[k], fontsize=10)
    for begin, end in zip([period[1] for period in trial.periods], [period[0] for period in trial.periods[1:]]):
        axes.text((begin + end) / 2, 1.03, "wash-out: extrapolation", transform=axes.get_xaxis_transform(), ha="center",
                  color="#777777", fontsize=9, style="italic")
    if trial.days[-1] > trial.periods[-1][1]:
        axes.text((trial.periods[-1][1] + trial.days[-1]) / 2, 1.03, "after: extrapolation", ha="center",
                  transform=axes.get_xaxis_transform(), color="#777777", fontsize=9, style="italic")


def draw(trial, title):
    plt.rcParams.update({"font.family": "DejaVu Sans", "font.size": 10, "axes.edgecolor": "#999999", "text.color": INK,
                         "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "hatch.linewidth": 0.8})
    figure, (above, below) = plt.subplots(
        2, 1, sharex=True, figsize=(9, 6.2), gridspec_kw={"height_ratios": [3, 1.4], "hspace": 0.09})
    for axes in (above, below):
        shade(axes, trial)
        axes.spines[["top", "right"]].set_visible(False)
    for k, sequence in enumerate(trial.sequences):
        draw_line(above, trial, trial.values[:, :, k], COLOURS[k % len(COLOURS)])
        draw_line(below, trial, trial.occupancy[:, :, k], COLOURS[k % len(COLOURS)])
        above.plot([], [], color=COLOURS[k % len(COLOURS)], linewidth=2.6, label=sequence.replace(", ", ", then "))
    name_periods(above, trial)
    above.set_ylabel(trial.label.replace(", 0 to 1", "\n0 none, 1 full"))
    low, high = above.get_ylim()
    above.set_ylim(low - 0.2 * (high - low), high)  # room for the legend
    above.legend(frameon=False, loc="lower center", ncols=len(trial.sequences), fontsize=10)
    below.set_ylabel("µ-receptors held\nby the drug [%]")
    below.set_ylim(-4, 104)
    below.set_yticks([0, 50, 100])
    below.set_xlabel("days since the start of the trial")
    below.set_xlim(trial.days[0], trial.days[-1])
    below.set_xticks(np.arange(0, trial.days[-1] + 1, 2))
    studies = len(trial.values)
    figure.suptitle(title or trial.title, x=0.09, y=1.035, ha="left", fontsize=13, fontweight="bold")
    figure.text(0.09, 0.02, f"Kith, {studies} virtual {'study' if studies == 1 else 'studies'}. Lines: mean of all who "
                "started, each midnight; bands: its 95 % interval.\nDashed, hatched: no study has measured this. The upper axis "
                "does not start at 0.",
                fontsize=8.5, color="#666666", va="top")
    return figure


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("result", type=Path, help="a result file of kith run")
    parser.add_argument("-o", "--output", type=Path, default=Path("trajectory.png"), help="the picture (trajectory.png)")
    parser.add_argument("--measure", default="connection", help="variable of the population table (connection)")
    parser.add_argument("--title", help="instead of the scenario's title")
    arguments = parser.parse_args()
    if not arguments.result.is_file():
        parser.error(f"{arguments.result} is no file")
    figure = draw(read_trial(arguments.result, arguments.measure), arguments.title)
    figure.savefig(arguments.output, dpi=110, bbox_inches="tight", facecolor="white")
    print(arguments.output)


if __name__ == "__main__":
    main()
