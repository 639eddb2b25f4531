// The line after each step of its training, by the rule of
// snippets/index/concise.py, drawn as line() of linear_regression/figure.py.
live((stage, controls) => {
  const { x, y } = shown("index/concise.py")
  const { t, run } = controls
  const [lr, epochs] = [0.5, 300]
  let stop

  const trained = [[0, 0]] // w, b after each epoch
  while (trained.length <= epochs) {
    const [w, b] = trained.at(-1)
    const error = x.map((xi, i) => w * xi + b - y[i]) // z - y
    trained.push([w - lr * mean(error.map((e, i) => e * x[i])), b - lr * mean(error)])
  }

  const graph = plot(stage, [-0.05, 2.15], [-350, 1250], [76.3, 4, 534.1, 329.3])
  draw(graph, "path", { class: "c0", style: "--width: 8", d: dots(x.map((xi, i) => [xi, y[i]])) })
  const fit = draw(graph, "path", { class: "c1" })

  function show(epoch, isRunning = false) {
    if (!isRunning) stop = stop?.()
    const [w, b] = trained[epoch]
    fit.setAttribute("d", line([0, 2.1].map((xi) => [xi, w * xi + b])))
    t.value = epoch
    run.textContent = isRunning ? run.dataset.stop : run.dataset.run
    for (const each of [controls.w_now, controls.b_now]) {
      each.setAttribute("aria-live", isRunning ? "off" : "polite")
    }
    tell(controls, { t_now: epoch, w_now: written(w, 3), b_now: written(b, 3) })
  }

  t.oninput = () => show(t.valueAsNumber)
  run.onclick = () => {
    if (stop) show(t.valueAsNumber)
    else stop = play(0, epochs, (epoch) => show(epoch, epoch < epochs))
  }
  show(epochs)
})
