//! The words of the quiz in one language, in the order of [`Logic`](crate::Logic).

use crate::Text;

/// The words of a question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct QuestionWords {
    /// The question.
    pub text: Text,
    /// How to answer; empty where nothing needs to be said.
    pub help: Text,
    /// Why it is asked.
    pub why: Text,
    /// Its topic in two to five words.
    pub short: Text,
    /// What to do when it is left without an answer.
    pub error: Text,
    /// What the least value of a scale means; empty for other kinds.
    pub low: Text,
    /// What the greatest value of a scale means; empty for other kinds.
    pub high: Text,
    /// What a number that is typed is counted in, as it stands behind it; may be empty.
    pub unit: Text,
    /// What to do where what was typed is no number, or none that is asked for; empty for other kinds.
    pub wrong: Text,
    /// A label for each option.
    pub options: Vec<Text>,
}

/// The words of an advice, or of a result.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AdviceWords {
    /// The headline.
    pub headline: Text,
    /// What to do, a sentence or two each.
    pub lines: Vec<Text>,
}

/// The words of a contact link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ContactWords {
    /// The link.
    pub text: Text,
    /// What is said before it; empty where nothing needs to be said.
    pub hint: Text,
}

/// The language in which sources are cited, whatever the language of the page: they are named as they name themselves.
pub const LANGUAGE_OF_SOURCES: &str = "en";

/// A source, as the page cites it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceWords {
    /// Its key, by which the page's own list has it.
    pub key: Text,
    /// Who, when, where.
    pub citation: Text,
    /// Where it can be found, as text.
    pub locator: Text,
    /// What kind of evidence it is, and how strong that is.
    pub strength: Text,
}

/// Everything that is said in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    /// The language's code, as in BCP 47.
    pub code: Text,
    /// Whether it is written from right to left.
    pub right_to_left: bool,
    /// What stands before the decimals of a number.
    pub decimal_mark: Text,
    /// A place for each question.
    pub questions: Vec<QuestionWords>,
    /// A title for each screen that holds several questions; empty for the others.
    pub screens: Vec<Text>,
    /// A place for each advice.
    pub advice: Vec<AdviceWords>,
    /// Why each rule leads to its advice, in a sentence.
    pub rules: Vec<Text>,
    /// A name for each group of results.
    pub groups: Vec<Text>,
    /// A place for each result, group after group.
    pub results: Vec<AdviceWords>,
    /// A name for each tier.
    pub tiers: Vec<Text>,
    /// A line for each note.
    pub notes: Vec<Text>,
    /// A place for each label of the contact link.
    pub contact: Vec<ContactWords>,
    /// A title for each section.
    pub sections: Vec<Text>,
    /// For each section the questions in it that a visitor can take along to a visit; mostly none.
    pub to_ask: Vec<Vec<Text>>,
    /// A place for each source that a rule names.
    pub sources: Vec<SourceWords>,
    /// A place for each [`Phrase`].
    pub interface: Vec<Text>,
}

macro_rules! phrases {
    ($($(#[$doc:meta])* $variant:ident = $key:literal),* $(,)?) => {
        /// A sentence or label of the interface.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Phrase { $($(#[$doc])* $variant),* }

        impl Phrase {
            /// Every phrase with its key in `interface.toml`, in the order of [`Words::interface`].
            pub const ALL: &'static [(Phrase, &'static str)] = &[$((Phrase::$variant, $key)),*];
        }
    };
}

