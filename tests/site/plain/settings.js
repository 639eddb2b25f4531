window.MathJax = {
  tex: { inlineMath: [["\\(", "\\)"]], displayMath: [["\\[", "\\]"]] },
  options: { ignoreHtmlClass: ".*|", processHtmlClass: "arithmatex" },
  output: { fontPath: "/mathjax/font" },
}
document$.subscribe(() => {
  MathJax.startup.output?.clearCache()
  MathJax.typesetClear?.()
  MathJax.texReset?.()
  MathJax.typesetPromise?.()
})
