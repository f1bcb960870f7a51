"""The writers of catalog files, in one place for those who export."""

from __future__ import annotations

from dataflows.sources.csv_writer import write_csv_folder
from dataflows.sources.json_writer import write_json
from dataflows.sources.xlsx_writer import write_workbook
from dataflows.sources.yaml_writer import write_yaml

__all__ = ["write_csv_folder", "write_json", "write_workbook", "write_yaml"]
