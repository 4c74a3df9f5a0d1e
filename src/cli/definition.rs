//! Commands and flags as clap is told of them, with help in the language of the person: clap's own headings are English, so each is replaced.

use super::arguments::Order;
use crate::finding::print::Format;
use crate::language::Language;
use clap::builder::styling::{AnsiColor, Styles};
use clap::{Arg, ArgAction, Command, ValueHint, value_parser};
use clap_complete::Shell;
use std::net::IpAddr;
use std::path::PathBuf;

/// The command line in one language.
pub(super) fn definition(language: Language) -> Command {
    let pen = Pen(language);
    let version = pen.switch("version", ("แสดงรุ่นของโปรแกรม", "show the version"));
    pen.command("prongsai", ABOUT, ("<คำสั่ง> [ตัวเลือก]", "<COMMAND> [OPTIONS]"))
        .version(env!("CARGO_PKG_VERSION"))
        .styles(STYLES)
        .max_term_width(WIDEST)
        .subcommand_help_heading(pen.tell(("คำสั่ง", "Commands")))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .disable_version_flag(true)
        .args(common(pen).map(|flag| flag.global(true).display_order(AFTER_OWN)))
        .arg(version.short('V').action(ArgAction::Version))
        .subcommands([
            init(pen),
            new(pen),
            import(pen),
            build(pen),
            serve(pen),
            check(pen),
            explain(pen),
            schema(pen),
            export(pen),
            completions(pen),
        ])
}

/// A text of the help in both languages.
type Told = (&'static str, &'static str);

const ABOUT: Told = (
    "prongsai (โปร่งใส) สร้างเว็บไซต์เผยแพร่รายงานการวิเคราะห์ผลการประเมิน ITA",
    "prongsai (โปร่งใส, transparent) makes the website on which an agency publishes its ITA analysis report",
);
const FOLDER: Told = ("โฟลเดอร์", "DIR");
const YEAR: Told = ("ปี", "YEAR");
const CODE: Told = ("รหัส", "CODE");

/// Longer lines are hard to follow.
const WIDEST: usize = 100;

const HEADING: anstyle::Style = AnsiColor::Green.on_default().bold();
const STYLES: Styles = Styles::styled().header(HEADING).usage(HEADING).literal(AnsiColor::Cyan.on_default());

/// The place of the common flags in every list: clap would mix them with a command's own, and keeps the order of equals.
const AFTER_OWN: usize = 100;

/// The flags that every command takes.
fn common(pen: Pen) -> [Arg; 8] {
    let site = ("โฟลเดอร์ของเว็บไซต์ (ปกติ: โฟลเดอร์ปัจจุบัน)", "folder of the site (default: the current one)");
    let output = (
        "โฟลเดอร์ที่จะสร้างเว็บไซต์ลงไป นับจาก -C (ปกติ: public)",
        "folder to publish into, seen from -C (default: public)",
    );
    let language = ("ภาษาของข้อความ (ปกติ: th)", "language of messages (default: th)");
    let format = (
        "รูปแบบของสิ่งที่ตรวจพบ: human json github sarif (ปกติ: human)",
        "form of findings: human json github sarif (default: human)",
    );
    let strict = ("ถือคำเตือนเป็นข้อผิดพลาด", "let warnings stop as errors do");
    let verbose = ("แสดงข้อสังเกตและข้อมูลประกอบด้วย", "show notes and what only informs as well");
    let quiet = ("แสดงเฉพาะข้อผิดพลาดที่ทำให้หยุด", "show nothing but what stops the command");
    [
        folder(pen.valued("root", FOLDER, site).long(None).short('C')),
        folder(pen.valued("output", FOLDER, output)),
        pen.valued("lang", ("th|en", "th|en"), language).value_parser(["th", "en"]),
        pen.valued("format", ("รูปแบบ", "FORM"), format).value_parser(Format::ALL.map(Format::name)),
        pen.switch("strict", strict),
        pen.switch("verbose", verbose).short('v'),
        pen.switch("quiet", quiet).short('q').conflicts_with("verbose"),
        pen.switch("help", ("แสดงวิธีใช้นี้", "show this help")).short('h').action(ArgAction::Help),
    ]
}

