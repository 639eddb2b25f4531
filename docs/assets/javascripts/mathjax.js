// Settings of MathJax, which is served from this site.
const MATHEMATICS = [".arithmatex, .jp-RenderedMarkdown"]

window.MathJax = {
  tex: {
    // Pages have the first kind, notebooks the second.
    inlineMath: [
      ["\\(", "\\)"],
      ["$", "$"],
    ],
    displayMath: [
      ["\\[", "\\]"],
      ["$$", "$$"],
    ],
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
        inTabOrder: false,
        speech: false,
      },
    },
  },
  output: {
    fontPath: new URL("../mathjax/font", document.currentScript.src).href,
    scale: 0.95,
  },
  startup: {
    elements: MATHEMATICS,
    ready: () => {
      MathJax.startup.defaultReady()
      MathJax.startup.input[0].postFilters.add(({ data }) => {
        data.root.walkTree(spaceRows)
      })
    },
    pageReady: () => MathJax.startup.defaultPageReady().then(finish),
  },
}

// Fractions in the rows of aligned equations would nearly touch.
function spaceRows(node) {
  if (node.isKind("mtable") && node.attributes.get("displaystyle")) {
    node.attributes.set("rowspacing", "0.5em")
  }
}

function finish() {
  keepStyles()
  makeWideFocusable()
}

// Instant navigation takes from the head whatever the next page lacks. The
// rules that MathJax has added would be lost with its styles.
function keepStyles() {
  for (const style of document.head.querySelectorAll("style[id^=MJX]")) {
    style.remove = () => {}
  }
}

// An equation that is too wide scrolls: by keyboard, it needs the focus.
function makeWideFocusable() {
  for (const box of document.querySelectorAll("div.arithmatex")) {
    if (box.scrollWidth > box.clientWidth) box.tabIndex = 0
    else box.removeAttribute("tabindex")
  }
}
window.addEventListener("resize", makeWideFocusable)

// The theme emits the first page too, which MathJax's own start typesets: a
// second run at the same time would break the layout of fractions.
let isFirstPage = true
document$.subscribe(() => {
  if (isFirstPage) {
    isFirstPage = false
    return
  }
  MathJax.startup.promise = MathJax.startup.promise
    .then(() => {
      MathJax.typesetClear()
      MathJax.texReset()
      return MathJax.typesetPromise(MATHEMATICS)
    })
    .then(finish)
})
