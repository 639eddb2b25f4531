// What a page shows whose formulas are set.
() => {
  const all = (selector) => [...document.querySelectorAll(selector)]
  return {
    formulas: all("mjx-container").length,
    errors: all("mjx-merror, mjx-container [style*='color: red']")
      .map((node) => node.textContent),
    flat: all("mjx-mfrac > mjx-frac")
      .filter((node) => getComputedStyle(node).display != "inline-block")
      .length,
    unstyled: all("mjx-assistive-mml")
      .filter((node) => getComputedStyle(node).position != "absolute")
      .length,
    width: document.documentElement.scrollWidth,
  }
}
