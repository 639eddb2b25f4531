"""What the graph that a reader walks through shows, step by step."""

import io
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from matplotlib import pyplot
from playwright.sync_api import Locator

from backpropagation.figure import walk as drawing
from backpropagation.scratch import backward, forward
from verify.figures import STYLE

FIGURE = "figure[data-live='backpropagation/walk']"
FIRST = {"w": 450, "b": -40, "x": 2, "y": 850}
SLOPES, ALL = 11, 13  # steps to all slopes, and to the update
# What stands in the circles, below them and at the arrows; what is marked.
STATE = """(figure) => {
  const text = (node) => node.textContent
  const isBold = (node) => node.matches(`[style*="bold"]:not(:empty)`)
  const after = (node) => node.nextElementSibling
  const groups = [...figure.querySelectorAll(".stage g")]
  const rings = groups.filter((group) => group.querySelector("circle"))
  const circles = rings.map((ring) => {
    const [value, slope] = [after(after(ring)), after(after(after(ring)))]
    return [text(after(ring)), {
      value: text(value), slope: text(slope), isValueBold: isBold(value),
      isSlopeBold: isBold(slope), colour: value.style.fill,
      isAt: ring.style.getPropertyValue("--width") === "5",
    }]
  })
  const arrows = groups.filter((group) => !group.querySelector("circle"))
  const outputs = [...figure.querySelectorAll("output")]
  const sliders = [...figure.querySelectorAll("input")]
  return {
    circles: Object.fromEntries(circles),
    locals: arrows.map(after).filter((node) => node.matches("text"))
      .map((node) => [text(node), isBold(node)]),
    along: arrows.filter((arrow) =>
      arrow.style.getPropertyValue("--width") === "5").length,
    sliders: Object.fromEntries(
      sliders.map((slider) => [slider.name, slider.valueAsNumber])),
    ...Object.fromEntries(outputs.map((each) => [each.name, text(each)])),
  }
}"""
TEXTS = """(figure) => [...figure.querySelectorAll(".stage text")]
  .map((node) => [node.textContent, +node.getAttribute("x"),
    +node.getAttribute("y")])"""
# Where all parts are that hold no output, and what follows the figure.
LAYOUT = """(figure) => {
  const { left, top } = figure.getBoundingClientRect()
  const parts = figure.querySelectorAll(
    "img, figcaption, fieldset, fieldset :is(p, span:has(*), input, button)")
  return [figure, ...parts, figure.nextElementSibling]
    .filter((part) => !part.matches("span span"))
    .map((part) => part.getBoundingClientRect())
    .flatMap(({ x, y, width, height }) => [x - left, y - top, width, height])
}"""
# Numbers that are wider than their circle, or touch one another.
CROWDED = """(figure) => {
  const box = (node) => node.getBoundingClientRect()
  const texts = [...figure.querySelectorAll(".stage text:not(:empty)")]
  const rings = [...figure.querySelectorAll(".stage circle")]
  const names = rings.map((ring) => ring.parentElement.nextSibling)
  const values = names.map((name) => name.nextSibling)
  const room = box(rings[0]).width
  const wide = values.filter((value) => box(value).width > room)
  const around = texts.filter((text) => ![...names, ...values].includes(text))
  const touching = around.flatMap((a, i) => around.slice(i + 1)
    .filter((b) => box(a).left < box(b).right && box(b).left < box(a).right
      && box(a).top < box(b).bottom && box(b).top < box(a).bottom)
    .map((b) => [a, b]))
  return [...wide, ...touching.flat()].map((node) => node.textContent)
}"""
SEEN = f"(figure) => [({STATE})(figure), ({LAYOUT})(figure)]"
SET = """(slider, value) => {
  slider.value = value
  slider.dispatchEvent(new Event("input", { bubbles: true }))
}"""


def short(number, digits):
    """Write so many digits, but the whole part in any case."""
    whole = len(str(int(abs(number))))
    unit = Decimal(10) ** -max(digits - whole, 0)
    rounded = Decimal(number).quantize(unit, ROUND_HALF_UP) + 0
    text = f"{rounded:f}"
    return (text.rstrip("0").rstrip(".") if "." in text else text).replace(
        "-", "−"
    )


def steps(w, b, x, y, lr):
    """Return what each step writes: a kind, a circle and a number."""
    p, z, e, loss = forward(w, b, x, y)
    dw, db = backward(x, e)
    return [
        *[
            ("value", *pair)
            for pair in zip("pzeℓ", (p, z, e, loss), strict=True)
        ],
        ("slope", "ℓ", 1),
        ("slope", "e", e / 2),  # one share, and then both
        *[("slope", name, e) for name in "ezp"],
        ("slope", "b", db),
        ("slope", "w", dw),
        ("value", "w", w - lr * dw),
        ("value", "b", b - lr * db),
    ]


