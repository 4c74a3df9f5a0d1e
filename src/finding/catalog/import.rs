//! Area *import*: what keeps the cells of a spreadsheet from becoming scores. What is wrong with a figure as such has its words in the other
//! areas; here it is only told where it stands. All of it is of form: a spreadsheet has no place to accept anything.

use super::kinds;
use crate::finding::{Finding, Kind, Location};
use crate::language::Words;
use crate::model::date::ErrorKind;
use crate::source::Position;

kinds! {
    UNREADABLE = "import/unreadable-file", Error, Form {
        title: "ไฟล์ที่ระบุอ่านเป็นตารางไม่ได้", "a file that is no table";
        why: "โปรแกรมอ่าน .xlsx, .ods และ .csv ตามเนื้อในของไฟล์ ไม่ใช่ตามนามสกุล ไฟล์ Excel รุ่นก่อนปี ๒๕๕๐ (.xls) ไฟล์ที่ตั้งรหัสผ่าน และไฟล์ชนิดอื่นอ่านไม่ได้",
             "Read are .xlsx, .ods and .csv, by what is in them and not by their name. Excel's form before 2007 (.xls), files with a password and everything else cannot be read.";
        mend: "เปิดไฟล์ด้วย Excel หรือ LibreOffice แล้วบันทึกเป็น .xlsx โดยไม่ตั้งรหัสผ่าน", "open it in Excel or LibreOffice and save it as .xlsx, without a password";
        example: "คะแนน.xls   →   คะแนน.xlsx";
    }
    TOO_MANY = "import/too-many", Error, Form {
        title: "ตารางใหญ่เกินไป หรือผิดมากเกินไป", "more than anybody could look at";
        why: "ตารางหนึ่งมีได้ 100,000 แถว ซึ่งมากกว่าจำนวนหน่วยงานทั้งประเทศหลายเท่า ตารางที่ใหญ่กว่านั้นหรือผิดทุกแถวมักเป็นคนละตาราง",
             "A sheet may have 100,000 rows, many times the number of all agencies. What is larger, or wrong in every row, is usually another table.";
        mend: "ตรวจว่าเป็นตารางที่ต้องการ แล้วแบ่งเป็นหลายไฟล์", "see whether it is the right table, and divide it";
        example: "prongsai import 2565.xlsx\nprongsai import 2566.xlsx";
    }
    NO_HEADING = "import/no-heading", Error, Form {
        title: "ไม่พบแถวหัวตาราง", "no row of headings";
        why: "โปรแกรมรู้จักคอลัมน์จากชื่อในหัวตาราง ต้องมีปีงบประมาณหรือหน่วยงาน และคะแนนอย่างน้อยหนึ่งคอลัมน์ ภายใน ๒๐ แถวแรก",
             "Columns are known by their headings: the fiscal year or the agency, and at least one figure, within the first twenty rows.";
        mend: "ใช้หัวตารางตามแม่แบบ: prongsai import --template scores.xlsx", "take the headings of the template: prongsai import --template scores.xlsx";
        example: "ปีงบประมาณ | คะแนนรวม | ระดับ";
    }
    UNKNOWN_COLUMN = "import/unknown-column", Warning, Form {
        title: "ไม่รู้จักคอลัมน์", "a column that nobody knows";
        why: "ค่าในคอลัมน์นี้ไม่ถูกนำเข้า", "Nothing of this column is imported.";
        mend: "แก้ชื่อคอลัมน์ให้ตรงกับแม่แบบ หรือลบคอลัมน์ที่ไม่ใช้", "name it as the template does, or take it away";
        example: "คะแนนลวม   →   คะแนนรวม";
    }
    REPEATED_COLUMN = "import/repeated-column", Error, Form {
        title: "มีคอลัมน์เดียวกันสองคอลัมน์", "one column twice";
        why: "ไม่อาจรู้ว่าค่าใดถูก", "Nobody can tell which of the two is right.";
        mend: "ลบออกหนึ่งคอลัมน์", "take one of them away";
        example: "คะแนนรวม | ระดับ | คะแนนรวม";
    }
    MERGED = "import/merged-cells", Error, Form {
        title: "มีเซลล์ที่ผสานกันในตาราง", "joined cells among the figures";
        why: "เซลล์ที่ผสานกันมีค่าเพียงค่าเดียว จึงไม่อาจรู้ว่าเป็นของแถวหรือคอลัมน์ใด", "Joined cells hold one value, and nobody can tell to which row or column it belongs.";
        mend: "ยกเลิกการผสานเซลล์ แล้วใส่ค่าให้ครบทุกแถว", "separate them, and give every row its value";
        example: "ปีงบประมาณ (A2:A4 ผสานกัน)   →   2565 ทั้งสามแถว";
    }
    HIDDEN = "import/hidden", Warning, Form {
        title: "มีข้อมูลที่ซ่อนไว้ ซึ่งไม่ถูกนำเข้า", "hidden data, which is not read";
        why: "สิ่งที่ไม่เห็นตรวจไม่ได้ โปรแกรมจึงไม่อ่านแผ่นงาน แถว และคอลัมน์ที่ซ่อนไว้ รวมถึงแถวที่ตัวกรองซ่อน",
             "What nobody sees nobody can check: sheets, rows and columns out of sight are not read, those among them that a filter hides.";
        mend: "เลิกซ่อนหรือล้างตัวกรองหากต้องการนำเข้า", "show it, or clear the filter, if it is to be imported";
        example: "แถวที่ 7 ถูกซ่อน";
    }
    ERROR_CELL = "import/error-cell", Error, Form {
        title: "สูตรในเซลล์ให้ค่าผิดพลาด", "a formula that fails";
        why: "เซลล์ที่มี #REF! หรือ #DIV/0! ไม่มีค่าให้นำเข้า และไม่ใช่ช่องว่าง", "A cell with #REF! or #DIV/0! has no value, and is not empty either.";
        mend: "แก้สูตร หรือพิมพ์ค่าลงไปแทน", "mend the formula, or type the value";
        example: "#REF!   →   86.92";
    }
    UNCALCULATED = "import/uncalculated", Error, Form {
        title: "สูตรในเซลล์ยังไม่ได้คำนวณ", "a formula that was never calculated";
        why: "ไฟล์ที่โปรแกรมอื่นสร้างขึ้นอาจมีแต่สูตร ยังไม่มีค่า จึงไม่มีอะไรให้นำเข้า และไม่ใช่ช่องว่าง",
             "A file that another program wrote may hold the formula alone. There is no value to read, and the cell is not empty either.";
        mend: "เปิดไฟล์ใน Excel หรือ LibreOffice แล้วบันทึกอีกครั้ง หรือพิมพ์ค่าลงไปแทน", "open the file in Excel or LibreOffice and save it, or type the value";
        example: "=SUM(D2:M2)   →   86.92";
    }
    PER_CENT = "import/per-cent", Error, Form {
        title: "คะแนนอยู่ในเซลล์รูปแบบร้อยละ", "a score in a cell of per cent";
        why: "เซลล์ที่แสดง 86.92% มีค่าจริง 0.8692 ซึ่งเป็นคนละคะแนน โปรแกรมไม่คูณให้ เพราะคะแนนที่ต่ำกว่า ๑ ก็มีจริง",
             "A cell that shows 86.92% holds 0.8692, which is another score. Nothing is multiplied, since scores below 1 exist.";
        mend: "เปลี่ยนรูปแบบเซลล์เป็นตัวเลข แล้วใส่คะแนนเต็ม 100 เช่น 86.92", "format it as a number, and give the score out of 100, such as 86.92";
        example: "86.92%   →   86.92";
    }
    UNKNOWN_AGENCY = "import/unknown-agency", Error, Form {
        title: "ไม่รู้ว่าเป็นหน่วยงานใด", "an agency that is not known";
        why: "การนำเข้าไม่สร้างหน่วยงานใหม่ เพราะชื่อที่พิมพ์ผิดจะกลายเป็นอีกหน่วยงานหนึ่ง หน่วยงานต้องมี agency.yaml อยู่แล้ว",
             "No agency is ever begun by an import: a slip of the hand would be one more. It has to have its agency.yaml already.";
        mend: "ตรวจรหัสหรือชื่อหน่วยงาน หรือสร้าง content/<รหัส>/agency.yaml ก่อน", "check its id or name, or write content/<id>/agency.yaml first";
        example: "lumpuk   →   lumphuk";
    }
    OTHER_NAME = "import/other-name", Error, Form {
        title: "รหัสกับชื่อเป็นคนละหน่วยงาน", "id and name of different agencies";
        why: "ตารางที่เรียงเฉพาะบางคอลัมน์ทำให้คะแนนไปอยู่กับหน่วยงานอื่น ชื่อจึงต้องตรงกับรหัส",
             "Sorting some columns of a table gives scores to others; so the name has to be that of the id.";
        mend: "ตรวจแถวนี้กับต้นฉบับ แล้วแก้รหัสหรือชื่อ", "check the row against its origin, and mend id or name";
        example: "lumphuk | อบต.ลุมพุก";
    }
    YEAR = "import/year", Error, Form {
        title: "ปีงบประมาณใช้ไม่ได้", "a fiscal year that cannot be used";
        why: "คะแนนของปีใดเก็บในโฟลเดอร์ของปีนั้น ปีที่พิมพ์ผิดหรือไม่ชัดจะทำให้คะแนนไปอยู่ผิดปี และปีที่โปรแกรมยังไม่มีเกณฑ์ต้องเริ่มด้วย prongsai new",
             "Scores lie in the folder of their year. A wrong or unclear one would put them into another, and a year without a framework is begun by `prongsai new`.";
        mend: "ใส่ปีที่ถูกประเมินเป็น พ.ศ. สี่หลัก เช่น 2566 หรือระบุ --year เมื่อทั้งตารางเป็นปีเดียว", "give the assessed year with four digits, such as 2566; for a table of one year alone, say --year";
        example: "65   →   2565";
    }
    REPEATED_ROW = "import/repeated-row", Error, Form {
        title: "ปีเดียวกันของหน่วยงานเดียวกันมีสองครั้ง", "one agency and year twice";
        why: "ไม่อาจรู้ว่าคะแนนใดถูก", "Nobody can tell which of the two is right.";
        mend: "ลบออกหนึ่งแถว", "take one of the rows away";
        example: "lumphuk | 2565 | 69.38\nlumphuk | 2565 | 69.83";
    }
    DIFFERS = "import/differs", Error, Form {
        title: "ในไฟล์มีค่าอื่นอยู่แล้ว", "another value is there already";
        why: "ค่าที่กรอกไว้แล้วไม่ถูกเขียนทับโดยไม่ได้สั่ง", "What somebody filled in is not overwritten unasked.";
        mend: "ตรวจว่าค่าใดตรงกับประกาศ แล้วแก้ตาราง หรือสั่งอีกครั้งด้วย --overwrite", "see which one was announced; mend the table, or say --overwrite";
        example: "total: 69.38   ในตาราง 69.83";
    }
    UNWRITABLE = "import/unwritable", Error, Form {
        title: "แก้ไฟล์นี้ให้ไม่ได้", "a file that takes a person";
        why: "การนำเข้าเปลี่ยนเฉพาะค่าในที่ของมันและคงทุกสิ่งอื่นไว้ ไฟล์ที่เขียนในรูปแบบอื่นจึงต้องให้คนแก้",
             "An import changes values where they stand and keeps everything else; a file that is written otherwise takes a person.";
        mend: "กรอกค่านี้ในไฟล์ด้วยตนเอง", "fill in this value by hand";
        example: "{ fiscal_year: 2565, indicators: { 1: 86.92 } }";
    }
}

