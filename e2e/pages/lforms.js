// Fills in a questionnaire in LHC-Forms as a clinic's visitor would, by pressing labels, and tells what stands there
// after each answer.
const form = () => document.querySelector("wc-lhc-form").lhcFormData;
const isShown = (element) => element.getClientRects().length > 0;
const items = () => [...document.querySelectorAll("lhc-item[id^='item-']")].filter(isShown);
// Its element ids are item-<link id>/1/1…, and of options <link id>/1/1…|<system>|<code>.
const linkOf = (item) => item.id.slice("item-".length).split("/")[0];

// Until the expressions have run on the last answer and the page shows what they say.
const settled = async () => {
  await new Promise((go) => setTimeout(go));
  await form()._expressionProcessor.runCalculations(false);
  await new Promise((go) => requestAnimationFrame(() => setTimeout(go)));
};

const write = (item, number) => {
  const input = item.querySelector("input");
  input.value = number;
  for (const type of ["input", "change", "blur"]) input.dispatchEvent(new Event(type, { bubbles: true }));
};

const press = (item, option) => {
  const label = [...item.querySelectorAll("label[id]")].find((each) => each.id.endsWith(`|${option}`));
  if (!label) throw new Error(`${linkOf(item)}.${option} is not offered`);
  label.click();
};

const give = (question, answer) => {
  const item = items().find((each) => linkOf(each) === question);
  if (!item) throw new Error(`${question} is not there`);
  if (typeof answer === "number") return write(item, answer);
  for (const option of [answer].flat()) press(item, option);
};

// Gives the link ids that stand there at first and after each of the answers, and the response at the end.
window.fillIn = async (questionnaire, answers) => {
  document.querySelector("#form").replaceChildren();
  await LForms.Util.addFormToPage(questionnaire, "form", { fhirVersion: "R4" });
  await settled();
  const seen = [items().map(linkOf)];
  for (const [question, answer] of answers) {
    give(question, answer);
    await settled();
    seen.push(items().map(linkOf));
  }
  return { seen, response: LForms.Util.getFormFHIRData("QuestionnaireResponse", "R4") };
};
