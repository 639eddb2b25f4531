// Clicks each copy button of a page: what does it put on the clipboard?
// That is emptied before, so that a button that does nothing is found out.
async () => {
  const copies = []
  const blocks = ".language-python.highlight:not(.cell, .rosetta)"
  for (const block of document.querySelectorAll(blocks)) {
    await navigator.clipboard.writeText("")
    block.querySelector("button[data-md-type=copy]").click()
    const next = block.nextElementSibling
    const isOutput = next?.matches(".language-text, .language-output")
    copies.push({
      text: await navigator.clipboard.readText(),
      classes: block.className.split(" "),
      output: isOutput ? next.querySelector("code").textContent : "",
    })
  }
  return copies
}
