import type { ParsCheckElement } from "pars-check";
import { useCallback, useState } from "react";

const SETTINGS = [
  { clinic: "Clinic One", tel: "+1 555 010 0101", height: "600px" },
  { clinic: "Clinic Two", tel: undefined, height: "600px" },
  { clinic: "Clinic Three", tel: "+1 555 010 0103", height: "500px" },
];

type Hear = (what: string) => void;

function Check({ id, step, isHidden, count, hear }: { id: string; step: number; isHidden: boolean; count: number; hear: Hear }) {
  const listenByHand = useCallback(
    (element: ParsCheckElement) => {
      const listener = () => hear(`${id} ready, by hand`);
      element.addEventListener("ready", listener);
      return () => element.removeEventListener("ready", listener);
    },
    [id, hear],
  );
  const { clinic, tel, height } = SETTINGS[step % SETTINGS.length]!;
  return (
    <pars-check
      id={id}
      ref={listenByHand}
      contact="/contact.html"
      clinic={clinic}
      tel={tel}
      emergency={112}
      height={height}
      hidden={isHidden}
      onready={() => hear(`${id} ready`)}
      onstarted={() => hear(`${id} started`)}
    >
      <p className="fallback">
        <a href="/contact.html">Contact us</a> {count}
      </p>
    </pars-check>
  );
}

export function App() {
  const [order, setOrder] = useState(["one", "two"]);
  const [isShown, setShown] = useState(true);
  const [isHidden, setHidden] = useState(false);
  const [step, setStep] = useState(0);
  const [count, setCount] = useState(0);
  const [heard, setHeard] = useState<string[]>([]);
  const hear = useCallback((what: string) => setHeard((before) => [...before, what]), []);
  return (
    <>
      <button id="show" onClick={() => setShown(!isShown)}>Show or not</button>
      <button id="hide" onClick={() => setHidden(!isHidden)}>Hide or not</button>
      <button id="step" onClick={() => setStep(step + 1)}>Other settings</button>
      <button id="count" onClick={() => setCount(count + 1)}>Count</button>
      <button id="swap" onClick={() => setOrder([...order].reverse())}>Swap</button>
      {isShown && (
        <ul>
          {order.map((id) => (
            <li key={id}>
              <Check id={id} step={id === "one" ? step : 0} isHidden={isHidden} count={count} hear={hear} />
            </li>
          ))}
        </ul>
      )}
      <ol id="heard">
        {heard.map((what, index) => (
          <li key={index}>{what}</li>
        ))}
      </ol>
    </>
  );
}
