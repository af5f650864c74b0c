# SPDX-License-Identifier: GPL-2.0-or-later
"""The sites: their list, their forms, and what is done to those that are selected."""
