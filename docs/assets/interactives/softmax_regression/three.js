// Three logits to take in hand: their probabilities, the loss and its slopes
// are those of snippets/softmax_regression/scratch.py, and everything lies where
// three() in figure.py draws it.
live((stage, controls) => {
  const { step, shift, again } = controls
  const sliders = [controls.u1, controls.u2, controls.u3]
  const choices = [...controls].filter((each) => each.name === "right")
  let u, r

  const sum = (numbers) => numbers.reduce((a, b) => a + b)

  function logSumExp(u) {
    const top = Math.max(...u)
    return top + Math.log(sum(u.map((uk) => Math.exp(uk - top))))
  }

  const softmax = (u) => u.map((uk) => Math.exp(uk - logSumExp(u)))
  const slopes = (u, r) => softmax(u).map((pk, k) => pk - (k === r ? 1 : 0))

  // What is seen: the heads of the columns are left as they are in the picture.
  draw(stage, "rect", { x: 40, y: 34, width: 575, height: 158 })
  const grey = "#808894"
  const places = [0, 1, 2].map((k) => 60 + 48 * k)

  // A column of bars, from a line at x, and of numbers that end at another x.
  function column(x, unit, end, digits, fill) {
    const rows = places.map((y) => {
      const bar = draw(stage, "rect", { y: y - 13, height: 26, style: `fill: ${fill}` })
      const styles = { "text-anchor": "end", "dominant-baseline": "central", "font-size": 15 }
      return [bar, draw(stage, "text", { x: end, y, fill: grey, ...styles })]
    })
    draw(stage, "path", { d: `M${x},40V176`, stroke: grey })
    return (values) => values.forEach((value, k) => {
      const [bar, text] = rows[k]
      const width = unit * Math.min(Math.max(value, -3), 7) // there is no more room
      bar.setAttribute("x", Math.min(x, x + width))
      bar.setAttribute("width", Math.abs(width))
      text.textContent = written(value, digits)
    })
  }

  const showLogits = column(95, 16, 246, 1, "#4c78d8")
  const showProbabilities = column(265, 120, 434, 3, "#e8862e")
  const showSlopes = column(500, 55, 612, 3, "#d9534f")
  const mark = draw(stage, "rect", { x: 265, width: 120, height: 26, style: `fill: none; stroke: ${grey}` })

  function put(logits, right) {
    u = logits
    r = right
    showLogits(u)
    showProbabilities(softmax(u))
    showSlopes(slopes(u, r))
    mark.setAttribute("y", places[r] - 13)
    sliders.forEach((slider, k) => { slider.value = u[k] })
    choices.forEach((choice, k) => choice.setAttribute("aria-pressed", k === r))
    const [u1_now, u2_now, u3_now] = u.map((uk) => written(uk, 1))
    tell(controls, { u1_now, u2_now, u3_now, loss: written(logSumExp(u) - u[r], 3) })
  }

  sliders.forEach((slider, k) => {
    slider.oninput = () => put(u.map((uk, m) => m === k ? slider.valueAsNumber : uk), r)
  })
  choices.forEach((choice, k) => { choice.onclick = () => put(u, k) })
  step.onclick = () => {
    const steepness = slopes(u, r)
    put(u.map((uk, k) => uk - steepness[k]), r)
  }
  shift.onclick = () => put(u.map((uk) => uk + 1), r)
  again.onclick = () => put([1, 3, 2], 1)
  put([1, 3, 2], 1)
})
