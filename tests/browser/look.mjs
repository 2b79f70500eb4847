// Questions to a page. Each function runs in the page and returns its problems as sentences.

// What a reader would trip over.
export function look() {
  const problems = [], root = document.documentElement;
  if (root.scrollWidth > root.clientWidth + 1) {
    const inside = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (/auto|scroll|hidden|clip/.test(getComputedStyle(p).overflowX) && p !== document.body && p !== root) return true; return false; };
    const wide = [...document.querySelectorAll("body *")].find((e) => e.getBoundingClientRect().right > root.clientWidth + 1 && !inside(e));
    problems.push(`the page scrolls sideways: ${root.scrollWidth} px wide${wide ? `, first <${wide.tagName.toLowerCase()} class="${wide.getAttribute("class") || ""}"> ${wide.textContent.trim().slice(0, 30)}` : ""}`);
  }
  const ids = new Set();
  for (const e of document.querySelectorAll("[id]")) { if (ids.has(e.id)) problems.push(`id twice: ${e.id}`); ids.add(e.id); }
  for (const e of document.querySelectorAll("[aria-labelledby], [aria-describedby], [aria-controls], label[for], [headers], [list]"))
    for (const name of ["aria-labelledby", "aria-describedby", "aria-controls", "for", "headers", "list"])
      for (const id of (e.getAttribute(name) || "").split(/\s+/)) if (id && !ids.has(id)) problems.push(`${name}="${id}" leads nowhere`);
  if (document.querySelectorAll("h1").length !== 1) problems.push("not one h1");
  if (!root.lang) problems.push("no lang");
  if (!document.title.trim()) problems.push("no title");
  for (const img of document.images) if (!img.complete || !img.naturalWidth) problems.push(`a picture does not load: ${img.src}`);
  const policy = document.querySelector('meta[http-equiv="Content-Security-Policy"]')?.content || "";
  if (!/default-src 'none'/.test(policy) || /unsafe-(inline|eval)/.test(policy)) problems.push(`the Content-Security-Policy is not strict: ${policy}`);
  return problems;
}

// WCAG 2.2 contrast (1.4.3) of each text against what is painted behind it, also in SVG.
export function contrast() {
  const problems = new Set();
  const parse = (text) => {
    const numbers = text.match(/[\d.]+(?:e-?\d+)?/g)?.map(Number);
    if (!numbers || text === "none") return null;
    const scale = text.startsWith("color(") ? 255 : 1;
    return { r: numbers[0] * scale, g: numbers[1] * scale, b: numbers[2] * scale, a: numbers.length > 3 ? numbers[3] : 1 };
  };
  const over = (a, b) => ({ r: a.r * a.a + b.r * (1 - a.a), g: a.g * a.a + b.g * (1 - a.a), b: a.b * a.a + b.b * (1 - a.a), a: 1 });
  const linear = (v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
  const luminance = (c) => 0.2126 * linear(c.r) + 0.7152 * linear(c.g) + 0.0722 * linear(c.b);
  const canvas = matchMedia("(prefers-color-scheme: dark)").matches ? { r: 18, g: 18, b: 18, a: 1 } : { r: 255, g: 255, b: 255, a: 1 };
  const behind = (e) => {
    const layers = [];
    for (; e; e = e.parentElement) {
      const c = e instanceof SVGElement && !(e instanceof SVGSVGElement) ? null : parse(getComputedStyle(e).backgroundColor);
      if (c && c.a > 0) layers.push(c);
      if (c?.a === 1) break;
    }
    return layers.reverse().reduce((c, layer) => over(layer, c), canvas);
  };
  const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let count = 0; walk.nextNode() && count < 6000; count++) {
    const e = walk.currentNode.parentElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
    if (!walk.currentNode.data.trim() || style.visibility === "hidden" || !e.getClientRects().length || (box.width <= 1 && box.height <= 1)) continue;
    if (e.closest("script, style, [aria-hidden=true], [hidden], title, desc, option, :disabled")) continue;
    if (e.closest(".skip") && !e.closest(".skip").matches(":focus")) continue;
    const colour = parse(e instanceof SVGElement ? style.fill : style.color);
    if (!colour) continue;
    colour.a *= [...(function* () { for (let p = e; p; p = p.parentElement) yield Number(getComputedStyle(p).opacity); })()].reduce((a, b) => a * b, 1);
    const back = behind(e), front = over(colour, back), l1 = luminance(front), l2 = luminance(back);
    const ratio = (Math.max(l1, l2) + 0.05) / (Math.min(l1, l2) + 0.05), size = parseFloat(style.fontSize);
    const large = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    if (ratio < (large ? 3 : 4.5))
      problems.add(`contrast ${ratio.toFixed(2)} of <${e.tagName.toLowerCase()} class="${e.getAttribute("class") || ""}"> ${walk.currentNode.data.trim().slice(0, 30)}`);
  }
  return [...problems];
}

// axe-core, which has been evaluated before: all rules of WCAG 2.0 to 2.2 at A and AA, best practices and those still called experimental.
export async function axeViolations() {
  const { violations } = await axe.run(document, {
    resultTypes: ["violations"],
    preload: false, // would fetch style sheets, which file: forbids; only needed for rules on sheets of other origins
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice", "experimental"],
    rules: { "target-size": { enabled: true } },
  });
  return violations.flatMap((v) => v.nodes.slice(0, 3).map((node) => `axe ${v.id}: ${v.help}: ${node.target.join(" ")} ${node.html.slice(0, 120)}`));
}

// The links, and the anchors that links may lead to.
export function links() {
  return [...document.querySelectorAll("a[href], link[href], script[src], img[src], image[href], use[href]")].map((e) => new URL(e.getAttribute("href") ?? e.getAttribute("src"), document.baseURI).href);
}
export function anchors() {
  return [...document.querySelectorAll("[id]")].map((e) => e.id);
}

// What the page says, without what scripts add to use it: to be the same with and without scripts.
export function content() {
  return [...document.querySelectorAll("main :is(h1, h2, h3, th, td, dt, dd, caption, figcaption, pre, svg text)")].map((e) => {
    const copy = e.cloneNode(true);
    for (const control of copy.querySelectorAll("button, input, select, label, :not(caption *)[role=status]")) control.replaceWith(...(control.matches("button") ? control.childNodes : []));
    return `${e.tagName.toLowerCase()}: ${copy.textContent.replace(/\s+/g, " ").trim()}`;
  });
}
// Without scripts: what could not be used must not be there.
export function deadControls() {
  return [...document.querySelectorAll("button, input, select, textarea, [role=button]")].filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .map((e) => `without scripts <${e.tagName.toLowerCase()}> is there and does nothing: ${e.textContent.trim().slice(0, 30)}`);
}
