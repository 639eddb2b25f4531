// Write a digit, and see what the network says of it. Strokes become squares as
// in snippets/multilayer_perceptron/draw.py, the weights are in network.js, and
// everything lies where drawing() in figure.py draws it.
live((stage, controls) => {
  const { answer, clear } = controls
  const digits = [...controls].filter((each) => each.name === "digit")
  const PEN = 2.8
  const seven = [[[8, 5], [24, 5], [15, 28]]]
  let strokes = seven
  let counts = inked(strokes)

  function inked(strokes) {
    const [xs, ys] = [0, 1].map((axis) => strokes.flat().map((point) => point[axis]))
    const [left, right] = [Math.min(...xs), Math.max(...xs)]
    const [top, bottom] = [Math.min(...ys), Math.max(...ys)]
    const width = Math.max(right - left, 1e-9)
    const height = Math.max(bottom - top, 1e-9)
    const down = (32 - 2 * PEN) / Math.max(height, width / 3)
    const across = Math.min(down, (20 - 2 * PEN) / width)
    const dots = new Set()
    for (const stroke of strokes) {
      const path = stroke.map(([x, y]) => [
        (x - (left + right) / 2) * across + 16,
        (y - (top + bottom) / 2) * down + 16,
      ])
      path.slice(1).forEach((end, i) => addDots(dots, path[i], end))
    }
    const counts = new Array(64).fill(0)
    for (const each of dots) counts[8 * (each >> 7) + ((each >> 2) & 7)]++
    return counts
  }

  // Adds the dots near a straight piece; in row y and column x it is 32 y + x.
  function addDots(dots, [ax, ay], [bx, by]) {
    const length = Math.max((bx - ax) ** 2 + (by - ay) ** 2, 1e-9)
    const first = (a, b) => Math.max(Math.floor(Math.min(a, b) - PEN), 0)
    const last = (a, b) => Math.min(Math.ceil(Math.max(a, b) + PEN), 31)
    for (let row = first(ay, by); row <= last(ay, by); row++) {
      for (let column = first(ax, bx); column <= last(ax, bx); column++) {
        const [x, y] = [column + 0.5, row + 0.5]
        const along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / length
        const t = Math.min(Math.max(along, 0), 1)
        const [dx, dy] = [ax + t * (bx - ax) - x, ay + t * (by - ay) - y]
        if (Math.hypot(dx, dy) <= PEN) dots.add(32 * row + column)
      }
    }
  }

  // U = X W1 + b1, G = max(U, 0), Z = G W2 + b2, and P is their softmax.
  function forward(X) {
    const G = layer(perceptron.hidden, X).map((u) => Math.max(u, 0))
    const Z = layer(perceptron.output, G)
    const powers = Z.map((z) => Math.exp(z - Math.max(...Z)))
    const sum = powers.reduce((a, b) => a + b)
    return [G, powers.map((power) => power / sum)]
  }

  // Each row holds weights and at its end a bias, in thousandths.
  function layer(rows, inputs) {
    return rows.map((row) => {
      const products = inputs.map((input, j) => row[j] * input)
      return products.reduce((a, b) => a + b, row.at(-1)) / 1000
    })
  }

  // What is seen: all of it lies where the picture has it.
  const grey = "#808894"
  const paper = `fill: #fff; stroke: ${grey}`

  function box(parent, x, y, width, height, style = "") {
    return draw(parent, "rect", { x, y, width, height, style })
  }

  function boxes(parent, x, y, side, count) {
    const place = (i) => [x + side * (i % 8), y + side * Math.floor(i / 8)]
    return Array.from({ length: count }, (_, i) => box(parent, ...place(i), side, side))
  }

  function write(x, y, anchor, text) {
    const styles = { "font-size": 14.7, "text-anchor": anchor, "dominant-baseline": "central" }
    const node = draw(stage, "text", { x, y, fill: grey, ...styles })
    node.textContent = text
    return node
  }

  stage.removeAttribute("aria-hidden")
  const field = draw(stage, "svg", { role: "img", "aria-label": answer.dataset.field })
  const sheet = box(field, 8, 28, 296, 296, `${paper}; cursor: crosshair`)
  const ink = draw(field, "svg", {
    x: 8, y: 28, width: 296, height: 296, viewBox: "0 0 32 32", fill: "none", stroke: "#000",
    "stroke-width": 2.16, "stroke-linecap": "round", "stroke-linejoin": "round",
    "pointer-events": "none",
  })

  const squares = draw(stage, "svg", { role: "grid", "aria-label": answer.dataset.squares })
  box(squares, 84, 354, 136, 136, paper)
  const cells = Array.from({ length: 8 }, (_, row) =>
    boxes(draw(squares, "svg", { role: "row" }), 84, 354 + 17 * row, 17, 8)).flat()
  cells.forEach((cell, i) => {
    cell.setAttribute("role", "gridcell")
    cell.setAttribute("tabindex", i ? -1 : 0)
  })
  const mark = box(squares, 84, 354, 17, 17, "fill: none; pointer-events: none")

  box(stage, 334, 354, 272, 136, paper)
  const units = boxes(stage, 334, 354, 34, 32)

  box(stage, 332, 28, 280, 296)
  const bars = Array.from({ length: 10 }, (_, k) => {
    const y = 43 + 29.6 * k
    write(338, y, "start", k)
    return [box(stage, 358, y - 8, 0, 16), write(606, y, "end", "")]
  })

  const percent = (share) => `${Math.round(100 * share)} %`

  function read() {
    const [G, P] = forward(counts.map((count) => count / 16))
    const isEmpty = counts.every((count) => count === 0)
    return { G, P, isEmpty, most: P.indexOf(Math.max(...P)) }
  }

  function show() {
    const { G, P, isEmpty, most } = read()
    ink.replaceChildren()
    for (const stroke of strokes) draw(ink, "polyline", { points: stroke.join(" ") })
    counts.forEach((count, i) => {
      cells[i].style.fill = `rgb(0 0 0 / ${count / 16})`
      cells[i].setAttribute("aria-label", count)
    })
    G.forEach((g, m) => {
      units[m].style.fill = `rgb(76 120 216 / ${isEmpty ? 0 : g / 5})`
    })
    bars.forEach(([bar, text], k) => {
      bar.setAttribute("width", isEmpty ? 0 : 180 * P[k])
      bar.style.fill = k === most ? "#e8862e" : "#4c78d8"
      text.textContent = isEmpty ? "" : percent(P[k])
    })
  }

  // Not while a stroke is on its way: screen readers would read on and on.
  function say() {
    const { P, isEmpty, most } = read()
    tell(controls, { answer: isEmpty ? "–" : `${most}, ${percent(P[most])}` })
  }

  function put(newStrokes, newCounts) {
    strokes = newStrokes
    counts = newCounts
    show()
    say()
  }

  function clean() {
    put([], new Array(64).fill(0))
  }

  // Puts in the next image of a digit that the network was not trained on.
  const next = new Array(10).fill(0)
  function take(k) {
    const images = perceptron.digits[k]
    const image = images[next[k]++ % images.length]
    put([], [...image].map((count) => parseInt(count, 17)))
  }

  // The pen: a place is in the 32 by 32 of the field.
  function place({ clientX, clientY }) {
    const { left, top, width } = sheet.getBoundingClientRect()
    const at = [clientX - left, clientY - top]
    return at.map((each) => Math.round(3200 * each / width) / 100)
  }

  // A finger that writes does not scroll. The style touch-action would hold for
  // the whole drawing only.
  function stay(event) {
    if (event.touches.length === 1) event.preventDefault()
  }

  function begin(event) {
    if (!event.isPrimary || event.button) return
    field.setPointerCapture(event.pointerId)
    const point = place(event)
    strokes = [...(strokes === seven ? [] : strokes), [point, point]]
    follow()
  }

  function goOn(event) {
    if (!field.hasPointerCapture(event.pointerId)) return
    const stroke = strokes.at(-1)
    for (const each of event.getCoalescedEvents?.() ?? [event]) {
      const [[x, y], [x0, y0]] = [place(each), stroke.at(-1)]
      if (Math.hypot(x - x0, y - y0) > 0.4) stroke.push([x, y])
    }
    follow()
  }

  let frame
  function follow() {
    cancelAnimationFrame(frame)
    frame = requestAnimationFrame(() => {
      counts = inked(strokes)
      show()
    })
  }

  function end() {
    cancelAnimationFrame(frame)
    put(strokes, inked(strokes))
  }

  // The squares, by the keyboard or by a click.
  const steps = {
    ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1],
  }
  let at = 0

  function go(x, y) {
    if (x < 0 || x > 7 || y < 0 || y > 7) return
    cells[at].setAttribute("tabindex", -1)
    at = 8 * y + x
    cells[at].setAttribute("tabindex", 0)
    cells[at].focus()
  }

  function toggle() {
    put([], counts.map((count, i) => i === at ? (count ? 0 : 16) : count))
  }

  function press(event) {
    if (event.key === " ") toggle()
    else if (event.key in steps) {
      const [right, down] = steps[event.key]
      go((at % 8) + right, Math.floor(at / 8) + down)
    } else return
    event.preventDefault()
  }

  function point({ target }) {
    const i = cells.indexOf(target)
    if (i < 0) return
    go(i % 8, Math.floor(i / 8))
    toggle()
  }

  function showMark() {
    show()
    mark.setAttribute("x", cells[at].getAttribute("x"))
    mark.setAttribute("y", cells[at].getAttribute("y"))
    mark.style.stroke = "#e8862e"
  }

  const script = document.createElement("script")
  script.src = new URL("network.js", document.currentScript.src)
  script.onload = () => {
    clear.onclick = clean
    digits.forEach((button, k) => { button.onclick = () => take(k) })
    field.addEventListener("touchstart", stay, { passive: false })
    field.onpointerdown = begin
    field.onpointermove = goOn
    field.onlostpointercapture = end
    squares.onkeydown = press
    squares.onclick = point
    squares.addEventListener("focusin", showMark)
    squares.addEventListener("focusout", () => { mark.style.stroke = "none" })
    say()
  }
  document.head.append(script)
})
