"""A statement as PDF/A-1b in the bank's look. What is on it goes in as text, never as markup; nothing is fetched.
The worker sets it, never the API: that takes some 20 MB and a processor for a while.

The typesetter is fpdf2, which is plain Python; the face is Source Sans Pro, of the package `font-source-sans-pro`.
"""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from font_source_sans_pro import font_directory
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from services.transactions.domain.statement_files import decimal_text

_BLUE, _GREY, _BAND, _WHITE, _BLACK = (11, 61, 92), (74, 90, 102), (238, 243, 246), (255, 255, 255), (20, 24, 28)
_FACE = "source"
_WIDTHS_MM = (25.0, 18.0, 79.0, 26.0, 26.0)
_HEADS = ("Booked", "Value", "Transaction", "Amount", "Balance")
_ROW_MM, _LINE_MM = 8.4, 4.2
_XMP = """<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
<dc:format>application/pdf</dc:format>
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">{title}</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Strongroom</rdf:li></rdf:Seq></dc:creator></rdf:Description>
<rdf:Description rdf:about="" xmlns:xmp="http://ns.adobe.com/xap/1.0/">
<xmp:CreatorTool>Strongroom</xmp:CreatorTool>
<xmp:CreateDate>{made}</xmp:CreateDate></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdf="http://ns.adobe.com/pdf/1.3/">
<pdf:Producer>fpdf2</pdf:Producer></rdf:Description>
<rdf:Description rdf:about="" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/">
<pdfaid:part>1</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance></rdf:Description>
</rdf:RDF></x:xmpmeta>"""


class _Paper(FPDF):
    """A4 with the bank's head and foot on each page."""

    def __init__(self, title: str, foot: str) -> None:
        super().__init__(format="A4", enforce_compliance="PDF/A-1B")
        self._title, self._foot = title, foot
        for style, name in (("", "Regular"), ("B", "Semibold")):
            self.add_font(_FACE, style, Path(font_directory) / f"SourceSansPro-{name}.ttf")
        self.set_margins(18, 30, 18)
        self.set_auto_page_break(auto=True, margin=20)

    def close(self) -> None:
        """Close the files of the face, which fpdf2 leaves to the garbage collector."""
        for font in self.fonts.values():
            font.ttfont.close()  # type: ignore[union-attr]

    def header(self) -> None:
        """Set the bank's name and what this is."""
        self.set_xy(18, 12)
        self.write_in(_BLUE, 16, "B")
        self.cell(87, 9, "Strongroom")
        self.write_in(_GREY, 9)
        self.cell(87, 9, self._title, align="R")
        self.set_draw_color(*_BLUE)
        self.line(18, 23, 192, 23)
        self.set_y(30)

    def footer(self) -> None:
        """Set the digest and the page's number."""
        self.set_y(-14)
        self.write_in(_GREY, 7)
        self.cell(150, 5, self._foot)
        self.cell(24, 5, f"Page {self.page_no()}", align="R")

    def write_in(self, colour: tuple[int, int, int], size: float, style: str = "") -> None:
        """Write in this colour, size in points, and weight from now on."""
        self.set_text_color(*colour)
        self.set_font(_FACE, style, size)


def as_pdf(statement: Any) -> bytes:
    """Set a statement; the same statement always gives the same bytes."""
    made: datetime = statement.created_at.astimezone(UTC).replace(microsecond=0)
    title = f"Statement {statement.number}"
    paper = _Paper(title, f"SHA-256 {statement.sha256}")
    paper.set_title(title)
    paper.set_author("Strongroom")
    paper.set_creator("Strongroom")
    paper.set_producer("fpdf2")
    paper.set_lang("en")
    paper.set_creation_date(made)
    paper.set_xmp_metadata(_XMP.format(title=escape(title), made=made.isoformat()))
    with closing(paper):
        paper.add_page()
        _head(paper, statement)
        _rows(paper, statement)
        _sums(paper, statement)
        _items(paper, "Fees", statement.content.get("fees") or (), statement.currency)
        _items(paper, "Interest", statement.content.get("interest") or (), statement.currency)
        _pending(paper, statement)
        return bytes(paper.output())


