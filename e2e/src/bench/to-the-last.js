// Answers everything up to the last copy of the question of signs that can't wait, by the contract of the markup: the
// option that stands alone where there is one, else the first.
async () => {
  const questions = () => [...document.querySelectorAll("fieldset[data-question]")];
  const place = () => questions().map((each) => each.dataset.question).join();
  const next = (before) =>
    new Promise((go, fail) => {
      const watch = new MutationObserver(() => questions().length && place() !== before && (watch.disconnect(), go()));
      watch.observe(document, { subtree: true, childList: true, attributes: true });
      setTimeout(() => fail(new Error(`nothing follows ${before}`)), 10000);
    });
  while (!/^rf_now_10\b/.test(place())) {
    const before = place();
    const moved = next(before);
    for (const question of questions()) {
      const input = question.querySelector('input[value="none"]') ?? question.querySelector("input");
      input.labels[0].click();
    }
    document.querySelector('[data-action="continue"]').click();
    await moved;
  }
}
