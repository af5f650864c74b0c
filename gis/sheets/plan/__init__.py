# SPDX-License-Identifier: GPL-2.0-or-later
"""What stands where on a sheet, worked out as plain data in millimetres. Nothing is drawn."""
