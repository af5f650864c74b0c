# SPDX-License-Identifier: GPL-2.0-or-later
"""What is peculiar to the files that come in: encodings, sheets, layers, formulas, furniture."""
