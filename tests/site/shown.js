// What a page shows of its formulas.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  const isEmpty = (formula) => {
    const { width, height } = formula.querySelector("svg")
      .getBoundingClientRect()
    const isLost = ({ href }) => !document.querySelector(href.baseVal)
    const parts = [...formula.querySelectorAll("use")]
    return !width || !height || !parts.length || parts.some(isLost)
  }
  // A line that begins with the comma behind a formula.
  const isTorn = (formula) => {
    const next = formula.nextSibling
    if (next?.nodeType != Node.TEXT_NODE || /^\s/.test(next.data)) return false
    const mark = new Range()
    mark.setStart(next, 0)
    mark.setEnd(next, 1)
    const { left } = formula.querySelector("svg").getBoundingClientRect()
    return mark.getBoundingClientRect().left < left
  }
  return {
    formulas: all(".arithmatex > svg + .mathml > math").length,
    empty: all(".arithmatex").filter(isEmpty)
      .map((formula) => formula.dataset.tex),
    torn: all("span.arithmatex").filter(isTorn)
      .map((formula) => formula.dataset.tex),
    unstyled: all(".mathml")
      .filter((node) => getComputedStyle(node).position != "absolute")
      .length,
    width: document.documentElement.scrollWidth,
  }
}