/// A cell, as findings name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The file, as it was named to the program.
    pub file: String,
    /// What a person calls the cell: `ผลคะแนน!C5`.
    pub name: String,
    /// Counted from 1.
    pub row: usize,
    /// Counted from 1.
    pub column: usize,
}

impl Spot {
    /// Its row stands for the line of a text.
    fn location(&self) -> Location {
        let start = Position { line: self.row, column: self.column };
        let end = Position { column: self.column + 1, ..start };
        Location { file: self.file.clone(), start, end, route: self.name.clone(), line: String::new() }
    }

    fn words(&self, th: &str, en: &str) -> Words {
        Words::new(format!("{} {th}", self.name), format!("{}: {en}", self.name))
    }
}

fn at(kind: &'static Kind, spot: &Spot, th: &str, en: &str) -> Finding {
    Finding::at(kind, spot.location(), spot.words(th, en))
}

/// What was found about a value elsewhere, told of the cell that it came from.
pub fn of_cell(finding: Finding, spot: &Spot) -> Finding {
    let message = spot.words(&finding.message.th, &finding.message.en);
    Finding { location: spot.location(), message, also: Vec::new(), fix: None, ..finding }
}

/// A file that cannot be read, by what it is.
pub fn unreadable(file: &str, what: Words) -> Finding {
    Finding::at(&UNREADABLE, Location::file(file), what)
}

