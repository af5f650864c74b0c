# SPDX-License-Identifier: GPL-2.0-or-later
"""What a person sees: the dock and its dialogs. Jobs are only called from here.

``dock`` holds the places in the order of the work: ``data_panel`` (with ``importing/`` and
``sites/``), ``control/``, ``style_panel``, ``publish_panel``, ``print_panel``. They share the
``session``: the store in use and the ``tasks`` under way, whose state ``overview`` sums up and
``messages`` tells. Around them:

- on the map: ``map_view``, ``region_map``; before printing: ``sheet_preview``, ``sheet_doubts``;
- ``publication_text`` and ``documents``: what was published, and where a report goes;
- ``language`` (texts, direction, numbers), ``settings`` (what is remembered), ``enter_key``,
  ``plain`` (texts of others, which are no HTML), ``asking`` (short questions).
"""
