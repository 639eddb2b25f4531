// The language switcher keeps the reader's page and place on it.
//
// Instant navigation changes the page and leaves the header as it was, so the
// links are computed from where the reader is: __md_scope is the theme's
// address of the site in this language, data-root leads from there to the
// site in the link's.
function counterpart(link) {
  const page = location.href.slice(__md_scope.href.length)
  return new URL(link.dataset.root + page, __md_scope).href
}

// The theme remembers light or dark for each language apart.
function keepScheme(link) {
  const other = new URL(link.dataset.root, __md_scope)
  const chosen = __md_get("__palette")
  if (chosen) __md_set("__palette", chosen, localStorage, other)
}

document$.subscribe(() => {
  for (const link of document.querySelectorAll("a[data-root]")) {
    link.href = counterpart(link)
  }
})

// Capturing comes before instant navigation: the other language has a search
// index of its own, so its page must load anew.
document.addEventListener(
  "click",
  (event) => {
    const link = event.target.closest("a[data-root]")
    if (!link || event.metaKey || event.ctrlKey || event.shiftKey) return
    event.preventDefault()
    event.stopImmediatePropagation()
    keepScheme(link)
    location.href = counterpart(link)
  },
  true,
)
