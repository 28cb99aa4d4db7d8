"""Scenarios as data: a strict file format, loaded, checked and frozen."""

from .catalog import CatalogEntry, list_scenarios
from .dump import dump
from .jsonschema import json_schema
from .load import Given, Scenario, load_scenario, take_scenario, take_scenarios, take_variants
from .places import Position
from .provenance import Entry, SourceRow, source_table
from .suppose import Texts, suppose, suppose_of_all, suppose_of_variants

__all__ = [
    "CatalogEntry",
    "Entry",
    "Given",
    "Position",
    "Scenario",
    "SourceRow",
    "Texts",
    "dump",
    "json_schema",
    "list_scenarios",
    "load_scenario",
    "source_table",
    "suppose",
    "suppose_of_all",
    "suppose_of_variants",
    "take_scenario",
    "take_scenarios",
    "take_variants",
]
