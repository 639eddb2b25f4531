// Figures that a reader can take hold of. A page names a figure's program, as
// in data-live="gradient_descent/descent"; it is loaded as the figure comes near.
const programs = new URL("../interactives/", document.currentScript.src)
const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue
    near.unobserve(target)
    const script = document.createElement("script")
    script.src = new URL(`${target.dataset.live}.js`, programs)
    script.figure = target
    document.head.append(script)
  }
}, { rootMargin: "100%" })
document$.subscribe(() => {
  for (const figure of document.querySelectorAll("[data-live]")) near.observe(figure)
})

// A program calls this. It is given a stage, which lies on the picture and has
// its size, and the controls by name; the stage is seen once it changes.
function live(program) {
  const { figure } = document.currentScript
  const picture = figure.querySelector("img")
  const [width, height] = ["width", "height"].map((name) => picture.getAttribute(name))
  const viewBox = `0 0 ${width} ${height}`
  const stage = draw(figure, "svg", { class: "stage", "aria-hidden": true, width, height, viewBox })
  program(stage, figure.querySelector("fieldset").elements)
  figure.classList.add("ready")
  const changes = new MutationObserver(() => figure.classList.add("taken"))
  changes.observe(stage, { attributes: true, childList: true, subtree: true })
}

// What follows are helpers for programs.

function draw(parent, name, attributes) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", name)
  for (const each in attributes) node.setAttribute(each, attributes[each])
  return parent.appendChild(node)
}

// A group with the coordinates of a plot in the picture, whose axes are left.
function plot(stage, [left, right], [low, high], [x, y, width, height]) {
  const [across, up] = [right - left, high - low]
  const viewBox = [left, -high, across, up]
  const inside = draw(stage, "svg", { x, y, width, height, viewBox, preserveAspectRatio: "none" })
  draw(inside, "rect", { x: left + across / 900, y: -high, width: across, height: up * 0.998 })
  return draw(inside, "g", { transform: "scale(1, -1)" })
}

// Tells where a reader taps on a plot, or drags a mouse over it.
function onPlace(group, act) {
  const ground = group.ownerSVGElement
  ground.style.cursor = "crosshair"
  ground.onpointerdown = ({ pointerId, pointerType }) => {
    if (pointerType === "mouse") ground.setPointerCapture(pointerId)
  }
  ground.onclick = ground.onpointermove = (event) => {
    if (event.type !== "click" && !ground.hasPointerCapture(event.pointerId)) return
    const screen = group.getScreenCTM().inverse()
    const { x, y } = new DOMPoint(event.clientX, event.clientY).matrixTransform(screen)
    act([x, y])
  }
}

// Shows epochs one after another, at first so slowly that each one is seen.
// Returns what stops it.
function play(first, last, show) {
  const began = performance.now()
  const isStill = matchMedia("(prefers-reduced-motion: reduce)").matches
  let frame = requestAnimationFrame(function next(time) {
    const seconds = isStill ? 99 : Math.max(0, time - began) / 1000
    const epoch = Math.min(last, first + Math.ceil(4 * seconds + 9 * seconds ** 3))
    frame = requestAnimationFrame(next)
    show(epoch)
  })
  return () => cancelAnimationFrame(frame)
}

const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length

// Paths through points and of dots, but for what is too far away to be seen.
const seen = (points) => points.filter((point) => point.every((v) => Math.abs(v) < 1e6))
const line = (points) => `M${seen(points).join("L") || "0,0"}`
const dots = (points) => seen(points).map((point) => `M${point}h0`).join("")

// Writes into outputs, by name, what is new: screen readers tell it.
function tell(controls, texts) {
  for (const name in texts) {
    const text = String(texts[name])
    if (controls[name].textContent !== text) controls[name].textContent = text
  }
}

function written(value, digits) {
  const text = Math.abs(value) < 1e6 ? value.toFixed(digits) : value.toExponential(4)
  return text.replace(/^-(?=[0.]+$)/, "").replaceAll("-", "\u2212")
}

// The lists of numbers in a file that the page shows as code, by their names.
function shown(file) {
  const titles = [...document.querySelectorAll(".filename")]
  const block = titles.find((title) => title.textContent === file).parentElement
  const code = block.querySelector("code").textContent.replace(/#.*/g, "")
  const lists = [...code.matchAll(/(\w+) = \[(.*?)\]/gs)]
  return Object.fromEntries(lists.map(([, name, list]) => [name, list.match(/[-.\d]+/g).map(Number)]))
}
