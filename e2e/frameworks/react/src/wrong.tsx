// Never run: what the type checker has to refuse.
export const wrong = [
  // @ts-expect-error: an attribute that does not exist
  <pars-check outcome="emergency" />,
  // @ts-expect-error: a list where a text belongs
  <pars-check langs={["en", "es"]} />,
  // @ts-expect-error: an event that is never told
  <pars-check onoutcome={() => {}} />,
];
