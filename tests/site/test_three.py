"""What the figure with three logits shows of them."""

from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

from softmax_regression.figure import three as drawing
from softmax_regression.scratch import cross_entropy, softmax

FIGURE = "figure[data-live='softmax_regression/three']"
STATE = """(figure) => {
  const numbers = (node, names) =>
    names.map((name) => +node.getAttribute(name))
  const [ground, ...rects] = figure.querySelectorAll(".stage rect")
  const outputs = [...figure.querySelectorAll("output")]
  return {
    texts: [...figure.querySelectorAll(".stage text")]
      .map((text) => [text.textContent, ...numbers(text, ["x", "y"])]),
    bars: rects.map((bar) => numbers(bar, ["x", "y", "width", "height"])),
    pressed: [...figure.querySelectorAll("[name=right]")]
      .map((button) => button.getAttribute("aria-pressed")),
    sliders: [...figure.querySelectorAll("input")]
      .map((slider) => slider.valueAsNumber),
    outputs: Object.fromEntries(
      outputs.map((each) => [each.name, each.textContent])),
  }
}"""
LAYOUT = """(figure) => {
  const { left, top } = figure.getBoundingClientRect()
  const parts = figure.querySelectorAll("img, figcaption, p, input, button")
  return [figure, ...parts, figure.nextElementSibling]
    .map((part) => part.getBoundingClientRect())
    .flatMap(({ x, y, width, height }) => [x - left, y - top, width, height])
}"""
SEEN = f"(figure) => [({STATE})(figure), ({LAYOUT})(figure)]"


class Logits:
    """The figure as a reader uses it, and what it should show."""

    def __init__(self, tab, address):
        tab.goto(address)
        self.tab, self.figure = tab, tab.locator(FIGURE)
        self.figure.scroll_into_view_if_needed()
        tab.wait_for_selector(f"{FIGURE}.ready")
        self.node = self.figure.element_handle()  # to find it takes as long
        self.layout = pytest.approx(self.seen()[1], abs=0.01)

    def control(self, name):
        return self.figure.locator(f"[name={name}]")

    def seen(self):
        """Return what is shown, and where all parts are."""
        state, layout = self.node.evaluate(SEEN)
        return SimpleNamespace(**state), layout

    def check(self, u, r):
        """Compare all that is shown with the chapter's programs."""
        (state, layout), p = self.seen(), softmax(u)
        slopes = [pk - (k == r) for k, pk in enumerate(p)]
        columns = ((95, 16, u), (265, 120, p), (500, 55, slopes))
        values = [value for *_, numbers in columns for value in numbers]
        texts = [float(text.replace("−", "-")) for text, *_ in state.texts]
        assert np.allclose(texts[:3], u, rtol=0, atol=0.0501)
        assert np.allclose(texts[3:], values[3:], rtol=0, atol=0.000501)
        *bars, frame = state.bars
        expected = [
            [x + min(unit * value, 0), 47 + 48 * k, abs(unit * value), 26]
            for x, unit, numbers in columns
            for k, value in enumerate(np.clip(numbers, -3, 7))
        ]
        assert np.allclose(bars, expected)
        assert frame == [265, 47 + 48 * r, 120, 26]
        assert state.pressed == [str(k == r).lower() for k in range(3)]
        shown = np.clip(u, -3, 7)
        assert np.allclose(state.sliders, shown, rtol=0, atol=0.0501)
        now = [state.outputs[f"u{k}_now"] for k in (1, 2, 3)]
        assert now == [text for text, *_ in state.texts[:3]]
        loss = float(state.outputs["loss"].replace("−", "-"))
        assert loss == pytest.approx(cross_entropy(u, r), abs=0.000501)
        assert layout == self.layout


def test_three_logits_in_chinese_by_touch_give_the_numbers_of_the_program(
    browser, site, audit
):
    # from a file, on a small screen
    with browser.new_context(
        has_touch=True,
        color_scheme="dark",
        viewport={"width": 320, "height": 900},
    ) as context:
        tab = context.new_page()
        page = Path(site.folder, "softmax_regression/index.html")
        logits = Logits(tab, page.as_uri())
        u = np.array([1.0, 3.0, 2.0])
        assert "taken" not in logits.figure.get_attribute("class")
        logits.check(u, 1)
        for r in (0, 2, 1):
            logits.control("right").nth(r).tap()
            logits.check(u, r)
            for _ in range(3):
                logits.control("step").tap()
                u = u - (np.array(softmax(u)) - np.eye(3)[r])
                logits.check(u, r)
        for _ in range(6):  # beyond the end of a slider
            logits.control("shift").tap()
            u = u + 1
        logits.check(u, 1)
        logits.control("again").tap()
        logits.check([1, 3, 2], 1)
        assert audit(tab, FIGURE) == []
        assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_three_logits_in_english_by_keyboard_give_the_numbers_of_the_program(
    tab, listen, audit
):
    complaints = listen(tab)
    logits = Logits(tab, "en/softmax_regression/")

    # It begins with what the picture shows, where the picture shows it.
    (axes,), (state, _) = drawing().axes, logits.seen()
    texts = [
        [text.get_text().strip("$").replace("-", "−"), *text.get_position()]
        for text in axes.texts
        if text.get_ha() == "right"
    ]
    assert sorted(texts) == sorted(state.texts)
    boxes = [patch.get_bbox() for patch in axes.patches]
    places = [[*box.min, *abs(box.size)] for box in boxes]
    assert np.allclose(sorted(places), sorted(state.bars))

    logits.control("u1").focus()
    u, r = [1.0, 3.0, 2.0], 1
    for k, key, value in ((0, "End", 7), (1, "Home", -3), (2, "ArrowUp", 2.1)):
        tab.keyboard.press(key)
        u[k] = value
        logits.check(u, r)
        tab.keyboard.press("Tab")
    for name, r in (("right", 0), ("right", 1), ("right", 2), ("step", 2)):
        assert tab.evaluate("document.activeElement.name") == name
        tab.keyboard.press("Enter")
        if name == "right":
            logits.check(u, r)
            tab.keyboard.press("Tab")
    logits.check(np.array(u) - (np.array(softmax(u)) - np.eye(3)[2]), 2)
    assert complaints == []
    tab.emulate_media(color_scheme="light")
    assert audit(tab, FIGURE) == []
    tab.emulate_media(media="print")
    assert logits.figure.locator("img").is_visible()
    for name in (".stage", "fieldset"):
        assert not logits.figure.locator(name).is_visible()