fn init(pen: Pen) -> Command {
    let name = ("ชื่อ", "NAME");
    let site =
        ("โฟลเดอร์ของเว็บไซต์ใหม่ (ปกติ: โฟลเดอร์ปัจจุบัน)", "folder of the new site (default: the current one)");
    let year = ("ปีที่ถูกประเมิน (ปกติ: ปีล่าสุดที่ประกาศผลแล้ว)", "assessed year (default: the last one announced)");
    let about = ("เริ่มเว็บไซต์ใหม่ ถามสิ่งที่ไม่ได้ระบุ", "begin a new site; asks for what is not given");
    pen.command("init", about, ("[โฟลเดอร์] [ตัวเลือก]", "[DIR] [OPTIONS]")).args([
        folder(pen.positional("folder", FOLDER, site)),
        pen.valued("name", name, ("ชื่อเต็มของหน่วยงาน", "full name of the agency")),
        pen.valued("short-name", name, ("ชื่อย่อ เช่น อบต.ลุมพุก", "short name, such as อบต.ลุมพุก")),
        pen.valued("year", YEAR, year),
        pen.valued("phone", ("หมายเลข", "NUMBER"), ("โทรศัพท์ของสำนักงาน", "telephone of the office")),
        pen.valued("address", ("ที่ตั้ง", "ADDRESS"), ("ที่ตั้งสำนักงาน", "address of the office")),
        pen.valued(
            "base-url",
            ("https://…", "https://…"),
            ("ที่อยู่ที่จะเผยแพร่เว็บไซต์", "where the site will stand on the web"),
        ),
    ])
}

fn new(pen: Pen) -> Command {
    let agency = ("รหัสหน่วยงาน เมื่อเว็บไซต์รวมหลายหน่วยงาน", "id of the agency, in a portal");
    let about = ("เพิ่มไฟล์ของปีที่ถูกประเมินอีกหนึ่งปี", "add the files of one more assessed year");
    pen.command("new", about, ("<ปี> [ตัวเลือก]", "<YEAR> [OPTIONS]")).args([
        pen.positional("year", YEAR, ("ปีที่ถูกประเมิน เช่น 2566", "assessed year, such as 2566")).required(true),
        pen.valued("agency", ("รหัส", "ID"), agency),
    ])
}

fn import(pen: Pen) -> Command {
    let about = (
        "นำเข้าคะแนนจากตาราง .xlsx .ods หรือ .csv ลงใน scores.yaml",
        "put the scores of a table, .xlsx, .ods or .csv, into scores.yaml",
    );
    let file = ("ไฟล์", "FILE");
    let template = (
        "สร้างตารางสำหรับกรอก (.xlsx หรือ .csv) แทนการนำเข้า",
        "write a table to be filled in (.xlsx or .csv) instead of importing one",
    );
    let year = (
        "ปีของตารางที่ไม่มีคอลัมน์ปี หรือปีของแม่แบบ (ปกติ: ปีล่าสุดที่ประกาศผลแล้ว)",
        "year of a table without years, or of the template (default: the last one announced)",
    );
    let dry_run = ("แสดงว่าจะเขียนอะไร โดยไม่เขียนไฟล์", "show what would be written; write nothing");
    let overwrite = (
        "ให้ตารางแทนค่าเดิมที่ไม่ตรงกัน หรือให้แม่แบบแทนไฟล์เดิม",
        "replace values that differ by those of the table, or an existing file by the template",
    );
    let path = |argument: Arg| argument.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::FilePath);
    pen.command("import", about, ("<ไฟล์> [ตัวเลือก]", "<FILE> [OPTIONS]")).args([
        path(pen.positional("file", file, ("ตารางที่จะนำเข้า", "table to import")))
            .required_unless_present("template"),
        path(pen.valued("template", file, template)).conflicts_with_all(["file", "dry-run"]),
        pen.valued("year", YEAR, year),
        pen.switch("dry-run", dry_run),
        pen.switch("overwrite", overwrite),
    ])
}