/// A sheet, or a text, with too many rows.
pub fn too_many_rows(file: &str, sheet: &str, most: usize) -> Finding {
    let (th, en) = match sheet {
        "" => (String::new(), "the table".to_owned()),
        sheet => (format!("แผ่นงาน {sheet} "), format!("the sheet {sheet}")),
    };
    let words = Words::new(format!("{th}มีเกิน {most} แถว"), format!("{en} has more than {most} rows"));
    Finding::at(&TOO_MANY, Location::file(file), words)
}

/// Bytes or cells beyond measure.
pub fn too_large(file: &str) -> Finding {
    Finding::at(&TOO_MANY, Location::file(file), Words::new("ไฟล์ใหญ่เกินไป", "the file is too large"))
}

/// Where looking for more would help nobody.
pub fn too_many_findings(file: &str, most: usize) -> Finding {
    let words = Words::new(
        format!("มีสิ่งที่ต้องแก้เกิน {most} แห่ง จึงไม่ได้ตรวจแถวที่เหลือ"),
        format!("there is more to mend than {most} places; the other rows were not looked at"),
    );
    Finding::at(&TOO_MANY, Location::file(file), words)
}

/// A file without a table.
pub fn no_heading(file: &str, sheets: &str) -> Finding {
    let (th, en) = match sheets {
        "" => (String::new(), String::new()),
        sheets => (format!("ในแผ่นงาน {sheets}"), format!(" on {sheets}")),
    };
    let words = Words::new(format!("ไม่พบแถวหัวตาราง{th}"), format!("there is no row of headings{en}"));
    Finding::at(&NO_HEADING, Location::file(file), words)
}

