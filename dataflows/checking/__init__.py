"""Checks anybody's annual notice against 34 CFR 99.7, by rules that a reader can follow.

The rules are data: schemas/law/notice-check has the words, the items and the findings.
"""
