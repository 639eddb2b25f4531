// The language switcher keeps the reader's place on the page.
//
// Capturing comes before the theme's instant navigation: the other language
// has a search index and a stylesheet of its own, so its page must load anew.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a[data-language]")
    if (!link) return
    event.preventDefault()
    event.stopImmediatePropagation()
    location.href = link.href.split("#")[0] + location.hash
  },
  true,
)
