# SPDX-License-Identifier: GPL-2.0-or-later
"""The Processing provider: each algorithm translates parameters and calls one job."""
