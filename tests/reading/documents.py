"""Documents made for tests: workbooks, PDF files with text and tables, pictures of text."""

import io

import openpyxl
from fpdf import FPDF

from citynet.model import Page


def page(reader, options, select=""):
    return Page(f"https://ports.example/members.{reader}", reader, select, options)


def members_of(printed):
    return [(member.name, member.country) for member in printed.members]


def workbook(**sheets):
    """The bytes of a workbook; a sheet is a list of rows."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def document(*pages):
    """The bytes of a PDF. A page is a list of texts (paragraphs), lists of rows (tables with drawn lines) and bytes (pictures)."""
    pdf = FPDF()
    pdf.set_font("Helvetica", size=11)
    for parts in pages:
        pdf.add_page()
        for part in parts:
            if isinstance(part, bytes):
                pdf.image(io.BytesIO(part), w=100)
            elif isinstance(part, str):
                pdf.multi_cell(0, 7, part, new_x="LMARGIN", new_y="NEXT")
            else:
                with pdf.table() as table:
                    for row in part:
                        cells = table.row()
                        for cell in row:
                            cells.cell(cell)
    return bytes(pdf.output())
