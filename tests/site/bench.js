// Notes when all formulas of a page stand, and how far things have jumped.
// A formula stands when it has been drawn, with the fonts that it needs.
() => {
  const count = (selector) => document.querySelectorAll(selector).length
  window.bench = { shift: 0 }
  new PerformanceObserver((list) => {
    for (const each of list.getEntries()) bench.shift += each.value
  }).observe({ type: "layout-shift", buffered: true })
  requestAnimationFrame(function look() {
    const set = ".arithmatex > :is(svg, mjx-container)"
    if (
      document.readyState !== "loading" &&
      document.fonts.status === "loaded" &&
      count(set) === count(".arithmatex") &&
      performance.getEntriesByName("first-contentful-paint").length
    ) {
      bench.formulas = performance.now()
    } else requestAnimationFrame(look)
  })
}
