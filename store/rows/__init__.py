# SPDX-License-Identifier: GPL-2.0-or-later
"""What becomes of each row of an institution's table: which record, what changes, how written."""
