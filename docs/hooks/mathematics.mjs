// Sets formulas for mathematics.py: a line of JSON in, a line of JSON out.
//
// The outlines of the glyphs are handed over apart: a page holds each once.
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
  const outlines = plain(svg).matchAll(/ id="([^"]+)" d="([^"]*)"/g)
  const get = (name) => dom.getAttribute(svg, name)
  if (!get("viewBox")) throw new Error("\\tag numbers no formula here")
  const size = `width:${get("width")};height:${get("height")}`
  return {
    svg:
      `<svg viewBox="${get("viewBox")}" aria-hidden="true" ` +
      `style="${get("style") ?? ""}${size}">` +
      `<g transform="scale(1,-1)">${plain(dom.childNodes(svg).at(-1))}</g></svg>`,
    glyphs: Object.fromEntries([...outlines].map(([, ...pair]) => pair)),
    mathml: (await tex2mmlPromise(tex, { display }))
      .replace(/ (?:xmlns|data-[a-z-]+)="[^"]*"/g, "")
      .replace(/>\s+</g, "><")
      .replace(/&#x([0-9A-F]+);/g, (_, code) =>
        String.fromCodePoint(parseInt(code, 16)),
      ),
  }
}

// Returns what a node of MathJax holds, without its notes, and without the
// number of the formula in the names of its glyphs.
function plain(node) {
  return dom
    .innerHTML(node)
    .replace(/ data-[a-z-]+="[^"]*"/g, "")
    .replace(/(?<=[#"])MJX-\d+-NCM-/g, "")
}
