// Headless Chromium by its own protocol (https://chromedevtools.github.io/devtools-protocol/), over a pipe: one process, any number of tabs, no packages.
// What a test evaluates is not subject to the page's Content-Security-Policy, which therefore stays on.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// Tabs in the background must be as quick as the one in front; nothing is asked of the network.
const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-default-apps", "--disable-extensions", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars",
  "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows",
  "--disable-features=Translate,OptimizationHints,MediaRouter", "--remote-debugging-pipe"];
const PATIENCE_MS = 60000;

// Messages are JSON, each ended by a NUL byte.
function connect(child) {
  const waiting = new Map(), listeners = new Map();
  let last = 0, rest = Buffer.alloc(0), broken = null;
  const fail = (why) => {
    broken = broken || new Error(why);
    for (const { reject, timer } of waiting.values()) { clearTimeout(timer); reject(broken); }
    waiting.clear();
  };
  const receive = (message) => {
    if (!message.id) {
      for (const listener of listeners.get(message.sessionId || "") || []) listener(message.method, message.params);
      return;
    }
    const call = waiting.get(message.id);
    if (!call) return;
    waiting.delete(message.id);
    clearTimeout(call.timer);
    if (message.error) call.reject(new Error(`${call.method}: ${message.error.message}`));
    else call.resolve(message.result);
  };
  child.stdio[4].on("data", (data) => {
    const parts = [];
    let from = 0;
    for (let end; (end = data.indexOf(0, from)) >= 0; from = end + 1) {
      parts.push(data.subarray(from, end));
      const whole = Buffer.concat([rest, ...parts.splice(0)]);
      rest = Buffer.alloc(0);
      receive(JSON.parse(whole.toString("utf8")));
    }
    rest = Buffer.concat([rest, data.subarray(from)]);
  });
  child.on("error", (error) => fail(`Chromium does not start: ${error.message}`));
  child.on("exit", (status, signal) => fail(`Chromium ended (${signal || status})`));
  child.stdio[3].on("error", () => fail("Chromium does not listen any more"));
  const send = (method, params = {}, sessionId) => new Promise((resolve, reject) => {
    if (broken) { reject(broken); return; }
    const id = ++last, timer = setTimeout(() => { waiting.delete(id); reject(new Error(`${method}: no answer in ${PATIENCE_MS / 1000} s`)); }, PATIENCE_MS);
    waiting.set(id, { resolve, reject, timer, method });
    child.stdio[3].write(JSON.stringify({ id, method, params, sessionId }) + "\0");
  });
  return { send, listen: (session, listener) => listeners.set(session, [...(listeners.get(session) || []), listener]), deaf: (session) => listeners.delete(session) };
}

const KEYS = {
  Enter: [13, "\r"], Tab: [9], Escape: [27], " ": [32, " "], Home: [36], End: [35], Backspace: [8],
  ArrowLeft: [37], ArrowUp: [38], ArrowRight: [39], ArrowDown: [40],
};