phrases! {
    /// The title of the opening screen.
    OpeningTitle = "opening_title",
    /// What this is.
    OpeningWhat = "opening_what",
    /// What this is not.
    OpeningNot = "opening_not",
    /// That answers stay on the device.
    Privacy = "privacy",
    /// More about that.
    PrivacyMore = "privacy_more",
    /// That this is not a diagnosis.
    NotDiagnosis = "not_diagnosis",
    /// That the rules are not validated.
    Unvalidated = "unvalidated",
    /// That no clinician has signed the content.
    Unsigned = "unsigned",
    /// Who signed it; holds `{reviewer}` and `{date}`.
    Signed = "signed",
    /// Goes on.
    Continue = "continue",
    /// Goes back.
    Back = "back",
    /// Leaves an optional question out.
    Skip = "skip",
    /// Changes an answer.
    Change = "change",
    /// Erases everything.
    Restart = "restart",
    /// Names the progress bar.
    Progress = "progress",
    /// Says the progress; holds `{percent}`.
    ProgressValue = "progress_value",
    /// Introduces why a question is asked.
    WhyAsked = "why_asked",
    /// The title of the summary of errors.
    ErrorSummaryTitle = "error_summary_title",
    /// Introduces an error beside its question, for those who cannot see it in red.
    ErrorPrefix = "error_prefix",
    /// The title of the answers check.
    CheckTitle = "check_title",
    /// What the answers check is for.
    CheckIntro = "check_intro",
    /// Goes on to the guidance.
    CheckContinue = "check_continue",
    /// Stands for a missing answer.
    NotAnswered = "not_answered",
    /// The title of what to do.
    SectionAction = "section_action",
    /// The title of why it is shown.
    SectionWhy = "section_why",
    /// Introduces the answers that led to the outcome.
    AnswersThatLed = "answers_that_led",
    /// The title of the list of all answers.
    AllAnswers = "all_answers_title",
    /// Introduces the sources of a rule.
    RuleSource = "rule_source",
    /// The title of the list of sources.
    SourcesTitle = "sources_title",
    /// That names and numbers come from the embedding page.
    GivenByPage = "given_by_page",
    /// The title of the idle warning.
    IdleTitle = "idle_title",
    /// What will happen; holds `{seconds}`.
    IdleText = "idle_text",
    /// Keeps the answers.
    IdleStay = "idle_stay",
    /// Erases them.
    IdleErase = "idle_erase",
    /// That the answers have been erased.
    Erased = "erased",
    /// A value on a scale; holds `{value}`, and may hold `{max}`, its greatest.
    ScaleOf = "scale_of",
    /// The clinic's telephone; holds `{clinic}` and `{tel}`.
    Telephone = "telephone",
    /// What stands for the clinic's name where there is none.
    ThisClinic = "this_clinic",
    /// That the contact link is not for urgent problems.
    ContactCaution = "contact_caution",
    /// That the visitor can go back and change answers.
    OutcomeChange = "outcome_change",
    /// The title of what the visitor can take along.
    TakeTitle = "take_title",
    /// What that is.
    TakeIntro = "take_intro",
    /// Names the questions that can be taken along.
    TakeQuestions = "take_questions",
    /// Names the visitor's own notes.
    TakeNotes = "take_notes",
    /// What notes are for, and where they stay.
    TakeNotesHelp = "take_notes_help",
    /// That what is printed or saved can be read by others.
    TakeCaution = "take_caution",
    /// Prints the sheet.
    Print = "print",
    /// Saves the sheet as a file.
    Save = "save",
    /// Saves the answers for a clinic's records.
    Fhir = "fhir",
    /// What that file is.
    FhirHelp = "fhir_help",
    /// That a file was handed to the browser to be saved.
    Saved = "saved",
    /// When a sheet was made and from which content; holds `{date}`, `{version}` and `{hash}`.
    SheetMade = "sheet_made",
    /// The title of what would make the advice more urgent.
    MoreUrgent = "more_urgent",
    /// Introduces that list.
    MoreUrgentIntro = "more_urgent_intro",
    /// That a picture can be pressed in place of the options.
    FigurePress = "figure_press",
    /// Shows the text of the sheet, where no file comes.
    ShowText = "show_text",
    /// How that text is taken along.
    SelectText = "select_text",
    /// What erasing does, and what it can't, on a device that others use too.
    SharedDevice = "shared_device",
    /// That the browser was asked to print.
    Printed = "printed",
}

/// A text with each `{name}` that has a value replaced by it; values are not looked through again. Done by hand, for the
/// library's search for a text in a text weighs more than all that is said of it here.
pub fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let (mut filled, mut rest) = (String::new(), text);
    while let Some((before, behind)) = rest.split_once('{') {
        filled.push_str(before);
        let value_of = |name: &str| values.iter().find(|(known, _)| *known == name).map(|(_, value)| *value);
        let named = behind.split_once('}').and_then(|(name, after)| Some((value_of(name)?, after)));
        let (value, after) = named.unwrap_or(("{", behind));
        filled.push_str(value);
        rest = after;
    }
    filled + rest
}

impl Words {
    /// A phrase of the interface.
    pub fn phrase(&self, phrase: Phrase) -> Text {
        // The order of the enum is the order of the list.
        self.interface.get(phrase as usize).cloned().unwrap_or_default()
    }
}
