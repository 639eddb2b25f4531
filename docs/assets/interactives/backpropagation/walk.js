// The walk forward, the walk back and the update, one step at a time: the
// numbers are those of snippets/backpropagation/scratch.py, and everything lies
// where walk() in figure.py draws it.
live((stage, controls) => {
  const { lr, back, step, update, again, says } = controls
  const [LOSS, SLOPES, ALL] = [4, 11, 13] // so many steps lead there
  const first = { w: 450, x: 2, b: -40, y: 850 }
  let given = first
  let past = [] // what was given before each update
  let done = SLOPES // steps

  // All steps, in their order: each writes a value or a slope to a circle. A
  // slope is that of the circle after, times the local slope of the way there,
  // which may need a value that was kept.
  function steps({ w, x, b, y }) {
    const rate = lr.valueAsNumber
    const p = w * x
    const z = p + b
    const e = z - y
    const loss = e * e / 2
    const dl = 1
    const share = dl * e / 2
    const de = share + share
    const dz = de * 1
    const dp = dz * 1
    const db = dz * 1
    const dw = dp * x

    const forward = (at, value, rule, numbers, ...along) =>
      ({ at, value, rule, numbers, along, words: says.dataset.forward })
    const backward = (at, slope, rule, numbers, along, after, kept) =>
      ({ at, slope, rule, numbers, along, after, kept, words: says.dataset.back })
    const changed = (at, value, rule, numbers) =>
      ({ at, value, rule, numbers, along: [], after: at, words: says.dataset.update })
    return [
      forward("p", p, "p = w × x", [w, "×", x], "wp", "xp"),
      forward("z", z, "z = p + b", [p, "+", b], "pz", "bz"),
      forward("e", e, "e = z − y", [z, "−", y], "ze", "ye"),
      forward("ℓ", loss, "ℓ = e × e/2", [e, "×", e / 2], "upper", "lower"),
      backward("ℓ", dl, "dℓ", [], []),
      backward("e", share, "de = dℓ × e/2", [dl, "×", e / 2], ["upper"], "ℓ", "e"),
      backward("e", de, "de += dℓ × e/2", [share, "+", dl, "×", e / 2], ["lower"], "ℓ", "e"),
      backward("z", dz, "dz = de × 1", [de, "×", 1], ["ze"], "e"),
      backward("p", dp, "dp = dz × 1", [dz, "×", 1], ["pz"], "z"),
      backward("b", db, "db = dz × 1", [dz, "×", 1], ["bz"], "z"),
      backward("w", dw, "dw = dp × x", [dp, "×", x], ["wp"], "p", "x"),
      changed("w", w - rate * dw, "w − η × dw", [w, "−", rate, "×", dw]),
      changed("b", b - rate * db, "b − η × db", [b, "−", rate, "×", db]),
    ]
  }

  // So many digits, and the whole part if there is room.
  function short(number, digits) {
    const whole = String(Math.trunc(Math.abs(number))).length
    const plain = String(Number(number.toFixed(Math.max(digits - whole, 0))))
    const text = plain.length > digits + 2 ? number.toExponential(digits - 4) : plain
    return text.replace("e+", "e").replaceAll("-", "−")
  }

  function sentence({ words, rule, numbers, value, slope }) {
    const terms = numbers.map((term, i) => {
      if (typeof term === "string") return term
      return i > 0 && term < 0 ? `(${short(term, 5)})` : short(term, 5)
    })
    const sides = [rule, terms.join(" "), short(value ?? slope, 5)]
    return words + sides.filter(Boolean).join(" = ")
  }

  // What is seen: all of it lies where the picture has it.
  const [blue, orange, red, grey] = ["#4c78d8", "#e8862e", "#d9534f", "#808894"]
  const places = {
    w: [0, 1], x: [0, -1], p: [1.5, 0], b: [1.5, -1.5],
    z: [3, 0], y: [3, -1.5], e: [4.5, 0], "ℓ": [6, 0],
  }
  const pixels = ([column, row]) => [54.53 + 84.22 * column, 126.75 - 76.72 * row]

  function write(place, size, fill, text = "") {
    const [x, y] = pixels(place)
    const styles = { "text-anchor": "middle", "dominant-baseline": "central", fill }
    const node = draw(stage, "text", { x, y, "font-size": size, ...styles })
    node.textContent = text
    return node
  }

  // Its head ends at a circle; without a place for a slope it comes from data.
  function arrow(from, to, slopeAt, bend = 0) {
    const group = draw(stage, "g", { style: `--colour: ${slopeAt ? orange : grey}` })
    const [start, end] = [places[from], places[to]].map(pixels)
    const middle = [(start[0] + end[0]) / 2, (start[1] + end[1]) / 2 - bend]
    const way = draw(group, "path", { d: `M${start}Q${middle} ${end}` })
    if (!slopeAt) way.setAttribute("stroke-dasharray", "0.1 4")
    const [tip, before] = [32, 40].map((rest) => way.getPointAtLength(way.getTotalLength() - rest))
    const turn = Math.atan2(tip.y - before.y, tip.x - before.x) * 180 / Math.PI
    const transform = `translate(${[tip.x, tip.y]}) rotate(${turn})`
    draw(group, "path", { class: "area", d: "M0,0-8,4V-4z", transform })
    return { from, group, slope: slopeAt && write(slopeAt, 15, orange) }
  }

  function circle(name) {
    const colour = "xy".includes(name) ? grey : blue
    const [cx, cy] = pixels(places[name])
    const group = draw(stage, "g")
    const fill = "fill: var(--md-default-bg-color)"
    const ring = draw(group, "circle", { cx, cy, r: 31.3, style: fill })
    const [column, row] = places[name]
    write([column, row + 0.13], 20, colour, name).style.font = "italic 20px serif"
    const value = write([column, row - 0.16], 15, colour)
    return { group, colour, value, slope: write([column, row - 0.6], 16, red) }
  }

  draw(stage, "rect", { width: "100%", height: "100%" })
  const arrows = {
    wp: arrow("w", "p", [0.95, 0.7]), xp: arrow("x", "p"), pz: arrow("p", "z", [2.25, 0.2]),
    bz: arrow("b", "z", [2.45, -0.9]), ze: arrow("z", "e", [3.75, 0.2]), ye: arrow("y", "e"),
    upper: arrow("e", "ℓ", [5.25, 0.62], 57), lower: arrow("e", "ℓ", [5.25, -0.62], -57),
  }
  const circles = Object.fromEntries(Object.keys(places).map((name) => [name, circle(name)]))

  function put(text, number, isBold, fill) {
    text.textContent = number === undefined ? "" : short(number, 4)
    text.style.fontWeight = isBold ? "bold" : "normal"
    text.style.fill = fill
  }

  function show() {
    const values = { ...given }
    const slopes = {}
    const locals = {}
    let now = { along: [] }
    for (now of steps(given).slice(0, done)) {
      if ("value" in now) values[now.at] = now.value
      else {
        slopes[now.at] = now.slope
        for (const way of now.along) locals[way] = now.numbers.at(-1)
      }
    }
    for (const [name, { group, colour, value, slope }] of Object.entries(circles)) {
      const isAt = now.at === name
      const isTaken = "value" in now && now.along.some((way) => arrows[way].from === name)
      const isKept = now.kept === name
      group.style = `--colour: ${isAt && "slope" in now ? red : colour}; --width: ${isAt ? 5 : 2}`
      put(value, values[name], isTaken || isKept || (isAt && "value" in now), isKept ? orange : colour)
      put(slope, slopes[name], now.after === name || isAt, red)
    }
    for (const [way, { group, slope }] of Object.entries(arrows)) {
      const isAlong = now.along.includes(way)
      group.style.setProperty("--width", isAlong ? 5 : 2)
      if (slope) put(slope, locals[way], isAlong, orange)
    }
    for (const name in first) controls[name].value = values[name]
    const losses = past.map((each) => steps(each)[LOSS - 1].value)
    if (done >= LOSS) losses.push(values["ℓ"])
    tell(controls, {
      says: done ? sentence(now) : "",
      lr_now: written(lr.valueAsNumber, 2),
      losses: losses.slice(-3).map((each) => short(each, 5)).join(" → "),
    })
  }

  function begin(values) {
    given = values
    past = []
    show()
  }

  function takeSlopes() {
    const [w, b] = steps(given).slice(SLOPES).map(({ value }) => value)
    past = [...past, given]
    given = { ...given, w, b }
  }

  step.onclick = () => {
    if (done === ALL) takeSlopes()
    done = done % ALL + 1
    show()
  }
  back.onclick = () => {
    if (done > 1 || past.length === 0) done = Math.max(done - 1, 0)
    else {
      given = past.at(-1)
      past = past.slice(0, -1)
      done = ALL
    }
    show()
  }
  update.onclick = () => {
    takeSlopes()
    done = SLOPES
    show()
  }
  again.onclick = () => {
    done = 0
    begin(first)
  }
  lr.oninput = show
  for (const name in first) {
    controls[name].oninput = () => begin({ ...given, [name]: controls[name].valueAsNumber })
  }
  show()
})
