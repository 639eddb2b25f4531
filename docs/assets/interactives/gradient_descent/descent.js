// The walk of gradient descent on the map of the loss: its rule is that of
// snippets/gradient_descent/scratch.py, the map is that of figure.py.
live((stage, controls) => {
  const { x, y } = shown("data/hubble_1929.py")
  const { w, b, lr, step, run, again, says } = controls
  let start, t, now, stop

  const errors = (w, b) => x.map((xi, i) => w * xi + b - y[i]) // z - y
  const loss = (w, b) => mean(errors(w, b).map((e) => e * e)) / 2 // L

  function gradient(w, b) {
    const error = errors(w, b)
    return [mean(error.map((e, i) => e * x[i])), mean(error)] // dL/dw, dL/db
  }

  function path([w, b], lr, epochs) {
    const points = [[w, b]]
    for (let epoch = 0; epoch < epochs; epoch++) {
      const [dw, db] = gradient(w, b)
      w -= lr * dw
      b -= lr * db
      points.push([w, b])
    }
    return points
  }

  // The map: contours, each an ellipse, and a star at the lowest point.
  const map = plot(stage, [-60, 580], [-130, 390], [76.3, 11.6, 534.1, 434])
  const [w_hat, b_hat] = path([0, 0], 0.5, 1000).at(-1)
  const x_bar = mean(x)
  const spread = Math.sqrt(mean(x.map((xi) => (xi - x_bar) ** 2)))
  for (const height of [0.5, 2, 5, 10, 20, 35, 55, 80, 110]) {
    const r = Math.sqrt(2000 * height)
    const axes = [r / spread, -r * x_bar / spread, 0, r, w_hat, b_hat]
    draw(map, "circle", { class: "grey", r: 1, transform: `matrix(${axes})` })
  }
  const ahead = draw(map, "path", { class: "c1", "stroke-dasharray": "1 5" })
  const walk = draw(map, "path", { class: "c0", style: "--width: 1.7" })
  const stops = draw(map, "path", { class: "c0", style: "--width: 4.7" })
  const star = "m0 12 3-8h8l-6-5 2-8-7 5-7-5 2 8-6 5h8z"
  draw(map, "path", { class: "c3 area", d: star, transform: `translate(${[w_hat, b_hat]})` })
  const here = draw(map, "path", { class: "c1", style: "--width: 9" })

  // The line that the point on the map is.
  const corner = plot(stage, [-0.2, 2.3], [-350, 1250], [83, 356, 116, 84])
  draw(corner, "path", { class: "grey", d: "M-0.2,-350V1250H2.3V-350Z" })
  draw(corner, "path", { class: "c0", style: "--width: 3", d: dots(x.map((xi, i) => [xi, y[i]])) })
  const fit = draw(corner, "path", { class: "c1" })

  // Goes to an epoch of the walk from a place, and shows how it got there.
  function go(from, epoch, isRunning = false) {
    if (!isRunning) stop = stop?.()
    start = from
    t = epoch
    const points = path(start, lr.valueAsNumber, t + 1)
    const next = points.pop()
    const before = points.at(-2) ?? start
    now = points.at(-1)
    ahead.setAttribute("d", line([now, next]))
    walk.setAttribute("d", line(points))
    stops.setAttribute("d", dots(points))
    here.setAttribute("d", dots([now]))
    fit.setAttribute("d", line([0, 2.1].map((xi) => [xi, now[0] * xi + now[1]])))
    const isLowest = gradient(...now).every((slope) => Math.abs(slope) < 1e-9)
    const isHigher = loss(...now) > loss(...before) * (1 + 1e-9) // not by rounding
    run.textContent = isRunning ? run.dataset.stop : run.dataset.run;
    [w.value, b.value] = now
    for (const each of [controls.t_now, controls.loss, says]) {
      each.setAttribute("aria-live", isRunning ? "off" : "polite")
    }
    tell(controls, {
      w_now: written(now[0], 2), b_now: written(now[1], 2), lr_now: written(lr.valueAsNumber, 2),
      t_now: t, loss: written(loss(...now), 1),
      says: isLowest ? says.dataset.lowest : isHigher ? says.dataset.diverges : ""
    })
  }

  // Runs to the next 300 epochs, or stops.
  run.onclick = () => {
    const last = 300 * Math.floor(t / 300 + 1)
    if (stop) go(start, t)
    else stop = play(t, last, (epoch) => go(start, epoch, epoch < last))
  }
  step.onclick = () => go(start, t + 1)
  again.onclick = () => go([0, 0], 0)
  lr.oninput = () => go(start, t)
  w.oninput = () => go([w.valueAsNumber, now[1]], 0)
  b.oninput = () => go([now[0], b.valueAsNumber], 0)
  onPlace(map, (place) => go(place.map(Math.round), 0))
  go([0, 0], 0)
})