/// A heading that means nothing, or a column without one; with what was probably meant.
pub fn unknown_column(spot: &Spot, heading: &str, nearest: Option<&str>) -> Finding {
    let finding = match heading {
        "" => at(&UNKNOWN_COLUMN, spot, "คอลัมน์นี้มีข้อมูลแต่ไม่มีชื่อ", "this column has data and no heading"),
        _ => at(
            &UNKNOWN_COLUMN,
            spot,
            &format!("ไม่รู้จักคอลัมน์ {heading}"),
            &format!("no column is called {heading}"),
        ),
    };
    match nearest {
        Some(near) => finding.remedy(format!("หมายถึง {near} หรือไม่"), format!("did you mean {near}?")),
        None => finding,
    }
}

/// A heading that means the same as an earlier one.
pub fn repeated_column(spot: &Spot, first: &Spot) -> Finding {
    let (th, en) = (format!("เป็นคอลัมน์เดียวกับ {}", first.name), format!("the same column as {}", first.name));
    Finding { also: vec![first.location()], ..at(&REPEATED_COLUMN, spot, &th, &en) }
}

/// Joined cells, by the name of the last one.
pub fn merged(spot: &Spot, last: &str) -> Finding {
    at(&MERGED, spot, &format!("ผสานกับเซลล์อื่นถึง {last}"), &format!("joined with other cells, up to {last}"))
}

/// A sheet out of sight.
pub fn hidden_sheet(spot: &Spot, sheet: &str) -> Finding {
    at(
        &HIDDEN,
        spot,
        &format!("แผ่นงาน {sheet} ซ่อนอยู่ จึงไม่ได้อ่าน"),
        &format!("the sheet {sheet} is hidden and was not read"),
    )
}

/// Rows out of sight, from the first one.
pub fn hidden_rows(spot: &Spot, count: usize) -> Finding {
    let en = if count == 1 {
        "1 hidden row was not read".to_owned()
    } else {
        format!("{count} hidden rows were not read")
    };
    at(&HIDDEN, spot, &format!("มีแถวที่ซ่อนอยู่ {count} แถว จึงไม่ได้อ่าน"), &en)
}

/// A column out of sight.
pub fn hidden_column(spot: &Spot) -> Finding {
    at(&HIDDEN, spot, "คอลัมน์นี้ซ่อนอยู่ จึงไม่ได้อ่าน", "this column is hidden and was not read")
}

/// A formula that fails.
pub fn error_cell(spot: &Spot, shown: &str) -> Finding {
    at(&ERROR_CELL, spot, &format!("สูตรให้ค่า {shown}"), &format!("the formula gives {shown}"))
}

/// A formula that was never calculated.
pub fn uncalculated(spot: &Spot) -> Finding {
    at(
        &UNCALCULATED,
        spot,
        "สูตรยังไม่ได้คำนวณ จึงไม่มีค่า",
        "the formula was never calculated, so there is no value",
    )
}

