// The line after each step of its training, by the rule of
// snippets/index/concise.py, drawn as line() of linear_regression/figure.py.
live((stage, controls) => {
  const { x, y } = shown("index/concise.py")
  const { t, run } = controls
  const [lr, epochs] = [0.5, 300]
  const mean = (values) => values.reduce((sum, value) => sum + value, 0) / x.length
  let running

  const trained = [[0, 0]] // w, b after each epoch
  while (trained.length <= epochs) {
    const [w, b] = trained.at(-1)
    const error = x.map((xi, i) => w * xi + b - y[i]) // z - y
    trained.push([w - lr * mean(error.map((e, i) => e * x[i])), b - lr * mean(error)])
  }

  const graph = plot(stage, [-0.05, 2.15], [-350, 1250], [76.3, 4, 534.1, 329.3])
  draw(graph, "path", { class: "c0", style: "--width: 8", d: dots(x.map((xi, i) => [xi, y[i]])) })
  const fit = draw(graph, "path", { class: "c1" })

  function show(epoch, goesOn = false) {
    running = goesOn
    const [w, b] = trained[epoch]
    fit.setAttribute("d", line([0, 2.1].map((xi) => [xi, w * xi + b])))
    t.value = epoch
    run.textContent = running ? run.dataset.stop : run.dataset.run
    tell(controls, { t_now: epoch, w_now: written(w, 3), b_now: written(b, 3) })
  }

  // Trains from the start, at first so slowly that each step is seen.
  function play() {
    const began = performance.now()
    const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
    function frame(time) {
      if (running !== frame) return
      const seconds = isStill ? 99 : Math.max(0, time - began) / 1000
      const epoch = Math.min(epochs, Math.floor(3 * seconds + 5 * seconds ** 3))
      show(epoch, epoch < epochs && frame)
      requestAnimationFrame(frame)
    }
    show(0, frame)
    requestAnimationFrame(frame)
  }

  t.oninput = () => show(t.valueAsNumber)
  run.onclick = () => running ? show(t.valueAsNumber) : play()
  show(epochs)
})
