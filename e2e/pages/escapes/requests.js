kind("requests", {
  fetch: { engine: absent("fetch"), run: (url) => fetch(url, { mode: "no-cors" }).then(() => false) },
  fetchLater: {
    engine: absent("fetchLater"),
    run: (url) => (fetchLater(url, { activateAfter: 0 }), arrival()),
  },
  XMLHttpRequest: {
    engine: absent("XMLHttpRequest"),
    run: (url) =>
      new Promise((resolve) => {
        const request = Object.assign(new XMLHttpRequest(), { onloadend: () => resolve(false) });
        request.open("GET", url);
        request.send();
      }),
  },
  WebSocket: {
    engine: absent("WebSocket"),
    run: (url) =>
      new Promise((resolve) => {
        new WebSocket(url.replace("http", "ws")).onclose = () => resolve(false);
      }),
  },
  EventSource: {
    engine: absent("EventSource"),
    run: (url) =>
      new Promise((resolve) => {
        const events = new EventSource(url);
        events.onerror = () => (events.close(), resolve(false));
      }),
  },
  sendBeacon: { engine: absent("sendBeacon"), run: (url) => (navigator.sendBeacon(url) ? arrival() : false) },
  WebTransport: {
    engine: absent("WebTransport"),
    run: () => new WebTransport(DATAGRAMS.replace("udp", "https")).ready.then(() => true),
  },
  RTCPeerConnection: {
    engine: absent("RTCPeerConnection"),
    // Two ends in one document find each other through the network.
    run: async () => {
      const [one, other] = [new RTCPeerConnection(), new RTCPeerConnection()];
      one.onicecandidate = ({ candidate }) => candidate && other.addIceCandidate(candidate);
      other.onicecandidate = ({ candidate }) => candidate && one.addIceCandidate(candidate);
      const opened = new Promise((resolve) => (one.createDataChannel("leak").onopen = () => resolve(true)));
      await one.setLocalDescription(await one.createOffer());
      await other.setRemoteDescription(one.localDescription);
      await other.setLocalDescription(await other.createAnswer());
      await one.setRemoteDescription(other.localDescription);
      return opened;
    },
  },
  "IdentityCredential.disconnect": {
    engine: absent("IdentityCredential"),
    run: (url) => IdentityCredential.disconnect({ configURL: url, clientId: "1", accountHint: "1" }).then(() => true),
  },
  PaymentRequest: {
    engine: absent("PaymentRequest"),
    run: (url) => {
      const total = { label: "x", amount: { currency: "EUR", value: "1" } };
      return new PaymentRequest([{ supportedMethods: url }], { total }).canMakePayment().then(() => false);
    },
  },
});

const blob = (text) => URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
const asking = (url) => blob(`fetch(${JSON.stringify(url)}, {mode: "no-cors"}).finally(() => (self.postMessage ?? (() => {}))(""))`);

kind("workers", {
  Worker: {
    engine: absent("Worker"),
    violates: "worker-src blob",
    run: (url) =>
      new Promise((resolve) => {
        const worker = new Worker(asking(url));
        worker.onerror = worker.onmessage = () => resolve(false);
      }),
  },
  SharedWorker: {
    engine: absent("SharedWorker"),
    violates: "worker-src blob",
    run: (url) =>
      new Promise((resolve) => {
        const text = `onconnect = ({ports}) => fetch(${JSON.stringify(url)}, {mode: "no-cors"}).finally(() => ports[0].postMessage(""))`;
        const worker = new SharedWorker(blob(text));
        worker.onerror = worker.port.onmessage = () => resolve(false);
      }),
  },
  "service worker": {
    engine: absent("serviceWorker"),
    run: () => navigator.serviceWorker.register("worker.js").then(() => true),
  },
  "audio worklet": {
    engine: absent("AudioContext"),
    run: (url) => new OfflineAudioContext(1, 1, 8000).audioWorklet.addModule(url).then(() => false),
  },
  "paint worklet": {
    engine: absent("paintWorklet"),
    run: (url) => CSS.paintWorklet.addModule(url).then(() => false),
  },
});

kind("code", {
  "import()": { engine: syntax("import"), run: (url) => import(url).then(() => false) },
  eval: { engine: absent("eval"), run: () => (0, eval)("true") },
  Function: { engine: absent("Function"), run: () => new Function("return true")() },
  "setTimeout with text": {
    engine: (glue) => glue.timer("") !== undefined,
    violates: "script-src eval",
    run: () =>
      new Promise((resolve) => {
        window.tell = () => resolve(true);
        setTimeout("tell()");
      }),
  },
  "javascript: address": {
    engine: attribute("a", "href", "javascript:tell()"),
    violates: "script-src-elem inline",
    run: () =>
      isWithin(() => window.ran === "address", () => (location = "javascript:void (ran = 'address')")),
  },
});
