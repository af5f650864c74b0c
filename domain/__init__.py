# SPDX-License-Identifier: GPL-2.0-or-later
"""What an institution, a service, a site and a valid row are. No Qt, no QGIS.

Pure functions and frozen data; nothing here writes, and no files are read but the plugin's own
data. Where to look, in the order of the work:

- what is declared: ``schema`` and ``terms`` (closed lists), ``titles``, ``calendar`` (holidays),
  ``datafiles``; how values are stored and compared: ``text``, ``keys``, ``stored_values``;
- a table becomes records: ``headings``, ``counting`` and ``columns`` (which column is which
  field), ``cells``, ``references`` (which record a cell names), ``formula_cells``,
  ``coordinates``, ``hours/`` and ``open_now``, ``places/``, ``row_fields`` and ``row_places``;
  ``records`` makes of rows the ``candidates`` that ``matching`` recognises, of which ``twins``
  may be one; ``typed`` does so of a form, ``collecting`` saves memory meanwhile;
- what is wrong: ``checks`` is the list of rules, ``context`` what they look at, ``report`` what a
  finding is, ``fixes`` what answers it, ``freshness`` and ``duplicates/`` what time and
  colleagues bring;
- what people do with sites: ``site_list``, ``neighbours``, ``offering``, ``three_way`` (merging);
- what is told: ``figures``, ``reach``, ``document``, ``writing``, ``shapes``; ``errors``,
  ``progress``.
"""
