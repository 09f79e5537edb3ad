// Copying a snippet. Where the clipboard is refused, the text is selected, and the keyboard does the rest.

const selectAll = (area) => {
  area.focus();
  area.select();
};

const copied = async (area) => {
  try {
    await navigator.clipboard.writeText(area.value);
    return true;
  } catch {
    // There is no clipboard on pages that came by plain http, or it may not be used. The older way needs a selection.
    selectAll(area);
    return document.execCommand("copy");
  }
};

/** Copies a text and says what came of it. */
export const copy = async (area, said) => {
  said.textContent = "";
  if (await copied(area)) {
    said.textContent = "Copied.";
  } else {
    selectAll(area);
    said.textContent = "The browser did not copy it. The text is selected: press Ctrl and C, on a Mac ⌘ and C.";
  }
};
