const stored = async (write, read) => (await write(), (await read()) === "leak");
kind("storage", {
  "document.cookie": {
    engine: absent("cookie"),
    run: () => ((document.cookie = "leak=1"), document.cookie.includes("leak=1")),
  },
  localStorage: {
    engine: absent("localStorage"),
    run: () => stored(() => localStorage.setItem("a", "leak"), () => localStorage.getItem("a")),
  },
  sessionStorage: {
    engine: absent("sessionStorage"),
    run: () => stored(() => sessionStorage.setItem("a", "leak"), () => sessionStorage.getItem("a")),
  },
  indexedDB: {
    engine: absent("indexedDB"),
    run: () =>
      new Promise((resolve, reject) => {
        const opening = indexedDB.open("leak");
        opening.onsuccess = () => resolve(true);
        opening.onerror = () => reject(opening.error);
      }),
  },
  caches: { engine: absent("caches"), run: () => caches.open("leak").then(() => true) },
  cookieStore: {
    engine: absent("cookieStore"),
    run: () => stored(() => cookieStore.set("b", "leak"), async () => (await cookieStore.get("b"))?.value),
  },
  "window.name": { engine: absent("name"), run: () => ((self.name = "leak"), self.name === "leak") },
});

kind("signals to the page around", {
  "parent.postMessage": {
    engine: absent("parent"),
    run: (url) => (parent.postMessage({ leak: url }, "*"), arrival()),
  },
  "top.postMessage": { engine: absent("postMessage"), run: (url) => (top.postMessage({ leak: url }, "*"), arrival()) },
  "event.source.postMessage": {
    engine: absent("source"),
    run: (url) =>
      new Promise((resolve, reject) => {
        const answer = ({ source }) => {
          try {
            source.postMessage({ leak: url }, "*");
          } catch (error) {
            reject(error);
          }
        };
        addEventListener("message", answer, { once: true });
      }),
  },
  BroadcastChannel: {
    engine: absent("BroadcastChannel"),
    // The one in this document hears it after the one of the page around.
    run: async (url) => {
      const [from, own] = [new BroadcastChannel("leak"), new BroadcastChannel("leak")];
      const heard = new Promise((resolve) => (own.onmessage = resolve));
      from.postMessage(url);
      await heard;
      await seen();
    },
  },
  "history.pushState": { engine: absent("pushState"), run: () => isSeen(() => history.pushState("", "", "#leak")) },
  "location.hash": { engine: absent("hash"), run: () => isSeen(() => (location.hash = "another")) },
  "focus taken from the page around": {
    fresh: true,
    engine: focused,
    run: () => isSeen(() => shown(make("button")).focus()),
  },
  "scrolling the page around": {
    fresh: true,
    engine: absent("scrollIntoView"),
    run: () => isSeen(() => shown(make("p", { textContent: "leak" })).scrollIntoView()),
  },
  "document.title": { engine: absent("title"), run: () => ((document.title = "leak"), document.title === "leak") },
});

kind("the device", {
  clipboard: { press: true, engine: absent("clipboard"), run: () => navigator.clipboard.writeText("leak").then(() => true) },
  speechSynthesis: {
    engine: absent("speechSynthesis"),
    run: () => (speechSynthesis.speak(new SpeechSynthesisUtterance("leak")), speechSynthesis.pending || speechSynthesis.speaking),
  },
  Notification: {
    press: true,
    engine: absent("Notification"),
    run: () => Notification.requestPermission().then((answer) => answer === "granted"),
  },
  "navigator.share": { press: true, engine: absent("share"), run: () => navigator.share({ title: "leak" }).then(() => true) },
  "navigator.credentials": {
    engine: absent("credentials"),
    run: () => navigator.credentials.preventSilentAccess().then(() => true),
  },
  "full screen": {
    press: true,
    engine: absent("requestFullscreen"),
    run: () => document.documentElement.requestFullscreen().then(() => true),
  },
});
