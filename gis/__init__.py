# SPDX-License-Identifier: GPL-2.0-or-later
"""What QGIS does with the records, with no window: project, web map, sheets, Processing.

Each job is one function here, which the dock and Processing (``algorithms/``) call. The rooms:

- ``webmap/`` publishes the page, ``sheets/`` prints A3, ``documents/`` makes reports of pages;
- the project: ``project``, ``store_layers`` and ``connections``; ``basemap``, ``limits`` and
  ``boundaries_copy`` under it; ``site_classes``, ``site_style``, ``markers``, ``style`` and
  ``style_files`` (read by ``dom``) say what it looks like;
- editing in QGIS's own manner: ``forms``, ``form_editors``, ``editing``, ``site_edits``,
  ``conflicts``, ``fieldwork``; ``layer_table`` makes a layer a file to import;
- for the committee: ``committee``, ``reach``, ``reach_picture``;
- words: ``sentences`` (of findings), ``wording`` (of errors), ``titles`` (kept in a project).
"""
