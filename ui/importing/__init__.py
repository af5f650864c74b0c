# SPDX-License-Identifier: GPL-2.0-or-later
"""Taking a table in: what is chosen, asked, tried, imported, and taken back."""
