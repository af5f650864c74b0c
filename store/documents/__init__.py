# SPDX-License-Identifier: GPL-2.0-or-later
"""Reports that people read: their words and tables, written as workbooks and files."""
