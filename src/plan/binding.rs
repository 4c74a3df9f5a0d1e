//! What the bindings of a narrative stand for: data of the agency and of the round that it speaks of, in the manner of its page.

use super::desk::Desk;
use super::printer::Printer;
use crate::framework::Framework;
use crate::model::date::FiscalYear;
use crate::model::number::{Exact, Score};
use crate::model::{Given, Round};
use crate::parse::markdown::binding::{
    AgencyField, DecidedField, Expression, IndicatorField, InstrumentField, MeasureField, ReportField,
};
use crate::score::{self, Tally};

impl Desk<'_> {
    /// What a binding stands for; `None` where the data does not hold it.
    pub(super) fn value(
        &self,
        expression: &Expression,
        round: Option<&Round>,
        printer: Printer,
    ) -> Option<String> {
        if let Expression::Agency(field) = expression {
            return self.agency_value(*field, round);
        }
        let round = round?;
        let framework = self.framework(round.year);
        let tally = self.tally(round);
        match expression {
            Expression::Agency(field) => self.agency_value(*field, Some(round)),
            Expression::Report(field) => self.report_value(*field, round, tally, printer),
            Expression::Indicator { number, field } => {
                self.indicator_value(u8::try_from(*number).ok()?, *field, round, framework?, printer)
            }
            Expression::Instrument { code, field } => {
                let instrument = framework?.instrument(&code.to_uppercase())?;
                Some(match field {
                    InstrumentField::Code => instrument.code.clone(),
                    InstrumentField::Name => instrument.name.clone(),
                    InstrumentField::Score => printer.rounded(*tally.instruments.get(&instrument.code)?),
                    InstrumentField::Weight => printer.count(instrument.weight?.hundredths() / 100),
                })
            }
            Expression::Measure { id, field } => {
                let plan = round.measures.as_ref()?;
                let measure = plan.measures.iter().find(|measure| measure.id == *id)?;
                match field {
                    MeasureField::Title => Some(measure.short_title().to_owned()),
                    MeasureField::Period => Some(printer.period(measure.period.as_ref()?.value).text),
                    MeasureField::State => Some(printer.state(measure.state()?).text),
                }
            }
            Expression::Decided(field) => {
                let decided = round.measures.as_ref()?.decided.as_ref()?;
                match field {
                    DecidedField::By => Some(decided.by.as_ref()?.value.clone()),
                    DecidedField::Who => Some(decided.who.as_ref()?.value.clone()),
                    DecidedField::Date => Some(printer.date(decided.date.as_ref()?.value).text),
                }
            }
        }
    }

    fn agency_value(&self, field: AgencyField, round: Option<&Round>) -> Option<String> {
        let profile = &self.input.content.agency.profile;
        let (name, short_name) = self.names(round.map(|round| round.year));
        match field {
            AgencyField::Name => Some(name.to_owned()),
            AgencyField::ShortName => Some(short_name.to_owned()),
            AgencyField::Address => profile.address.as_ref().map(Given::bare),
            AgencyField::Phone => profile.phone.as_ref().map(Given::bare),
            AgencyField::Email => profile.email.as_ref().map(Given::bare),
            AgencyField::Kind => Some(profile.kind().name().to_owned()),
            AgencyField::Province => profile.province.clone(),
            AgencyField::District => profile.district.clone(),
        }
    }

    fn report_value(
        &self,
        field: ReportField,
        round: &Round,
        tally: &Tally,
        printer: Printer,
    ) -> Option<String> {
        let summary = self.input.summary.rounds.get(&round.year)?;
        match field {
            ReportField::Year => Some(printer.count(round.year)),
            ReportField::MeasuresYear => Some(printer.count(round.year.next())),
            ReportField::Total => Some(printer.score(summary.total?)),
            ReportField::Level => score::level(round.scores.as_ref()?, tally),
            ReportField::Announced => Some(printer.date(summary.announced?).text),
            ReportField::Pass => Some(printer.score(self.framework(round.year)?.pass)),
        }
    }

    fn indicator_value(
        &self,
        number: u8,
        field: IndicatorField,
        round: &Round,
        framework: &Framework,
        printer: Printer,
    ) -> Option<String> {
        let indicator = framework.indicator(number)?;
        let score = || Some(round.scores.as_ref()?.indicators.get(&number)?.value);
        match field {
            IndicatorField::Number => Some(printer.count(number)),
            IndicatorField::Name => Some(indicator.name.clone()),
            IndicatorField::Score => Some(printer.score(score()?)),
            IndicatorField::Instrument => Some(indicator.instrument.clone()),
            IndicatorField::Previous => Some(printer.score(self.previous_score(round.year, number)?)),
            IndicatorField::Change => Some(
                printer.change(Exact::from(score()?) - Exact::from(self.previous_score(round.year, number)?)),
            ),
        }
    }

    /// The same indicator a year earlier.
    pub fn previous_score(&self, year: FiscalYear, number: u8) -> Option<Score> {
        self.input.summary.rounds.get(&year.previous())?.indicators.get(&number).copied()
    }
}
