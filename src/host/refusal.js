// What may be made and where a link may lead. The engine's imports and the lockdown both ask here.

/** Elements that the quiz is made of. None of them loads anything. */
export const TAGS = new Set(
  ("a article aside br button dd details dialog div dl dt em fieldset footer h1 h2 h3 h4 header input label legend li ol p " +
    "progress section span strong summary ul").split(" "),
);

const links = new Set();

/** Lets links lead to where the settings say: the contact address, the telephone, the emergency number. */
export const allowLinks = ([contact, , tel, emergency]) => {
  const dialled = (tel.trimStart().startsWith("+") ? "+" : "") + tel.replace(/\D/g, "");
  for (const address of [contact, `tel:${dialled}`, `tel:${emergency}`]) if (address) links.add(address);
};

/** Whether a link may lead there: to a place in this document, or to one that was allowed. */
export const mayLead = (address) => address.startsWith("#") || links.has(address);

/** Says no, in words for whoever reads the console. */
export const refuse = (what) => {
  throw new TypeError(`pars-check refuses ${what}`);
};
