# SPDX-License-Identifier: GPL-2.0-or-later
"""Writing a finished layout to a file."""

from __future__ import annotations

from pathlib import Path

from qgis.core import Qgis, QgsLayoutExporter, QgsPrintLayout

from ....domain.errors import PrintError

_DPI = 300
#: What a PDF ends with, and in how many of its last bytes.
_END, _TAIL = b"%%EOF", 1024


def export_pdf(layout: QgsPrintLayout, path: Path) -> None:
    """Write a layout as PDF, its text as text; PrintError says why it cannot."""
    settings = QgsLayoutExporter.PdfExportSettings()
    settings.dpi = _DPI
    settings.textRenderFormat = Qgis.TextRenderFormat.AlwaysText
    settings.exportMetadata = True
    result = QgsLayoutExporter(layout).exportToPdf(str(path), settings)
    # On a full disk Qt writes what finds room, and QGIS calls that a success.
    whole = path.is_file() and _END in path.read_bytes()[-_TAIL:]
    failed = QgsLayoutExporter.ExportResult.FileError
    success = result == QgsLayoutExporter.ExportResult.Success
    _check_result(failed if success and not whole else result, path)


def export_images(layout: QgsPrintLayout, path: Path) -> list[Path]:
    """Write a layout's pages as images of 300 dpi, one a page; PrintError says why it cannot."""
    settings = QgsLayoutExporter.ImageExportSettings()
    settings.dpi = _DPI
    settings.generateWorldFile = False
    _check_result(QgsLayoutExporter(layout).exportToImage(str(path), settings), path)
    return sorted(path.parent.glob(f"{path.stem}*.png"))


def _check_result(result: int, path: Path) -> None:
    reasons = {
        QgsLayoutExporter.ExportResult.MemoryError: PrintError("there is not enough memory"),
        QgsLayoutExporter.ExportResult.FileError: PrintError("the file cannot be written"),
        QgsLayoutExporter.ExportResult.PrintError: PrintError("QGIS could not start its printer"),
    }
    if result != QgsLayoutExporter.ExportResult.Success:
        reason = reasons.get(result, PrintError("QGIS reported error {code}", code=int(result)))
        raise PrintError(
            "{file} was not printed: {reason}. No file was left.", file=path.name, reason=reason
        )
