# SPDX-License-Identifier: GPL-2.0-or-later
"""Where records are kept and how tables come in: GDAL and SQL, no Qt.

``database`` is the door to a store, which is a GeoPackage (``embedded/``) or lies in PostgreSQL
(``postgres/``); whoever calls it need not know which. Where to look, in the order of the work:

- what a store is: ``migrations``, ``rules`` (kept by the database itself), ``roles``, ``refusals``,
  ``sql``, ``file_uri``, ``bulk``, ``among``, ``copying``; what it ships with: ``boundaries``,
  ``institutions``;
- a table comes in: ``tables`` and ``files/`` read it, ``preview`` shows it, ``directory`` knows
  whose it is, ``planning`` and ``rows/`` decide, ``search/`` looks for duplicates, ``importing``
  writes (``alongside``), ``annotate`` gives the file back; ``templates`` are handed out before;
- records are kept true: ``checking``, ``findings``, ``fixing``, ``merging``, ``verifying``,
  ``calling``, ``listing``;
- nothing is lost: ``history`` (undo), ``rewind``, ``restoring``; field work is ``checkout``,
  ``checkin`` and ``conflicts``; ``one_by_one`` writes what may be refused;
- what goes out: ``public`` is the one allow-list; ``exporting`` with ``export_flat``,
  ``export_xlsx``, ``hsds/``, ``formulas``; ``reach``, ``committee``, ``documents/``; files appear
  whole or not at all by ``export_files`` and ``exchange``.
"""
