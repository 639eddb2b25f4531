// What formulas need besides being shown: nothing of this shows them.

// A formula that is too wide scrolls: by keyboard, it needs the focus.
const sizes = new ResizeObserver((entries) => {
  for (const { target } of entries) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0
    else target.removeAttribute("tabindex")
  }
})
document$.subscribe(() => {
  for (const box of document.querySelectorAll("div.arithmatex")) {
    sizes.observe(box)
  }
})

// A formula is copied as its TeX, and all of it where a part is selected.
document.addEventListener("copy", (event) => {
  const selection = getSelection()
  if (!selection.rangeCount) return
  const range = selection.getRangeAt(0).cloneRange()
  const first = formula(range.startContainer)
  const last = formula(range.endContainer)
  if (first) range.setStartBefore(first)
  if (last) range.setEndAfter(last)
  const copied = document.createElement("div")
  copied.append(range.cloneContents())
  const formulas = copied.querySelectorAll("[data-tex]")
  if (!formulas.length) return
  for (const each of formulas) {
    const mark = each.tagName === "DIV" ? "$$" : "$"
    each.textContent = mark + each.dataset.tex + mark
  }
  event.clipboardData.setData("text/html", copied.innerHTML)
  event.clipboardData.setData("text/plain", copied.textContent)
  event.preventDefault()
})

function formula(node) {
  return (node.nodeType === 1 ? node : node.parentElement).closest("[data-tex]")
}