# What each step marks: values, slopes, a value that was kept; and how many
# arrows it follows.
MARKS = [
    ("", "", "", 0),
    ("wxp", "", "", 2),
    ("pbz", "", "", 2),
    ("zye", "", "", 2),
    ("eℓ", "", "", 2),
    ("", "ℓ", "", 0),
    ("e", "ℓe", "e", 1),
    ("e", "ℓe", "e", 1),
    ("", "ez", "", 1),
    ("", "zp", "", 1),
    ("", "zb", "", 1),
    ("x", "pw", "x", 1),
    ("w", "w", "", 0),
    ("b", "b", "", 0),
]
SAYS = re.compile(r"(?:(d?[a-zℓ]) (\+?=) )?(?:(.+) = )?(.+) = (\S+)")
ORANGE = "rgb(232, 134, 46)"


def computed(text, names):
    """Compute what a sentence says."""
    signs = str.maketrans("×−ℓ", "*-l")
    return eval(text.translate(signs), {}, names)


class Walk:
    """The figure as a reader uses it, and what it should show."""

    def __init__(self, figure, act, words):
        self.figure, self.act, self.words = figure, act, words
        self.node = figure.element_handle()  # to find it anew takes as long
        self.given, self.lr = FIRST, 0.05
        self.past, self.done = [], SLOPES
        self.layout = pytest.approx(figure.evaluate(LAYOUT), abs=0.01)

    def control(self, name):
        return self.figure.locator(f"[name={name}]")

    def press(self, name):
        """Press a button, and compare."""
        self.act(self.control(name))
        if name == "again":
            self.given, self.past, self.done = FIRST, [], 0
        elif name == "update" or (name == "step" and self.done == ALL):
            changed = steps(**self.given, lr=self.lr)[SLOPES:]
            self.past = [*self.past, self.given]
            self.given = self.given | {at: number for _, at, number in changed}
            self.done = SLOPES if name == "update" else 1
        elif name == "step":
            self.done += 1
        elif self.done <= 1 and self.past:
            *self.past, self.given = self.past
            self.done = ALL
        else:
            self.done = max(self.done - 1, 0)
        self.check()

    def set(self, name, value):
        """Move a slider, and compare."""
        self.control(name).evaluate(SET, str(value))
        self.follow(name, value)

    def follow(self, name, value):
        if name == "lr":
            self.lr = value
        else:
            self.given, self.past = self.given | {name: value}, []
        self.check()

    def check(self):
        """Compare all that is shown with the chapter's programs."""
        state, layout = self.node.evaluate(SEEN)
        state = SimpleNamespace(**state)
        taken = steps(**self.given, lr=self.lr)[: self.done]
        numbers = {"value": dict(self.given), "slope": {}}
        for kind, at, number in taken:
            numbers[kind][at] = number
        for name, circle in state.circles.items():
            for kind, found in numbers.items():
                text = short(found[name], 4) if name in found else ""
                assert circle[kind] == text
            assert circle["isAt"] == (taken != [] and taken[-1][1] == name)
        e, x = numbers["value"].get("e", 0), self.given["x"]
        # w to p, p to z, b to z, z to e, and twice e to the loss
        locals_ = ((11, x), (9, 1), (10, 1), (8, 1), (6, e / 2), (7, e / 2))
        assert [text for text, _ in state.locals] == [
            short(number, 4) if self.done >= step else ""
            for step, number in locals_
        ]
        walked = [*self.past, *[self.given][: self.done // 4]]
        losses = [steps(**each, lr=0)[3][2] for each in walked[-3:]]
        assert state.losses == " → ".join(short(each, 5) for each in losses)
        assert state.lr_now == f"{self.lr:.2f}"
        self.check_marks(state)
        self.check_sentence(state.says, numbers, *taken[-1:])
        assert layout == self.layout

    def check_marks(self, state):
        *marks, kept, along = MARKS[self.done]
        for kind, marked in zip(
            ("isValueBold", "isSlopeBold"), marks, strict=True
        ):
            found = {
                name for name, each in state.circles.items() if each[kind]
            }
            assert found == set(marked)
        assert kept == "".join(
            name
            for name, each in state.circles.items()
            if each["colour"] == ORANGE
        )
        assert state.along == along
        bold = [text for text, is_bold in state.locals if is_bold]
        assert len(bold) == (along == 1)

    def check_sentence(self, says, numbers, step=None):
        if step is None:
            assert says == ""
            return
        kind, at, number = step
        phase = (self.done > 4) + (self.done > SLOPES)
        assert says.startswith(self.words[phase])
        says = says.removeprefix(self.words[phase])
        if self.done == 5:
            assert says == "dℓ = 1"
            return
        name, sign, rule, terms, result = SAYS.fullmatch(says).groups()
        assert result == short(number, 5)
        assert not re.search("[×+−] −", terms)
        assert computed(terms, {}) == pytest.approx(number, rel=3e-4, abs=0.03)
        names = {"d" + at: slope for at, slope in numbers["slope"].items()}
        names |= {"η": self.lr, "dl": 1} | numbers["value"] | self.given
        names["de"] = names.get("e")
        share = number / 2 if sign == "+=" else 0
        assert share + computed(rule, names) == pytest.approx(number)
        if self.done <= SLOPES:
            assert name == ("d" if kind == "slope" else "") + at
        else:
            assert rule.startswith(at)


def arrive(tab, address):
    tab.goto(address)
    figure = tab.locator(FIGURE)
    figure.scroll_into_view_if_needed()
    return figure


def test_a_walk_in_chinese_by_touch_has_the_numbers_of_the_program(
    browser, site, audit
):
    # from a file, on a small screen
    with browser.new_context(
        has_touch=True,
        color_scheme="dark",
        viewport={"width": 320, "height": 900},
    ) as context:
        tab = context.new_page()
        page = Path(site.folder, "backpropagation/index.html")
        figure = arrive(tab, page.as_uri())
        tab.wait_for_selector(f"{FIGURE}.ready")
        walk = Walk(figure, Locator.tap, ("往前：", "往回：", "更新："))
        assert "taken" not in figure.get_attribute("class")
        for name in ["again", "back", *["step"] * 28, *["back"] * 16]:
            walk.press(name)
        for lr in (0.05, 0.2, 0.4, 0.5):
            walk.press("again")
            walk.set("lr", lr)
            for _ in range(4):
                walk.press("update")
        assert audit(tab, FIGURE) == []
        assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_a_walk_in_english_by_keyboard_has_the_numbers_of_the_program(
    tab, listen, audit
):
    complaints, held = listen(tab), []
    tab.route("**/interactives/**", lambda route: held.append(route))
    figure = arrive(tab, "en/backpropagation/")
    tab.wait_for_function("document.querySelector('script[src*=interact]')")
    before = pytest.approx(figure.evaluate(LAYOUT), abs=0.01)
    held[0].continue_()
    tab.wait_for_selector(f"{FIGURE}.ready")
    assert figure.evaluate(LAYOUT) == before

    # It begins with what the picture shows, where the picture shows it.
    with pyplot.style.context(STYLE, after_reset=True):
        picture = drawing()
        picture.savefig(io.BytesIO(), format="svg")
    (axes,), height = picture.axes, picture.bbox.height
    drawn = figure.evaluate(TEXTS)
    expected = [
        [text.get_text().strip("$").replace("-", "−"), *text.get_position()]
        for text in axes.texts
        if text.get_text()
    ]
    for text, *place in expected:
        across, up = axes.transData.transform(place) * 96 / picture.dpi
        down = height * 96 / picture.dpi - up
        near = [
            name
            for name, x, y in drawn
            if name and abs(x - across) < 0.2 and abs(y - down) < 0.2
        ]
        assert near == [text.replace(r"\ell", "ℓ")]
    assert len([text for text, *_ in drawn if text]) == len(expected)

    def press(control):
        control.focus()
        tab.keyboard.press("Enter")

    walk = Walk(figure, press, ("Forward: ", "Back: ", "Update: "))
    walk.check()
    for name in ["step", "step", "step", "back", "update", "back", "again"]:
        walk.press(name)
    for _ in range(SLOPES):
        walk.press("step")
    tab.keyboard.press("Tab")  # Update
    tab.keyboard.press("Tab")  # Start again
    for name, key, value in (
        ("w", "ArrowLeft", 449),
        ("b", "ArrowRight", -39),
        ("x", "ArrowRight", 2.1),
        ("y", "PageUp", 870),
        ("lr", "Home", 0.01),
    ):
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.activeElement.name") == name
        tab.keyboard.press(key)
        walk.follow(name, value)
    walk.press("update")
    for name, value in (("x", 0), ("y", 950), ("x", 4), ("w", 500)):
        walk.set(name, value)
    walk.press("update")

    # Where a walk runs away, too, its numbers have room.
    for name in ("b", "lr"):
        slider = walk.control(name)
        slider.evaluate(SET, slider.get_attribute("max"))
    for _ in range(12):
        press(walk.control("update"))
        assert figure.evaluate(CROWDED) == []
        assert figure.evaluate(LAYOUT) == walk.layout
    assert complaints == []
    tab.emulate_media(color_scheme="light")
    assert audit(tab, FIGURE) == []
    tab.emulate_media(media="print")
    assert figure.locator("img").is_visible()
    for name in (".stage", "fieldset"):
        assert not figure.locator(name).is_visible()
