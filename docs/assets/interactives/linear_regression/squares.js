// A line that can be moved, with the squares of its residuals, drawn as in
// figure.py: its loss is that of snippets/linear_regression/scratch.py.
live((stage, controls) => {
  const { x, y } = shown("data/hubble_1929.py")
  const { w, b, best } = controls

  const [width, height] = [534.1, 329.3]
  const graph = plot(stage, [-0.35, 2.6], [-350, 1250], [76.3, 4, width, height])
  const ratio = (height / 1600) / (width / 2.95) // a square's width to its height
  const squares = x.map(() => draw(graph, "path", { class: "c3 area", opacity: 0.1 }))
  const residuals = draw(graph, "path", { class: "c3", style: "--width: 1.6" })
  draw(graph, "path", { class: "c0", style: "--width: 8", d: dots(x.map((xi, i) => [xi, y[i]])) })
  const fit = draw(graph, "path", { class: "c1" })

  function leastSquares() {
    const [x_bar, y_bar] = [mean(x), mean(y)]
    const s_xx = mean(x.map((xi) => (xi - x_bar) ** 2))
    const w_hat = mean(x.map((xi, i) => (xi - x_bar) * (y[i] - y_bar))) / s_xx
    return [w_hat, y_bar - w_hat * x_bar]
  }

  function show(slope, intercept) {
    const predict = (xi) => slope * xi + intercept // z
    const error = x.map((xi, i) => predict(xi) - y[i])
    const loss = mean(error.map((e) => e * e)) / 2 // L
    const sides = error.map((e, i) => `M${x[i]},${y[i]}v${e}`)
    fit.setAttribute("d", line([0, 2.1].map((xi) => [xi, predict(xi)])))
    residuals.setAttribute("d", sides.join(""))
    for (const [i, e] of error.entries()) {
      squares[i].setAttribute("d", `${sides[i]}h${ratio * e}v${-e}z`)
    }
    w.value = slope
    b.value = intercept
    tell(controls, {
      w_now: written(slope, 2), b_now: written(intercept, 2),
      mean: written(mean(error), 1), loss: written(loss, 1)
    })
    w.oninput = () => show(w.valueAsNumber, intercept)
    b.oninput = () => show(slope, b.valueAsNumber)
  }

  best.onclick = () => show(...leastSquares())
  show(500, 0)
})
