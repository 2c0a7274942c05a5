"""A telemarketing operation made of chance, from one seed.

It writes what such an operation would have recorded (contract tables, with the data faults that people really
have) and, beside it, what nobody could have recorded: the true probability that each lead is won. Methods are
judged against that truth. Nothing here knows of features or models.
"""

from __future__ import annotations

from data.simulator.operation import Simulation, simulate
from data.simulator.scenario import Scenario, list_scenarios, read_scenario
from data.simulator.writing import write_simulation

__all__ = ["Scenario", "Simulation", "list_scenarios", "read_scenario", "simulate", "write_simulation"]
