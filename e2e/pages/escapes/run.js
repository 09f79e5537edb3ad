// Attempts to carry something out of the document, and what starts one of them. Each is begun by the page's own script,
// in a task of its own, for what a driver runs is not under the page's policy.
//
// An attempt escapes if its address at the collector is asked for, or if `run` gives `true`: the effect is there.
// It has settled when `run` throws, rejects or gives something, or when the policy names its address as refused.
const attempts = {};
const root = document.documentElement;
const slug = (name) => name.replaceAll(/[^a-z0-9]+/gi, "-");
const address = (name) => `${COLLECTOR}/leak/${slug(name)}`;

/** Adds attempts of one kind. */
const kind = (title, all) => {
  for (const [name, attempt] of Object.entries(all)) attempts[name] = { kind: title, ...attempt };
};

/** Never: the attempt has settled when its address is asked for, or named by the policy. */
const arrival = () => new Promise(() => {});
const loaded = (element) =>
  new Promise((resolve) => {
    for (const event of ["load", "error", "loadeddata"]) element.addEventListener(event, () => resolve(false));
  });
const make = (tag, properties) => Object.assign(document.createElement(tag), properties);
const shown = (element) => (document.body.append(element), element);

/** What the page around sees of this frame, once all that it was told before has reached it. */
const seen = () =>
  new Promise((resolve) => {
    addEventListener("message", ({ data }) => data.seen && resolve(data.seen));
    top.postMessage("look", "*");
  });
/** Whether something comes true after an act, while the page around answers twenty times. */
const isWithin = async (isTrue, act) => {
  act();
  for (let look = 0; look < 20; look++) if (isTrue(await seen())) return true;
  return false;
};
/** Whether the page around sees a difference. */
const isSeen = async (act) => {
  const before = await seen();
  return isWithin((after) => after !== before, act);
};

const refusedByPolicy = (name) =>
  new Promise((resolve) => {
    const isThis = ({ blockedURI, effectiveDirective }) => 
      blockedURI.replace(/^ws/, "http").startsWith(address(name)) ||
      attempts[name].violates === `${effectiveDirective} ${blockedURI}`;
    addEventListener("securitypolicyviolation", (event) => isThis(event) && resolve("policy"));
  });

window.begin = (name) => {
  const { run, press } = attempts[name];
  delete window.outcome;
  const settle = (escaped, said) => (window.outcome = { name, escaped, said: String(said ?? "") });
  const act = async () => run(address(name));
  const begun = new Promise((resolve) => {
    if (press) addEventListener("click", () => resolve(act()), { capture: true, once: true });
    else setTimeout(() => resolve(act()));
  });
  Promise.race([begun, refusedByPolicy(name)]).then((gave) => settle(gave === true, gave), (why) => settle(false, why));
};
Object.assign(window, { attempts, slug });