// A tab. `noise`: what it said on the console, errors and refused resources; `requests`: every address that it asked for; `dialogs`: what it opened.
async function newTab(pipe, contextId) {
  const { targetId } = await pipe.send("Target.createTarget", { url: "about:blank", browserContextId: contextId, newWindow: true });
  const { sessionId } = await pipe.send("Target.attachToTarget", { targetId, flatten: true });
  const cdp = (method, params) => pipe.send(method, params, sessionId);
  const tab = { cdp, noise: [], requests: [], dialogs: [], targetId };
  const loaded = new Map(), loads = new Set();
  const hear = {
    "Runtime.consoleAPICalled": (e) => tab.noise.push(`console.${e.type}: ${e.args.map((a) => a.value ?? a.description).join(" ")}`),
    "Runtime.exceptionThrown": (e) => tab.noise.push(`exception: ${(e.exceptionDetails.exception?.description || e.exceptionDetails.text).split("\n")[0]}`),
    "Log.entryAdded": (e) => tab.noise.push(`${e.entry.source}: ${e.entry.text}`),
    "Network.requestWillBeSent": (e) => { if (e.documentURL !== tab.left) tab.requests.push(e.request.url); }, // a picture in the tab may still be asked for by the page before
    "Page.javascriptDialogOpening": (e) => { tab.dialogs.push(e.message); cdp("Page.handleJavaScriptDialog", { accept: true }).catch(() => {}); },
    "Page.lifecycleEvent": (e) => {
      if (e.name !== "load") return;
      loads.add(e.loaderId);
      loaded.get(e.loaderId)?.();
    },
  };
  pipe.listen(sessionId, (method, params) => hear[method]?.(params));
  await Promise.all([cdp("Page.enable"), cdp("Runtime.enable"), cdp("Log.enable"), cdp("Network.enable"), cdp("Page.setLifecycleEventsEnabled", { enabled: true }),
    cdp("Emulation.setFocusEmulationEnabled", { enabled: true })]);

  const load = (loaderId) => new Promise((resolve, reject) => {
    if (loads.has(loaderId)) { resolve(); return; }
    const timer = setTimeout(() => reject(new Error("the page does not load")), PATIENCE_MS);
    loaded.set(loaderId, () => { clearTimeout(timer); resolve(); });
  });
  // Opens an address and waits for all of it; another fragment of the same page only scrolls.
  tab.go = async (url) => {
    if (url !== tab.at) [tab.left, tab.at] = [tab.at, url];
    const { loaderId, errorText } = await cdp("Page.navigate", { url });
    if (errorText) throw new Error(`${url}: ${errorText}`);
    if (loaderId) await load(loaderId);
  };
  // Runs a function in the page, with arguments that JSON can carry, and waits for what it returns.
  tab.run = async (what, ...args) => {
    const expression = typeof what === "function" ? `(${what})(${args.map((a) => JSON.stringify(a) ?? "undefined").join(", ")})` : what;
    const { result, exceptionDetails } = await cdp("Runtime.evaluate", { expression, awaitPromise: true, returnByValue: true, userGesture: true });
    if (exceptionDetails) throw new Error(`in the page: ${exceptionDetails.exception?.description || exceptionDetails.text}`);
    return result.value;
  };
  // Waits until a function of the page says something true; what it said last otherwise becomes an error.
  tab.until = async (what, ...args) => {
    let said;
    for (const end = Date.now() + 5000; Date.now() < end; await new Promise((resolve) => setTimeout(resolve, 25))) {
      said = await tab.run(what, ...args);
      if (said) return said;
    }
    throw new Error(`waited in vain for ${String(what).slice(0, 160)}`);
  };
  // media: {"prefers-color-scheme": "dark", "prefers-reduced-motion": "reduce", "forced-colors": "active"}; type: "print" or ""
  tab.media = (media, type = "") => cdp("Emulation.setEmulatedMedia", { media: type, features: Object.entries(media).map(([name, value]) => ({ name, value })) });
  tab.view = async (width, height, dark) => {
    await cdp("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
    await tab.media({ "prefers-color-scheme": dark ? "dark" : "light" });
  };
  tab.scripts = (on) => cdp("Emulation.setScriptExecutionDisabled", { value: !on });
  tab.key = async (name, modifiers = 0) => {
    const [code, text] = KEYS[name] || [name.toUpperCase().charCodeAt(0), name];
    const event = { key: name, code: name.length > 1 ? name : name === " " ? "Space" : `Key${name.toUpperCase()}`, windowsVirtualKeyCode: code, modifiers };
    await cdp("Input.dispatchKeyEvent", { type: text ? "keyDown" : "rawKeyDown", text, ...event });
    await cdp("Input.dispatchKeyEvent", { type: "keyUp", ...event });
  };
  tab.type = (text) => cdp("Input.insertText", { text });
  tab.press = async (x, y) => {
    for (const type of ["mouseMoved", "mousePressed", "mouseReleased"])
      await cdp("Input.dispatchMouseEvent", { type, x, y, button: type === "mouseMoved" ? "none" : "left", clickCount: type === "mouseMoved" ? 0 : 1 });
  };
  tab.picture = async (file) => writeFileSync(file, Buffer.from((await cdp("Page.captureScreenshot", { captureBeyondViewport: true })).data, "base64"));
  tab.pdf = async (options = {}) => Buffer.from((await cdp("Page.printToPDF", { printBackground: false, preferCSSPageSize: true, ...options })).data, "base64");
  tab.close = async () => {
    pipe.deaf(sessionId);
    await pipe.send("Target.closeTarget", { targetId });
  };
  return tab;
}

export async function open() {
  const profile = mkdtempSync(join(tmpdir(), "brainboard-chromium-"));
  const child = spawn(process.env.CHROMIUM || "/usr/bin/chromium", [...FLAGS, `--user-data-dir=${profile}`], { stdio: ["ignore", "ignore", "ignore", "pipe", "pipe"] });
  const pipe = connect(child);
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const { browserContextId } = await pipe.send("Target.createBrowserContext");
  return {
    tab: () => newTab(pipe, browserContextId),
    downloadsTo: (folder) => pipe.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder, browserContextId }),
    allowClipboard: () => pipe.send("Browser.grantPermissions", { permissions: ["clipboardReadWrite", "clipboardSanitizedWrite"], browserContextId }),
    close: async () => {
      await pipe.send("Browser.close").catch(() => {});
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 5000).unref())]);
      if (child.exitCode === null) child.kill("SIGKILL");
      rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
}
