// The engine's text comes piece by piece, and each piece is read while the next one comes.
import { unpacker } from "./unpack.js";

/** Hands the engine's bytes on when all of them are there. */
export const whenArrived = (done, fail) => {
  const { add, end } = unpacker();
  const pieces = document.getElementsByClassName("engine");
  const take = () => {
    const [piece] = pieces;
    piece.remove(); // the text would take more memory than the engine
    return piece.textContent;
  };
  // A piece has come whole when the next one has begun. The last one is not code.
  const readSome = () => {
    while (pieces.length > 1) add(take());
  };
  let isDamaged = false;
  const calmly = (read) => () => {
    try {
      if (!isDamaged) read();
    } catch (error) {
      isDamaged = true;
      fail(error);
    }
  };
  const arrival = new MutationObserver(calmly(readSome));
  arrival.observe(document.body, { childList: true });
  const readAll = () => {
    arrival.disconnect();
    readSome();
    done(end(take()));
  };
  document.addEventListener("DOMContentLoaded", calmly(readAll));
};
