# SPDX-License-Identifier: GPL-2.0-or-later
"""The country under a sheet: boundaries, projections, the ground, the towns it names."""
