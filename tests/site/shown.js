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
  return {
    formulas: all(".arithmatex > svg + .mathml > math").length,
    empty: all(".arithmatex").filter(isEmpty)
      .map((formula) => formula.dataset.tex),
    unstyled: all(".mathml")
      .filter((node) => getComputedStyle(node).position != "absolute")
      .length,
    width: document.documentElement.scrollWidth,
  }
}
