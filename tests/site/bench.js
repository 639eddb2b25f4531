// Notes when all formulas of a page stand, and how far things have jumped.
// A formula stands when it has been drawn, with the fonts that it needs.
() => {
  const bench = { shift: 0, formulas: null }
  const count = (selector) => document.querySelectorAll(selector).length
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) bench.shift += each.value
  }).observe({ type: "layout-shift", buffered: true })
  const look = () => {
    const set = ".arithmatex > :is(svg, mjx-container)"
    if (
      document.readyState !== "loading" &&
      document.fonts.status === "loaded" &&
      count(set) === count(".arithmatex") &&
      performance.getEntriesByName("first-contentful-paint").length
    ) {
      bench.formulas = performance.now()
    } else requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
  bench.scroll = async () => {
    for (let y = 0; y < document.body.scrollHeight; y += 400) {
      scrollTo(0, y)
      await new Promise((done) => setTimeout(done, 100))
    }
  }
  window.bench = bench
}
