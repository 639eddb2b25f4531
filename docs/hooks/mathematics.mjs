// Sets formulas for typeset.py: a line of JSON in, a line of JSON out.
//
// MathJax draws a formula as a tree of groups, each with its transformation.
// Here it becomes a flat list: each glyph with its place, in thousandths of an
// em. The outlines of the glyphs are handed over apart: a page holds each once.
import { createRequire } from "node:module"
import { createInterface } from "node:readline"

const MathJax = createRequire(import.meta.url)("mathjax")
await MathJax.init({
  loader: {
    load: ["input/tex", "output/svg", "adaptors/liteDOM"],
    paths: { "mathjax-newcm": "@mathjax/mathjax-newcm-font" },
  },
  // A formula means the same wherever it stands: none defines anything, and
  // what cannot be set is an error.
  tex: {
    packages: { "[-]": ["newcommand", "noerrors", "noundefined", "require"] },
    autoload: { newcommand: [] },
    formatError: (_, error) => {
      throw error
    },
  },
  svg: { fontCache: "local", linebreaks: { inline: false } },
})
// The transformations of most groups: a place, a size, or both.
const PLACE = /^(?:translate\(([^,]+),([^)]+)\))? ?(?:scale\(([^,)]+)\))?$/
const { adaptor: dom, input } = globalThis.MathJax.startup
const { tex2mmlPromise, tex2svgPromise } = globalThis.MathJax

// Fractions in the rows of aligned equations would nearly touch.
input[0].postFilters.add(({ data }) => {
  data.root.walkTree((node) => {
    if (node.isKind("mtable") && node.attributes.get("displaystyle")) {
      node.attributes.set("rowspacing", "0.5em")
    }
  })
})

for await (const line of createInterface({ input: process.stdin })) {
  const { tex, display } = JSON.parse(line)
  const answer = await set(tex, display).catch((error) => ({
    error: error.message,
  }))
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}

async function set(tex, display) {
  const container = await tex2svgPromise(tex, { display })
  const svg = dom.tags(container, "svg")[0]
  const drawing = dom.childNodes(svg).at(-1)
  const get = (name) => dom.getAttribute(svg, name)
  if (!get("viewBox")) throw new Error("\\tag numbers no formula here")
  const depth = get("style")?.match(/vertical-align: (-?[\d.]+ex)/)?.[1] ?? 0
  return {
    svg:
      `<svg viewBox="${get("viewBox").split(" ").map(Math.round).join(" ")}" ` +
      `style="width:${get("width")};height:${get("height")};` +
      `vertical-align:${depth}" aria-hidden="true">` +
      `<g transform="scale(1,-1)">${flat(dom.childNodes(drawing))}</g></svg>`,
    glyphs: Object.fromEntries(
      dom
        .tags(svg, "path")
        .filter((path) => dom.getAttribute(path, "id"))
        .map((path) => [
          short(dom.getAttribute(path, "id")),
          dom.getAttribute(path, "d"),
        ]),
    ),
    mathml: (await tex2mmlPromise(tex, { display }))
      .replace(/ (?:xmlns|data-[a-z-]+)="[^"]*"/g, "")
      .replace(/>\s+</g, "><")
      .replace(/&#x([0-9A-F]+);/g, (_, code) =>
        String.fromCodePoint(parseInt(code, 16)),
      ),
  }
}

// Return what nodes of MathJax draw: groups that only move and scale what
// they hold are gone, and each leaf knows its own place.
function flat(nodes, x = 0, y = 0, scale = 1) {
  return nodes.map((node) => drawn(node, x, y, scale)).join("")
}

function drawn(node, x, y, scale) {
  const kind = dom.kind(node)
  if (kind === "#text") return escaped(dom.value(node))
  const { transform = "", ...rest } = attributes(node)
  const match = transform.match(PLACE)
  if (kind === "g" && match && !Object.keys(rest).length) {
    const [, dx = 0, dy = 0, factor = 1] = match
    return flat(
      dom.childNodes(node),
      x + scale * dx,
      y + scale * dy,
      scale * factor,
    )
  }
  const place = [
    x || y ? `translate(${Math.round(x)},${Math.round(y)})` : "",
    scale === 1 ? "" : `scale(${+scale.toFixed(3)})`,
    transform,
  ].join("")
  const shown = Object.entries(rest)
    .map(([name, value]) => ` ${name}="${escaped(value)}"`)
    .join("")
  const moved = place && ` transform="${place}"`
  const inside = `>${flat(dom.childNodes(node))}</${kind}>`
  return kind === "svg" && place  // which takes no transformation
    ? `<g${moved}><svg${shown}${inside}</g>`
    : `<${kind}${shown}${moved}${inside}`
}

// The theme would make an address of `href`; it leaves `xlink:href` alone.
function attributes(node) {
  return Object.fromEntries(
    dom
      .allAttributes(node)
      .filter(({ name }) => !name.startsWith("data-"))
      .map(({ name, value }) =>
        name === "xlink:href"
          ? [name, `#${short(value.slice(1))}`]
          : [name, value],
      ),
  )
}

function escaped(text) {
  return text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`)
}

// MathJax numbers the formulas in the names of their glyphs.
function short(id) {
  return id.replace(/^MJX-\d+-NCM-/, "")
}
