"""The words of errors about files: what is attached, and what goes out of the laptop or comes in."""

from __future__ import annotations

from sf_desktop.wording.shape import input_words as _input
from sf_desktop.wording.shape import reach_words as _reach
from sf_desktop.wording.shape import vault_words as _vault
from sf_record.errors import Retry

ATTACHMENTS = {
    # Files: none of these loses what somebody has in hand; the original stays where it came from.
    "attachment_gone": _input("This file is no longer here", "It was taken out, or its family file has moved."),
    "attachment_missing": _vault(
        "This file is missing from this laptop",
        "Its record is here and its content is not. Where the council has it, it can be fetched again.",
        Retry.NEVER,
    ),
    "attachment_damaged": _vault(
        "This file is damaged on this laptop",
        "It was changed on the disk, so nothing of it is shown. Where the council has it, it can be fetched again.",
        Retry.NEVER,
    ),
    "attachment_elsewhere": _input("This file is at the council", "Fetch it to look at it."),
    "attachment_differs": _reach(
        "A file did not arrive as it left", "Nothing of it was kept. It is tried again by itself."
    ),
    "attachment_closed": _input(
        "This file is kept, and not opened on this laptop", "Its record says why. The council keeps it as it is."
    ),
    "attachment_empty": _input("This file is empty", "Nothing was attached."),
    "attachment_too_large": _input(
        "This file is too large", "The largest that can be attached has 25 MB. Nothing was attached."
    ),
    "attachment_unreadable": _input(
        "This file could not be read from where it is", "Nothing was attached. Try again, or copy it first."
    ),
    "attachment_unknown": _input(
        "This kind of file is not taken",
        "Photographs (JPEG, PNG, HEIC), PDF and plain text are. Print it as a PDF, or take a photograph of it.",
    ),
    "attachment_svg": _input(
        "Drawings in SVG are not taken", "They can hold programs. Save it as PNG, or take a photograph of it."
    ),
    "attachment_html": _input(
        "Web pages are not taken", "They can hold programs and fetch things. Print the page as a PDF."
    ),
    "attachment_office": _input(
        "Office documents are not taken", "They can hold programs. Print it as a PDF, then attach that."
    ),
    "attachment_program": _input("Programs and archives are not taken", "Nothing was attached."),
}

PAPERS = {
    # What is printed or saved as a PDF: the record is as it was.
    "paper_not_set": _input(
        "This cannot be put on paper",
        "The record itself is as it was, and can be read here. Tell IT which kind of record it was: no personal details"
        " are needed.",
    ),
    "printer_refused": _input(
        "The printer did not take it",
        "As far as this program knows nothing was printed, but look in the printer’s tray. The copy’s number is used"
        " up. Check that the printer is on and has paper, then print again.",
    ),
    "paper_not_saved": _input(
        "The PDF was not saved",
        "It could not be written there. Choose another folder, and look whether there is room. The copy’s number is"
        " used up.",
    ),
}

BUNDLES = {
    # A family file going out of the laptop, or coming in: each leaves everything as it was.
    "export_not_whole": _input(
        "Not all of this family file is on this laptop", "Fetch what is missing first. Nothing was written."
    ),
    "export_disk_full": _vault(
        "There is not enough room there", "Nothing was left behind. Free some space, or choose another place."
    ),
    "export_not_written": _vault(
        "It could not be written there",
        "Nothing was left behind. Check that the folder is there and may be written to, or choose another.",
    ),
    "bundle_unreadable": _input(
        "This is not a family file’s bundle", "Nothing was brought in. Choose the zip file as it was exported."
    ),
    "bundle_unsound": _input(
        "This bundle does not hold together",
        "Something is missing in it, is in it twice, or is larger than it may be. Nothing was brought in. Ask for it"
        " again.",
    ),
    "bundle_changed": _input("This bundle was changed after it was made", "Nothing was brought in. Ask for it again."),
    "bundle_too_new": _input(
        "This bundle was made by a newer version of this program",
        "Nothing was brought in. Install the newest version, then bring it in.",
    ),
    "bundle_does_not_fit": _input(
        "This bundle cannot be brought in as it is", "Nothing was brought in. What is in the way is listed."
    ),
    # A spreadsheet of families.
    "sheet_unreadable": _input(
        "This is not a spreadsheet that can be read",
        "Nothing was brought in. Use the template, and save it as .xlsx or as CSV.",
    ),
    "sheet_old_or_locked": _input(
        "This workbook is locked, or in the old form (.xls)",
        "Nothing was brought in. Take its password away, and save it as .xlsx.",
    ),
    "sheet_empty": _input("This file is empty", "Nothing was brought in."),
    "sheet_too_large": _input(
        "This spreadsheet is too large", "Nothing was brought in. Take out pictures, or split it into several files."
    ),
    "sheet_too_long": _input(
        "A sheet has too many rows or columns",
        "Nothing was brought in. A sheet may have 2,000 rows; delete empty rows that are coloured, or split the file.",
    ),
    "sheet_acts": _input(
        "This workbook holds a program, or fetches things from elsewhere",
        "Nothing was brought in. Copy its cells as values into the template.",
    ),
}