fn build(pen: Pen) -> Command {
    let fresh =
        ("สร้างทุกหน้าใหม่ ไม่ใช้สิ่งที่จำไว้จากครั้งก่อน", "make every page again, believing nothing of the last build");
    let timings = ("แสดงเวลาที่ใช้ในแต่ละขั้น", "show where the time went");
    let compress = (
        "วางไฟล์ที่บีบอัดแล้ว (.gz และ .br) ไว้ข้างไฟล์เดิม สำหรับเว็บเซิร์ฟเวอร์ที่ใช้ได้",
        "publish compressed files (.gz and .br) beside the others, for web servers that use them",
    );
    let zip = (
        "รวมเว็บไซต์ที่สร้างแล้วเป็นไฟล์ ZIP สำหรับส่งมอบหรือแตกไฟล์บนโฮสต์",
        "put the published site into a ZIP as well, to be handed over or unpacked on a host",
    );
    // Nobody who publishes should find it: it is how the benchmark asks what judging costs.
    let unjudged = ("ไม่ตรวจเนื้อหา ใช้วัดเวลาเท่านั้น", "judge nothing; only for measuring");
    let watch = ("เฝ้าดูไฟล์ และสร้างใหม่ทุกครั้งที่มีการแก้ไข", "watch the files, and build again whenever one changes");
    let poll = (
        "ใช้กับ --watch: ตรวจดูไฟล์เป็นระยะ สำหรับโฟลเดอร์ในเครือข่าย",
        "with --watch: look at the files from time to time, for network folders",
    );
    pen.command("build", ("ตรวจ แล้วสร้างเว็บไซต์", "check, then publish the site"), OPTIONS_ALONE).args([
        pen.switch("fresh", fresh),
        pen.switch("timings", timings),
        pen.switch("watch", watch).short('w'),
        pen.switch("poll", poll),
        pen.switch("compress", compress),
        pen.valued("zip", ("ไฟล์", "FILE"), zip)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::FilePath),
        pen.switch("unjudged", unjudged).hide(true),
    ])
}

fn serve(pen: Pen) -> Command {
    let about = (
        "แสดงเว็บไซต์ในเบราว์เซอร์ขณะเขียน หน้าเปลี่ยนเองเมื่อบันทึกไฟล์",
        "show the site in a browser while it is written; pages change when files are saved",
    );
    let interface = (
        "ที่อยู่ของเครื่องนี้ที่จะเปิดให้ดู (ปกติ: 127.0.0.1 ดูได้จากเครื่องนี้เท่านั้น)",
        "address of this machine to listen at (default: 127.0.0.1, seen from this machine alone)",
    );
    let port = ("พอร์ต (ปกติ: พอร์ตที่ว่าง ตั้งแต่ 8000)", "port (default: the next free one from 8000)");
    let poll = (
        "ตรวจไฟล์เป็นระยะ สำหรับโฟลเดอร์บนเครือข่ายที่ไม่แจ้งการเปลี่ยนแปลง",
        "look at the files again and again: for network folders, which tell of no change",
    );
    pen.command("serve", about, OPTIONS_ALONE).args([
        pen.switch("open", ("เปิดเบราว์เซอร์ให้ด้วย", "open a browser as well")),
        pen.valued("port", ("พอร์ต", "PORT"), port).value_parser(value_parser!(u16)),
        pen.valued("interface", ("ที่อยู่", "ADDRESS"), interface).value_parser(value_parser!(IpAddr)),
        pen.switch("poll", poll),
    ])
}

