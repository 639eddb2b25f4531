// Makes one document of book.html: links between pages lead to places within,
// and folded solutions stand at the end of their chapter.
(address) => {
  const find = (node, selector) => [...node.querySelectorAll(selector)]
  const { lang } = document.documentElement
  const see = { zh: "解答见第", en: "Solution on page" }[lang]
  const unprinted = ".footnote-backref, .headerlink, .program"
  document.querySelector(".address").textContent = address
  for (const node of find(document, unprinted)) node.remove()
  for (const chapter of find(document, ".chapter")) {
    for (const node of find(chapter, "[id]:not(path)")) {
      node.id = `${chapter.id}--${node.id}`
    }
    for (const link of find(chapter, "a[href]")) lead(link, chapter.id)
    for (const code of find(chapter, "pre")) {
      code.classList.toggle("long", code.textContent.split("\n").length > 45)
    }
    gather(chapter)
  }

  function lead(link, stem) {
    const href = link.getAttribute("href")
    const parts = /^(?:([\w-]+)\.html)?(?:#(.*))?$/.exec(href)
    const [inside, to = stem, anchor] = parts ?? []
    if (inside && document.getElementById(to)) {
      link.href = `#${to}${anchor ? `--${anchor}` : ""}`
      if (to !== stem) link.dataset.page = "000"
    } else if (link.protocol === "file:") {
      if (address) link.href = new URL(href, address)
      else link.replaceWith(...link.childNodes)
    }
  }

  // Moves the solutions; in the place of each stays a link to it.
  function gather(chapter) {
    const end = chapter.querySelector(".solutions")
    let exercise
    let count = 0
    for (const node of find(chapter, "h2, h3, details.success")) {
      if (node.tagName !== "DETAILS") exercise = node.innerHTML
      else {
        const name = `${chapter.id}--solution-${++count}`
        const link = `<a href="#${name}" data-page="000">${see}</a>`
        node.insertAdjacentHTML("beforebegin", `<p class="solution">${link}`)
        end.insertAdjacentHTML("beforeend", `<h3 id="${name}">${exercise}`)
        node.querySelector("summary").remove()
        end.append(...node.childNodes)
        node.remove()
      }
    }
    end?.append(...find(chapter, ":scope > .footnote"))
  }
}
