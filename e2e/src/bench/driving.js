// What the harness asks of any contender's page between the presses, by the words that a visitor reads: the same for all
// of them, whatever their markup is. Nothing of it stays in the page.
const driving = {
  plain: (text) => text.replace(/\s+/g, " ").trim(),

  boxOf(text) {
    const range = document.createRange();
    range.selectNodeContents(text);
    return [...range.getClientRects()].find(({ width, height }) => width > 1 && height > 1);
  },

  /** The pattern of a text of these words. It gives up at the first letter that differs: to look must cost little where a
   * document has much text that is not in view. */
  pattern(words) {
    const parts = words.split(" ").map((word) => word.replace(/\W/g, "\\$&"));
    return new RegExp(`^\\s*${parts.join("\\s+")}\\s*$`);
  },

  /** The first text in view with these words, behind another one. */
  find(words, behind) {
    const pattern = driving.pattern(words);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    walker.currentNode = behind ?? document.body;
    while (walker.nextNode()) {
      const text = walker.currentNode;
      if (pattern.test(text.data) && driving.boxOf(text)) return text;
    }
  },

  /** The middle of a text, or of an element. One outside of the window is brought into it, as far as a finger would; one
   * within stays where it is. */
  middle(of) {
    const element = of.nodeType === Node.TEXT_NODE ? of.parentElement : of;
    element.scrollIntoView({ block: "nearest", behavior: "instant" });
    const { left, top, width, height } = of === element ? element.getBoundingClientRect() : driving.boxOf(of);
    return { x: left + width / 2, y: top + height / 2 };
  },

  /** Where to press for an option of a question that is in view. */
  option(question, words) {
    const asked = driving.find(question);
    const option = asked && driving.find(words, asked);
    return option ? driving.middle(option) : null;
  },

  /** Where to press to go on from a question that is in view. */
  button(question, selector) {
    const button = driving.find(question) && document.querySelector(selector);
    return button?.getClientRects().length ? driving.middle(button) : null;
  },

  /** The time since the page was asked for, once a question is in view; with `mark`, once something is chosen as well. */
  answered: (question, mark) =>
    driving.find(question) && (!mark || document.querySelector(mark)) ? performance.now() : null,

  /** A few words on what is in view, for when something is not. */
  seen: () => driving.plain(document.body.innerText).slice(0, 300),
};