fn check(pen: Pen) -> Command {
    let about = ("ตรวจว่ามีอะไรผิดหรือขาด โดยไม่สร้างเว็บไซต์", "look for what is wrong or missing; publish nothing");
    let fix = (
        "แก้สิ่งที่แก้ได้โดยไม่ต้องตัดสินใจ เช่น สระอำแยกตัว อักขระที่มองไม่เห็น ก.ย ที่ขาดจุด และไฟล์ Windows-874",
        "mend what needs no decision: a decomposed ำ, invisible characters, the missing dot of ก.ย, files in Windows-874",
    );
    let dry_run =
        ("ใช้กับ --fix: แสดงว่าจะแก้อะไร โดยไม่เขียนไฟล์", "with --fix: show what would be mended; write nothing");
    let by = (
        "ลำดับที่แสดง: ตามไฟล์ หรือเสียคะแนนมากที่สุดก่อน (ปกติ: file)",
        "order: by file, or the most costly first (default: file)",
    );
    let external = (
        "ถามเว็บไซต์อื่นด้วยว่าลิงก์ไปถึงยังเปิดได้หรือไม่ (ใช้อินเทอร์เน็ต)",
        "ask other sites too whether links to them answer (needs the internet)",
    );
    let on = (
        "ตรวจตามสถานะของวันที่นี้ด้วย เช่น มาตรการที่สิ้นสุดแล้วแต่ยังไม่รายงานผล",
        "judge by this day as well, such as measures whose time is over without a result",
    );
    pen.command("check", about, OPTIONS_ALONE).args([
        pen.switch("fix", fix),
        // Nobody asks other sites about files that are not written.
        pen.switch("dry-run", dry_run).conflicts_with("external"),
        pen.valued("by", ("file|cost", "file|cost"), by).value_parser(Order::ALL.map(Order::name)),
        pen.switch("external", external),
        pen.valued("on", ("วันที่", "DATE"), on),
    ])
}

fn explain(pen: Pen) -> Command {
    let code = (
        "รหัสของสิ่งที่ตรวจพบ เช่น score/total-mismatch หรือหมวด เช่น score",
        "code of a finding, such as score/total-mismatch, or an area, such as score",
    );
    let about = ("อธิบายสิ่งที่ตรวจพบ หรือแสดงรายการทั้งหมด", "explain a kind of finding, or list them all");
    pen.command("explain", about, ("[รหัส] [ตัวเลือก]", "[CODE] [OPTIONS]"))
        .arg(pen.positional("code", CODE, code))
}

fn schema(pen: Pen) -> Command {
    let about = (
        "แสดงหรือเขียนสคีมา ซึ่งทำให้ VS Code อธิบายและเติมรายการในไฟล์ YAML",
        "show or write the schemas by which VS Code explains and completes the YAML files",
    );
    let name = ("ชื่อสคีมาที่จะแสดง เช่น scores", "schema to show, such as scores");
    let write = ("เขียนสคีมาทั้งหมดลงใน .prongsai/schema", "write all schemas into .prongsai/schema");
    pen.command("schema", about, ("[ชื่อ] [ตัวเลือก]", "[NAME] [OPTIONS]")).args([
        pen.positional("name", ("ชื่อ", "NAME"), name).conflicts_with("write"),
        pen.switch("write", write),
    ])
}

fn export(pen: Pen) -> Command {
    let about = (
        "ส่งออกข้อมูลเปิดของเว็บไซต์ที่สร้างแล้วเป็นฐานข้อมูล SQLite หรือไฟล์ CSV แยกตามปี",
        "export the open data of the published site as an SQLite database, or as CSV files by year",
    );
    let to = (
        "ไฟล์ที่ลงท้ายด้วย .sqlite หรือโฟลเดอร์ใหม่สำหรับไฟล์ CSV",
        "a file that ends in .sqlite, or a new folder for CSV files",
    );
    let force = ("แทนที่ไฟล์ฐานข้อมูลที่มีอยู่แล้ว", "replace a database that is there already");
    let usage = ("<ไฟล์|โฟลเดอร์> [ตัวเลือก]", "<TO> [OPTIONS]");
    pen.command("export", about, usage).args([
        pen.positional("to", ("ไฟล์|โฟลเดอร์", "TO"), to)
            .required(true)
            .value_parser(value_parser!(PathBuf))
            .value_hint(ValueHint::AnyPath),
        pen.switch("force", force),
    ])
}

fn completions(pen: Pen) -> Command {
    let about =
        ("พิมพ์สคริปต์ที่ให้เชลล์เติมคำสั่งให้ครบ", "print the script with which a shell completes what is typed");
    let shell = ("เชลล์: bash elvish fish powershell zsh", "the shell: bash elvish fish powershell zsh");
    let usage = ("<เชลล์> [ตัวเลือก]", "<SHELL> [OPTIONS]");
    pen.command("completions", about, usage).arg(
        pen.positional("shell", ("เชลล์", "SHELL"), shell)
            .required(true)
            .hide_possible_values(true)
            .value_parser(value_parser!(Shell)),
    )
}

