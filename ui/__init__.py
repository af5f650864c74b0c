# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person sees: the dock and its dialogs. Jobs are only called from here."""
