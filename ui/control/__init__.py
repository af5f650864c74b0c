# SPDX-License-Identifier: GPL-2.0-or-later
"""The place « Control »: findings and their mending, likely duplicates, calls, the committee."""
