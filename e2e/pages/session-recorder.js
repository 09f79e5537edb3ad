// A session recorder as a site would switch it on to see everything.
(() => {
  const recorded = (window.recorded = []);
  rrweb.record({
    emit: (event) => recorded.push(JSON.stringify(event)),
    recordAfter: "DOMContentLoaded",
    recordDOM: true,
    recordCanvas: true,
    recordCrossOriginIframes: true,
    inlineImages: true,
    inlineStylesheet: true,
    collectFonts: true,
    userTriggeredOnInput: true,
    maskAllInputs: false,
    maskInputOptions: { password: false },
    slimDOMOptions: {},
    keepIframeSrcFn: () => true,
    mousemoveWait: 0,
    checkoutEveryNms: 1000,
    sampling: { mousemove: 0, mouseInteraction: true, scroll: 0, media: 0, input: "all", canvas: "all" },
    plugins: [rrwebPluginConsoleRecord.getRecordConsolePlugin({ level: ["log", "info", "warn", "error", "debug"] })],
  });
  // Attributes stand in its records with their quotes escaped.
  window.recorderHolds = (needles) => {
    const all = recorded.join("\n");
    return needles.filter((needle) => all.includes(needle) || all.includes(JSON.stringify(needle).slice(1, -1)));
  };
})();
