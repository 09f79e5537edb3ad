// What the tests measure by themselves, in a world of their own beside the document: what axe does not look at. Each
// measure gives faults as [rule, place, what is wrong].
globalThis.measures = (() => {
  const CONTROLS =
    "a[href], button, input:not([type=hidden]), select, textarea, summary, [contenteditable]:not([contenteditable=false]), [tabindex]";
  const LEAST_TARGET = 44;
  const LEAST_CONTRAST = 3;

  // A modal dialog is all that there is while it stands.
  const scope = () => document.querySelector("dialog:modal") ?? document.body;
  const all = (selector) => [...scope().querySelectorAll(selector)];

  const isHiddenVisually = (element) => {
    for (let each = element; each; each = each.parentElement) {
      if (getComputedStyle(each).clipPath === "inset(50%)") return true;
    }
    return false;
  };
  const isSeen = (element) =>
    element.checkVisibility({ visibilityProperty: true }) && element.getClientRects().length > 0 && !isHiddenVisually(element);
  const opacity = (element) => {
    let product = 1;
    for (let each = element; each; each = each.parentElement) product *= Number(getComputedStyle(each).opacity);
    return product;
  };

  /** A name that is the same each time: the document's own ids are made of chance. */
  const place = (element) => {
    const keys = ["data-action", "data-question", "data-option", "data-section", "name", "value", "href", "class", "role"];
    const shown = keys.filter((key) => element.hasAttribute(key)).map((key) => `[${key}="${element.getAttribute(key)}"]`);
    return `${element.localName}${shown.join("")} ${JSON.stringify(element.textContent.trim().replace(/\s+/g, " ").slice(0, 40))}`;
  };

  /** A selector that finds it again, in this document and in another of its kind. */
  const path = (element) => {
    const steps = [];
    for (let each = element; each.parentElement; each = each.parentElement) {
      steps.unshift(`:nth-child(${[...each.parentElement.children].indexOf(each) + 1})`);
    }
    return [":root", ...steps].join(" > ");
  };

  /** What the contrast of an element's text hangs on: where two give the same, they look the same. */
  const looks = (element) => {
    const told = [getComputedStyle(element).color, getComputedStyle(element).fill, getComputedStyle(element).font];
    for (let each = element; each; each = each.parentElement) {
      const { backgroundColor, backgroundImage, opacity, forcedColorAdjust } = getComputedStyle(each);
      told.push(backgroundColor, backgroundImage, opacity, forcedColorAdjust);
    }
    // In a drawing the ground is what is drawn before.
    const drawn = [...(element.closest("svg")?.querySelectorAll("*") ?? [])].map((each) => getComputedStyle(each).fill);
    return [place(element), ...told, ...drawn].join();
  };

  // Colours -----------------------------------------------------------------------------------------------------------

  const parse = (colour) => {
    const numbers = (colour.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    const scale = colour.startsWith("color(") ? 255 : 1;
    const [red = 0, green = 0, blue = 0, alpha = 1] = numbers;
    return [red * scale, green * scale, blue * scale, alpha];
  };
  const over = (front, back) => [0, 1, 2].map((at) => front[at] * front[3] + back[at] * (1 - front[3])).concat(1);
  const luminance = (colour) => {
    const [red, green, blue] = colour
      .slice(0, 3)
      .map((each) => each / 255)
      .map((each) => (each <= 0.04045 ? each / 12.92 : ((each + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (one, other) => {
    const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };
  /** What can lie behind an element: one colour, or those of a gradient. */
  const grounds = (element) => {
    const layers = [];
    for (let each = element; each; each = each.parentElement) {
      const style = getComputedStyle(each);
      const drawn = style.backgroundImage.match(/(rgba?|color)\([^)]*\)/g)?.map(parse);
      if (drawn) layers.push(drawn);
      const plain = parse(style.backgroundColor);
      if (plain[3] > 0) layers.push([plain]);
      if (plain[3] === 1) break;
    }
    const sheet = matchMedia("(forced-colors: active)").matches || matchMedia("(prefers-color-scheme: dark)").matches;
    const base = sheet && getComputedStyle(document.documentElement).colorScheme.includes("dark") ? [18, 18, 18, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => layer.flatMap((front) => below.map((back) => over(front, back))), [base]);
  };
  const least = (colour, grounds) => grounds.reduce((least, ground) => Math.min(least, contrast(over(colour, ground), ground)), Infinity);

  // Where text stands -------------------------------------------------------------------------------------------------

  /** Every line of text that is seen, with the element that holds it. */
  const lines = () => {
    const found = [];
    const walker = document.createTreeWalker(scope(), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      const holder = node.parentElement;
      if (!node.data.trim() || !holder || !isSeen(holder)) continue;
      const range = document.createRange();
      range.selectNodeContents(node);
      for (const rect of range.getClientRects()) if (rect.width > 1 && rect.height > 1) found.push({ node, holder, rect });
    }
    return found;
  };
  const overlapOf = (one, other) => [
    Math.min(one.right, other.right) - Math.max(one.left, other.left),
    Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
  ];

  const scrollsAcross = (element) => {
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      if (/auto|scroll/.test(getComputedStyle(each).overflowX)) return true;
    }
    return false;
  };

  const wide = () => {
    const { scrollWidth } = document.documentElement;
    const page = scrollWidth > innerWidth ? [["wide", "the page", `it is ${scrollWidth} wide in ${innerWidth}`]] : [];
    const sticksOut = ({ left, right, width }) => width > 0 && (right > innerWidth + 0.5 || left < -0.5);
    const out = all("*").filter(
      (each) => !each.closest("svg svg, svg > *") && isSeen(each) && sticksOut(each.getBoundingClientRect()) && !scrollsAcross(each),
    );
    return page.concat(out.map((each) => ["wide", place(each), "it sticks out of the window"]));
  };

  /** Text that a box of its own or around it cuts off, and text that runs out of its block. */
  const cut = () => {
    const faults = [];
    for (const { holder, rect } of lines()) {
      if (holder.closest("svg")) continue;
      // The box of a line of text is higher than what is drawn of it.
      const slack = rect.height * 0.3;
      const isIn = (box, across, down) =>
        (!across || (rect.left >= box.left - 1 && rect.right <= box.right + 1)) &&
        (!down || (rect.top >= box.top - slack && rect.bottom <= box.bottom + slack));
      let block = null;
      for (let each = holder; each && each !== document.body; each = each.parentElement) {
        const style = getComputedStyle(each);
        const box = each.getBoundingClientRect();
        if (!block && !/^(inline|contents)/.test(style.display)) block = each;
        const hides = [style.overflowX, style.overflowY].map((value) => /hidden|clip/.test(value));
        if ((hides[0] || hides[1]) && !isIn(box, ...hides)) faults.push(["cut", place(holder), `${place(each)} cuts it off`]);
        if (each === block && !isIn(box, true, true)) faults.push(["cut", place(holder), `it runs out of ${place(each)}`]);
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) break;
      }
    }
    return faults;
  };

  /** What a finger reaches of a control: itself and its labels. */
  const reach = (control) => [control, ...(control.labels ?? [])].filter((each) => isSeen(each));
  const around = (boxes) => ({
    left: Math.min(...boxes.map((box) => box.left)),
    top: Math.min(...boxes.map((box) => box.top)),
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  });
  const isTabbed = (each) => each.tabIndex >= 0 || (each.isContentEditable && !each.hasAttribute("tabindex"));
  const controls = () => all(CONTROLS).filter((each) => isTabbed(each) && !each.matches(":disabled") && reach(each).length);

  const overlaps = () => {
    const faults = [];
    const written = lines().sort((one, other) => one.rect.top - other.rect.top);
    written.forEach((one, at) => {
      for (let next = at + 1; next < written.length && written[next].rect.top < one.rect.bottom; next += 1) {
        const other = written[next];
        const [across, down] = overlapOf(one.rect, other.rect);
        const isOver = across > 2 && down > 0.4 * Math.min(one.rect.height, other.rect.height);
        if (one.node !== other.node && isOver) faults.push(["overlap", place(one.holder), `it lies over ${place(other.holder)}`]);
      }
    });
    const pressed = controls().map((control) => ({ control, parts: reach(control) }));
    const boxes = pressed.map(({ parts }) => parts.flatMap((part) => [...part.getClientRects()]));
    pressed.forEach(({ control, parts }, at) => {
      for (let next = at + 1; next < pressed.length; next += 1) {
        const other = pressed[next];
        if (parts.some((part) => other.parts.some((each) => part.contains(each) || each.contains(part)))) continue;
        const isOver = boxes[at].some((box) => boxes[next].some((each) => overlapOf(box, each).every((size) => size > 2)));
        if (isOver) faults.push(["overlap", place(control), `it lies over ${place(other.control)}`]);
      }
      for (const { holder, rect } of written) {
        if (parts.some((part) => part.contains(holder) || holder.contains(part))) continue;
        const hides = (part) => parse(getComputedStyle(part).backgroundColor)[3] > 0 && overlapOf(part.getBoundingClientRect(), rect).every((size) => size > 2);
        if (parts.some(hides)) faults.push(["overlap", place(control), `it lies over the text of ${place(holder)}`]);
      }
    });
    return faults;
  };

  // A link in a sentence is as high as its line (WCAG 2.5.5, "inline"): its block holds words that are not its own.
  const isInSentence = (control) => {
    if (getComputedStyle(control).display !== "inline") return false;
    let block = control.parentElement;
    while (/^inline|contents/.test(getComputedStyle(block).display)) block = block.parentElement;
    return block.innerText.trim().length > control.innerText.trim().length;
  };

  /** Targets that a thumb misses. The parts of the body figure are no controls: they stand a second time for the boxes
      beside them, which are measured here, and nobody but a pointer meets them. */
  const targets = () =>
    controls().flatMap((control) => {
      if (isInSentence(control)) return [];
      const { left, top, right, bottom } = around(reach(control).map((part) => part.getBoundingClientRect()));
      const isLarge = right - left >= LEAST_TARGET - 0.5 && bottom - top >= LEAST_TARGET - 0.5;
      return isLarge ? [] : [["target", place(control), `${Math.round(right - left)} × ${Math.round(bottom - top)} px`]];
    });

  // The focus ---------------------------------------------------------------------------------------------------------

  const outline = (element) => {
    const { outlineStyle, outlineWidth, outlineColor, outlineOffset } = getComputedStyle(element);
    return { style: outlineStyle, width: parseFloat(outlineWidth), colour: outlineColor, offset: parseFloat(outlineOffset) };
  };
  const isDrawn = (element) => {
    const { style, width, colour } = outline(element);
    return style !== "none" && width >= 2 && parse(colour)[3] > 0 && isSeen(element) && opacity(element) > 0.99;
  };
  /** Whether a box around cuts a side of the ring off. A box that scrolls brings it into view with its element. */
  const isRingCut = (element) => {
    const { width, offset } = outline(element);
    const box = element.getBoundingClientRect();
    const far = width + offset - 1;
    if (box.left - far < 0 || box.right + far > innerWidth) return true;
    for (let each = element.parentElement; each && each !== document.body; each = each.parentElement) {
      const style = getComputedStyle(each);
      const edge = each.getBoundingClientRect();
      const across = style.overflowX !== "visible" && (box.left - far < edge.left || box.right + far > edge.right);
      const down = /hidden|clip/.test(style.overflowY) && (box.top - far < edge.top || box.bottom + far > edge.bottom);
      if (across || down) return true;
    }
    return false;
  };

  /** The ring of what has the focus now. */
  const ring = (focused) => {
    const drawn = reach(focused).filter(isDrawn);
    if (!drawn.length) return [["ring", place(focused), "no ring is drawn"]];
    const told = drawn.flatMap((element) => {
      const { colour, offset } = outline(element);
      // A ring inside the edge lies on the element's own ground, and one outside on that of what is around.
      const found = least(parse(colour), grounds(offset < 0 ? element : element.parentElement));
      if (found < LEAST_CONTRAST) return [`the ring has a contrast of ${found.toFixed(2)}`];
      return isRingCut(element) ? ["the ring is cut off"] : [];
    });
    return told.length < drawn.length ? [] : [["ring", place(focused), told[0]]];
  };

  /** The ring of each control, one after the other. A key must have been pressed, or the browser draws none. */
  const rings = () => {
    const before = document.activeElement;
    const faults = controls().flatMap((control) => {
      const resting = reach(control).filter(isDrawn).length;
      if (control !== before && resting) return [["ring", place(control), "it is there without the focus"]];
      control.focus({ preventScroll: true });
      return document.activeElement === control ? ring(control) : [["ring", place(control), "it can't take the focus"]];
    });
    if (before && before !== document.body) before.focus({ preventScroll: true });
    else document.activeElement?.blur();
    return faults;
  };

  // What is said ------------------------------------------------------------------------------------------------------

  const language = (code, direction) => {
    const { lang } = document.documentElement;
    const faults = lang === code ? [] : [["language", "the page", `its language is ${JSON.stringify(lang)}, not ${code}`]];
    const way = getComputedStyle(document.body).direction;
    return way === direction ? faults : [...faults, ["direction", "the page", `its direction is ${way}, not ${direction}`]];
  };

  /** Without this line phones show a page as wide as a desktop's, and very small; nobody may keep them from zooming. */
  const viewport = () => {
    const { content = "" } = document.querySelector("meta[name=viewport]") ?? {};
    const isFree = /width=device-width/.test(content) && !/user-scalable|maximum-scale/.test(content);
    return isFree || self !== top ? [] : [["viewport", "the page", `for phones it says ${JSON.stringify(content)}`]];
  };

  const headings = () => {
    const firsts = [...document.querySelectorAll("h1, [role=heading][aria-level='1']")].filter(
      (each) => isSeen(each) && !each.closest("[aria-hidden=true]") && (each.getAttribute("aria-level") ?? "1") === "1",
    );
    return firsts.length === 1 ? [] : [["one-h1", firsts.map(place).join(", ") || "the page", `there are ${firsts.length}`]];
  };

  const ids = () => {
    const seen = new Set();
    return [...document.querySelectorAll("[id]")].filter(({ id }) => seen.size === seen.add(id).size).map((each) => ["duplicate-id", place(each), "its id is another's too"]);
  };

  const references = () =>
    all("[aria-describedby], [aria-labelledby], [aria-controls], label[for]").flatMap((each) =>
      ["aria-describedby", "aria-labelledby", "aria-controls", "for"]
        .flatMap((name) => (each.getAttribute(name) ?? "").split(/\s+/).filter(Boolean))
        .filter((id) => !document.getElementById(id))
        .map(() => ["reference", place(each), "it names an element that is not there"]),
    );

  /** What is chosen must differ from what is not by a shape, or by lightness: never by hue alone, nor by a colour that
      the reader's system replaces. */
  const chosen = () => {
    const tells = (input) => {
      const style = getComputedStyle(input);
      // The browser's own mark, in a box that is seen.
      return isSeen(input) && opacity(input) > 0.99 && style.appearance !== "none" && input.getBoundingClientRect().width >= 13;
    };
    const shape = (label) => {
      const { borderTopWidth, borderTopStyle, outlineStyle, outlineWidth, fontWeight, textDecorationLine } = getComputedStyle(label);
      return [borderTopWidth, borderTopStyle, outlineStyle, outlineStyle === "none" ? "" : outlineWidth, fontWeight, textDecorationLine].join();
    };
    return all("input:checked").flatMap((input) => {
      const other = all(`input[type=${input.type}]:not(:checked)`).find((each) => each.name === input.name && each !== document.activeElement);
      const [label, resting] = [input.labels[0], other?.labels[0]];
      if (tells(input) || !label || !resting) return [];
      const isLighter = contrast(grounds(label)[0], grounds(resting)[0]) >= LEAST_CONTRAST;
      return isLighter || shape(label) !== shape(resting) ? [] : [["chosen", place(input), "nothing but a colour tells that it is chosen"]];
    });
  };

  /** What each kind of state has promised somebody who does not see it. */
  const promises = (state) => {
    const faults = [];
    const promise = (holds, where, says) => holds || faults.push(["promise", where, says]);
    const said = (element) => !!element && isSeen(element) && element.innerText.trim() !== "";
    const describes = (id) => said(document.getElementById(id)) && !!document.getElementById(id).closest(".error");
    if (state.startsWith("error-")) {
      const asked = all("fieldset[data-question]").filter((each) => each.querySelector(".error"));
      const summary = document.querySelector(".errors");
      promise(asked.length > 0, "the screen", "no question says that it is not answered");
      promise(said(summary) && summary.contains(document.activeElement), "the errors", "they have not got the focus");
      for (const each of asked) {
        const ids = (each.getAttribute("aria-describedby") ?? "").split(/\s+/);
        promise(ids.some(describes), place(each), "its error does not describe it");
      }
    }
    if (state.startsWith("outcome-emergency")) {
      promise(said(document.querySelector("[data-outcome] [role=alert] h1")?.closest("[role=alert]")), "the outcome", "it is no alert");
    }
    if (state === "outcome-saved") promise(all("[role=status]").some(said), "the outcome", "no status says that it was saved");
    if (state === "opening-erased") {
      const { activeElement } = document;
      promise(said(activeElement) && activeElement.matches(".erased"), "the opening", "the word that all is erased has not got the focus");
    }
    if (state === "idle") {
      const dialog = document.querySelector("dialog:modal");
      promise(!!dialog?.contains(document.activeElement), "the dialog", "it is not modal or has not got the focus");
    }
    return faults;
  };

  /** Everything that hangs on the way a page is shown. */
  const shown = () => [...wide(), ...cut(), ...overlaps(), ...targets(), ...chosen(), ...rings()];
  /** Everything that does not. */
  const told = (state, code, direction) => [...language(code, direction), ...viewport(), ...headings(), ...ids(), ...references(), ...promises(state)];

  return { shown, told, controls, isSeen, reach, opacity, place, ring, scope, parse, least, path, looks };
})();