def _head(paper: _Paper, statement: Any) -> None:
    header: dict[str, Any] = statement.content["header"]
    last = statement.to_day - timedelta(days=1)
    paper.write_in(_BLACK, 10)
    for line in (str(header.get("name") or ""), *map(str, header.get("address") or ())):
        paper.cell(0, 5, _known(line), new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    paper.ln(4)
    facts = (
        ("Account", _grouped(str(header["account_number"]))),
        ("Type", str(header.get("product_name") or header["product"])),
        ("Period", f"{statement.from_day.isoformat()} to {last.isoformat()}"),
        ("Branch", str(header.get("branch_name") or header["branch_id"])),
        ("Phone", str(header.get("phone_masked") or "–")),
        ("E-mail", str(header.get("email_masked") or "–")),
    )
    for number, (name, value) in enumerate(facts):
        paper.write_in(_GREY, 8)
        paper.cell(18, 5, name)
        paper.write_in(_BLACK, 9)
        paper.cell(69, 5, _fitting(paper, value, 68))
        if number % 2:
            paper.ln(5)
    paper.ln(4)


def _columns(paper: _Paper) -> None:
    paper.set_fill_color(*_BLUE)
    paper.write_in(_WHITE, 8, "B")
    for number, (name, width) in enumerate(zip(_HEADS, _WIDTHS_MM, strict=True)):
        paper.cell(width, 6, name, fill=True, align="R" if number > 2 else "L")
    paper.ln(6)


def _rows(paper: _Paper, statement: Any) -> None:
    _columns(paper)
    for number, row in enumerate(statement.content["rows"]):
        if paper.will_page_break(_ROW_MM):
            paper.add_page()
            _columns(paper)
        booked, value, what, entry, amount, balance = _texts(row, statement.currency)
        left, top = paper.get_x(), paper.get_y()
        if number % 2:
            paper.set_fill_color(*_BAND)
            paper.rect(left, top, sum(_WIDTHS_MM), _ROW_MM, style="F")
        paper.write_in(_BLACK, 8)
        paper.cell(_WIDTHS_MM[0], _LINE_MM, booked)
        paper.cell(_WIDTHS_MM[1], _LINE_MM, value)
        paper.cell(_WIDTHS_MM[2], _LINE_MM, _fitting(paper, what, _WIDTHS_MM[2] - 2))
        paper.cell(_WIDTHS_MM[3], _LINE_MM, amount, align="R")
        paper.cell(_WIDTHS_MM[4], _LINE_MM, balance, align="R")
        paper.set_xy(left + _WIDTHS_MM[0] + _WIDTHS_MM[1], top + _LINE_MM)
        paper.write_in(_GREY, 6.5)
        paper.cell(_WIDTHS_MM[2], _LINE_MM - 0.6, entry)
        paper.set_xy(left, top + _ROW_MM)
    paper.ln(3)


def _texts(row: dict[str, Any], currency: str) -> tuple[str, str, str, str, str, str]:
    who = " ".join(part for part in (row["counterparty_name"], row["counterparty_number"]) if part)
    what = " · ".join(part for part in (str(row["type"]).capitalize(), who, row["description"]) if part)
    booked = str(row["booked_at"])[:16].replace("T", " ")
    amounts = (decimal_text(row["amount_minor"], currency), decimal_text(row["balance_after_minor"], currency))
    return booked, str(row["value_date"]), what, str(row["transaction_id"]), *amounts


def _sums(paper: _Paper, statement: Any) -> None:
    _lines(
        paper,
        [
            ("Opening balance", _amount(statement.opening_minor, statement.currency)),
            ("Credits", _amount(statement.credits_minor, statement.currency)),
            ("Debits", _amount(-statement.debits_minor, statement.currency)),
            ("Closing balance", _amount(statement.closing_minor, statement.currency)),
        ],
        bold_last=True,
    )


def _items(paper: _Paper, title: str, rows: Sequence[dict[str, Any]], currency: str) -> None:
    if not rows:
        return
    _title(paper, title)
    listed = [(f"{row['business_date']}  {row['description']}", _amount(row["amount_minor"], currency)) for row in rows]
    _lines(paper, [*listed, ("Together", _amount(sum(row["amount_minor"] for row in rows), currency))], bold_last=True)


def _pending(paper: _Paper, statement: Any) -> None:
    pending = statement.content.get("pending") or ()
    if pending:
        _title(paper, "Set aside and not booked: not in the balances above")
        _lines(paper, [(one["hold_id"], _amount(one["amount_minor"], statement.currency)) for one in pending])


def _title(paper: _Paper, title: str) -> None:
    if paper.will_page_break(18):
        paper.add_page()
    paper.ln(3)
    paper.write_in(_BLUE, 10, "B")
    paper.cell(0, 6, title, new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _lines(paper: _Paper, lines: Sequence[tuple[str, str]], *, bold_last: bool = False) -> None:
    for number, (name, amount) in enumerate(lines):
        last = bold_last and number == len(lines) - 1
        paper.write_in(_BLACK, 8.5, "B" if last else "")
        paper.cell(134, 5, _fitting(paper, name, 132), align="L")
        paper.cell(40, 5, amount, align="R", new_x=XPos.LMARGIN, new_y=YPos.NEXT)


def _amount(amount_minor: int, currency: str) -> str:
    return f"{decimal_text(amount_minor, currency)} {currency}"


def _grouped(number: str) -> str:
    return " ".join(number[start : start + 4] for start in range(0, len(number), 4))


def _fitting(paper: _Paper, text: str, width_mm: float) -> str:
    """Cut a text to what fits on its line; the other formats have all of it."""
    whole = _known(text)
    if paper.get_string_width(whole) <= width_mm:
        return whole
    low, high = 0, len(whole)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if paper.get_string_width(whole[:middle] + "…") <= width_mm else (low, middle - 1)
    return whole[:low] + "…"


@cache
def _letters() -> frozenset[int]:
    """Give the letters that both weights have: Latin, Greek and Cyrillic."""
    with closing(_Paper("", "")) as paper:
        both = [frozenset(paper.fonts[f"{_FACE}{style}"].cmap) for style in ("", "B")]  # type: ignore[union-attr]
    return frozenset.intersection(*both)


def _known(text: str) -> str:
    """Put a question mark for what the face cannot write: an archive's page may refer to no missing letter."""
    return "".join(_shown(text))


def _shown(text: str) -> Iterator[str]:
    for letter in text:
        if letter.isspace() or not letter.isprintable():
            yield " "
        else:
            yield letter if ord(letter) in _letters() else "?"