/// Takes the path of a folder, and lets a shell offer folders alone.
fn folder(argument: Arg) -> Arg {
    argument.value_parser(value_parser!(PathBuf)).value_hint(ValueHint::DirPath)
}

const OPTIONS_ALONE: Told = ("[ตัวเลือก]", "[OPTIONS]");

/// Writes entries of the help in one language.
#[derive(Clone, Copy)]
struct Pen(Language);

impl Pen {
    fn tell(self, (th, en): Told) -> &'static str {
        match self.0 {
            Language::Thai => th,
            Language::English => en,
        }
    }

    fn command(self, name: &'static str, about: Told, usage: Told) -> Command {
        let heading = self.tell(("วิธีใช้:", "Usage:"));
        let program = if name == "prongsai" { name.to_owned() } else { format!("prongsai {name}") };
        Command::new(name)
            .about(self.tell(about))
            .override_usage(format!("{program} {}", self.tell(usage)))
            .help_template(format!("{{about}}\n\n{HEADING}{heading}{HEADING:#} {{usage}}\n\n{{all-args}}"))
    }

    fn flag(self, name: &'static str, help: Told) -> Arg {
        Arg::new(name).long(name).help(self.tell(help)).help_heading(self.tell(("ตัวเลือก", "Options")))
    }

    fn switch(self, name: &'static str, help: Told) -> Arg {
        self.flag(name, help).action(ArgAction::SetTrue)
    }

    fn valued(self, name: &'static str, value: Told, help: Told) -> Arg {
        self.flag(name, help).value_name(self.tell(value)).hide_possible_values(true)
    }

    fn positional(self, name: &'static str, value: Told, help: Told) -> Arg {
        let heading = self.tell(("ค่าที่ระบุ", "Arguments"));
        Arg::new(name).value_name(self.tell(value)).help(self.tell(help)).help_heading(heading)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::ValueEnum;

    #[test]
    fn clap_finds_nothing_wrong() {
        definition(Language::Thai).debug_assert();
        definition(Language::English).debug_assert();
    }

    #[test]
    fn the_help_names_every_form_and_shell() {
        let check = |line: &str, names: &[String]| {
            for language in [Language::Thai, Language::English] {
                let typed = ["prongsai"].into_iter().chain(line.split_whitespace());
                let shown = definition(language).try_get_matches_from(typed).unwrap_err().to_string();
                assert!(shown.contains(&format!(": {}", names.join(" "))), "{shown}");
            }
        };
        let shells = Shell::value_variants().iter().filter_map(Shell::to_possible_value);
        check("check -h", &Format::ALL.map(|format| format.name().to_owned()));
        check("completions -h", &shells.map(|shell| shell.get_name().to_owned()).collect::<Vec<_>>());
    }

    #[test]
    fn help_is_in_one_language() {
        let check = |line: &str, language: Language, present: &[&str], absent: &[&str]| {
            let typed = ["prongsai"].into_iter().chain(line.split_whitespace());
            let shown = definition(language).try_get_matches_from(typed).unwrap_err().to_string();
            assert!(present.iter().all(|text| shown.contains(text)), "{shown}");
            assert!(!absent.iter().any(|text| shown.contains(text)), "{shown}");
        };
        let english = ["Usage", "Options", "Commands", "Arguments", "OPTIONS", "default", "possible"];
        let lines = [
            "",
            "--help",
            "init -h",
            "new --help",
            "import --help",
            "build --help",
            "serve -h",
            "check -h",
            "explain --help",
            "schema -h",
            "export -h",
            "completions -h",
        ];
        for line in lines {
            check(line, Language::Thai, &["วิธีใช้: prongsai", "ตัวเลือก:"], &english);
        }
        check("--help", Language::Thai, &["คำสั่ง:", "init", "explain"], &[]);
        check(
            "",
            Language::English,
            &["Usage: prongsai <COMMAND>", "Commands:", "Options:"],
            &["วิธีใช้", "ตัวเลือก"],
        );
        check("new --help", Language::English, &["Usage: prongsai new <YEAR>", "Arguments:"], &["ปี"]);
        check("--version", Language::Thai, &[env!("CARGO_PKG_VERSION")], &[]);
    }
}
