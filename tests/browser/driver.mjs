// A little of the WebDriver protocol, enough to open pages in headless Chromium and ask them questions. No packages: node's own fetch.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const FLAGS = ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars"];

export async function open() {
  const profile = mkdtempSync(join(tmpdir(), "brainboard-chromium-"));
  const driver = spawn("chromedriver", ["--port=0"], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise((resolve, reject) => {
    let text = "";
    driver.on("error", reject);
    driver.on("exit", () => reject(new Error("chromedriver ended: " + text)));
    driver.stdout.on("data", (data) => {
      text += data;
      const found = /successfully on port (\d+)/.exec(text);
      if (found) resolve(found[1]);
    });
  });
  const call = async (method, path, body) => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await answer.json();
    if (value && value.error) throw new Error(`${value.error}: ${value.message.split("\n").slice(0, 3).join(" ")}`);
    return value;
  };
  const session = await call("POST", "/session", {
    capabilities: { alwaysMatch: {
      browserName: "chrome",
      "goog:chromeOptions": { args: [...FLAGS, `--user-data-dir=${profile}`], binary: process.env.CHROMIUM || "/usr/bin/chromium" },
      "goog:loggingPrefs": { browser: "ALL", performance: "ALL" },
    } },
  });
  const path = `/session/${session.sessionId}`;
  const cdp = (cmd, params) => call("POST", `${path}/goog/cdp/execute`, { cmd, params });
  return {
    go: (url) => call("POST", `${path}/url`, { url }),
    run: (script, ...args) => call("POST", `${path}/execute/sync`, { script, args }),
    log: (type) => call("POST", `${path}/se/log`, { type }),
    view: async (width, height, dark) => {
      await cdp("Emulation.setDeviceMetricsOverride", { width, height, deviceScaleFactor: 1, mobile: width < 600 });
      await cdp("Emulation.setEmulatedMedia", { features: [{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }] });
    },
    scripts: (on) => cdp("Emulation.setScriptExecutionDisabled", { value: !on }),
    picture: async (file) => writeFileSync(file, Buffer.from((await cdp("Page.captureScreenshot", { captureBeyondViewport: true })).data, "base64")),
    close: async () => {
      await call("DELETE", path).catch(() => {});
      driver.removeAllListeners("exit");
      driver.kill();
      rmSync(profile, { recursive: true, force: true });
    },
  };
}