/// A score in per cent, by what the cell really holds.
pub fn per_cent(spot: &Spot, held: &str) -> Finding {
    at(
        &PER_CENT,
        spot,
        &format!("เป็นเซลล์รูปแบบร้อยละ ซึ่งมีค่าจริง {held}"),
        &format!("a cell of per cent, which holds {held}"),
    )
}

/// An id or a name that no agency has; with what was probably meant.
pub fn unknown_agency(spot: &Spot, found: &str, nearest: Option<&str>) -> Finding {
    let finding = match found {
        "" => at(&UNKNOWN_AGENCY, spot, "แถวนี้ไม่มีรหัสและชื่อหน่วยงาน", "the row names no agency"),
        _ => {
            at(&UNKNOWN_AGENCY, spot, &format!("ไม่มีหน่วยงาน {found}"), &format!("there is no agency {found}"))
        }
    };
    match nearest {
        Some(near) => finding.remedy(format!("หมายถึง {near} หรือไม่"), format!("did you mean {near}?")),
        None => finding,
    }
}

/// A name that several agencies have.
pub fn ambiguous_agency(spot: &Spot, found: &str, ids: &[&str]) -> Finding {
    let ids = ids.join(", ");
    let finding = at(
        &UNKNOWN_AGENCY,
        spot,
        &format!("มีหน่วยงานชื่อ {found} หลายแห่ง"),
        &format!("several agencies are called {found}"),
    );
    finding.remedy(format!("ระบุรหัสหน่วยงาน: {ids}"), format!("give the id: {ids}"))
}

/// A name that the agency of the id does not have.
pub fn other_name(spot: &Spot, found: &str, id: &str, expected: &str) -> Finding {
    at(
        &OTHER_NAME,
        spot,
        &format!("ชื่อ {found} แต่รหัส {id} คือ {expected}"),
        &format!("the name is {found}, but {id} is {expected}"),
    )
}

/// No year, or none that is certain.
pub fn year(spot: &Spot, found: &str, why: Option<&ErrorKind>) -> Finding {
    let finding = match found {
        "" => at(&YEAR, spot, "แถวนี้ไม่มีปีงบประมาณ", "the row has no fiscal year"),
        _ => at(&YEAR, spot, &format!("{found} ไม่ใช่ปีที่ใช้ได้"), &format!("{found} is no year that can be used")),
    };
    let likely = match why {
        Some(ErrorKind::ShiftedTwice { likely, .. } | ErrorKind::EraContradicted { likely, .. }) => {
            Some(*likely)
        }
        Some(ErrorKind::TwoDigitYear { year }) => Some(2500 + *year),
        _ => None,
    };
    match likely {
        Some(likely) => {
            finding.remedy(format!("หมายถึง พ.ศ. {likely} หรือไม่"), format!("did you mean {likely} B.E.?"))
        }
        None => finding,
    }
}

/// A year after the last one that is described, of which the site has nothing yet.
pub fn unknown_year(spot: &Spot, year: i16) -> Finding {
    at(
        &YEAR,
        spot,
        &format!("โปรแกรมยังไม่มีเกณฑ์ของปี {year} และยังไม่มีโฟลเดอร์ของปีนั้น"),
        &format!("there is no framework of {year}, and no folder of that year yet"),
    )
}

/// The same agency and year once more.
pub fn repeated_row(spot: &Spot, first: &Spot, agency: &str, year: i16) -> Finding {
    let finding = at(
        &REPEATED_ROW,
        spot,
        &format!("{agency} ปี {year} มีอยู่แล้วที่ {}", first.name),
        &format!("{agency} {year} stands at {} already", first.name),
    );
    Finding { also: vec![first.location()], ..finding }
}

/// A value beside the one that is in the file.
pub fn differs(spot: &Spot, new: &str, old: &str, place: &Location) -> Finding {
    let place = format!("{}:{}", place.file, place.start.line);
    at(
        &DIFFERS,
        spot,
        &format!("{new} แต่ใน {place} มี {old} อยู่แล้ว"),
        &format!("{new}, but {place} has {old} already"),
    )
}

/// A value that cannot be put into its file.
pub fn unwritable(spot: &Spot, path: &str) -> Finding {
    at(&UNWRITABLE, spot, &format!("เขียนค่านี้ลงใน {path} ให้ไม่ได้"), &format!("cannot be put into {path}"))
}

/// Why a value of a file becomes another one.
pub fn change(spot: &Spot) -> (&'static Kind, Words) {
    (&DIFFERS, Words::new(format!("จาก {}", spot.name), format!("from {}", spot.name)))
}
