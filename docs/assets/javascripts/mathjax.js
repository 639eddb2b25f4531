// Settings of MathJax, which is served from this site.
window.MathJax = {
  tex: {
    inlineMath: [["\\(", "\\)"]],
    displayMath: [["\\[", "\\]"]],
    processEscapes: true,
  },
  options: {
    // Only these settings turn speech and enrichment off; with them a page
    // takes four times as long. Screen readers get MathML instead.
    menuOptions: {
      settings: {
        assistiveMml: true,
        braille: false,
        collapsible: false,
        enrich: false,
        speech: false,
      },
    },
  },
  output: {
    fontPath: new URL("../mathjax/font", document.currentScript.src).href,
  },
  startup: { elements: [".arithmatex, .jp-RenderedMarkdown"] },
}

// The theme emits the first page too, which MathJax's own start typesets: a
// second run at the same time would break the layout of fractions.
let isFirstPage = true
document$.subscribe(() => {
  if (isFirstPage) {
    isFirstPage = false
    return
  }
  MathJax.startup.promise = MathJax.startup.promise.then(() => {
    MathJax.typesetClear()
    MathJax.texReset()
    return MathJax.typesetPromise([".arithmatex, .jp-RenderedMarkdown"])
  })
})
