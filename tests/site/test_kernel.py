"""What the kernel that a reader takes in hand makes of the sky."""

import base64
import io
import re
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from convolution.figure import EDGES
from convolution.figure import hand as drawing
from convolution.vectorized import correlate
from data import deep_field

FIGURE = "figure[data-live='convolution/hand']"
TOP, LEFT, SIDE = 20, 60, 64
V = deep_field.load(
    Path(deep_field.__file__).with_name("deep_field.csv.gz")
).mean(axis=0)
PIECE = V[TOP : TOP + SIDE, LEFT : LEFT + SIDE]
SPOTS = np.full((3, 3), -1 / 8)
SPOTS[1, 1] = 1
KERNELS = {"blur": np.full((3, 3), 1 / 9), "edges": EDGES, "spots": SPOTS}
STATE = """(figure) => ({
  texts: [...figure.querySelectorAll(".stage text")]
    .map((text) => text.textContent),
  frames: [...figure.querySelectorAll(".stage g rect")]
    .map((frame) => ["x", "y"].map((name) => +frame.getAttribute(name))),
  images: [...figure.querySelectorAll(".stage image")]
    .map((image) => image.getAttribute("href").split(",")[1]),
  fields: [...figure.querySelectorAll("[name=weight]")]
    .map((field) => field.valueAsNumber),
  ...Object.fromEntries([...figure.querySelectorAll("output")]
    .map((output) => [output.name, output.textContent])),
})"""
# What the stage holds and where, in pixels of the picture.
DRAWN = """(figure) => {
  const screen = figure.querySelector(".stage").getScreenCTM().inverse()
  const place = (node, x, y) => {
    const matrix = screen.multiply(node.getScreenCTM())
    const point = new DOMPoint(x, y).matrixTransform(matrix)
    return [point.x, point.y]
  }
  const box = (node) => {
    const { x, y, width, height } = node.getBBox()
    return [...place(node, x, y), ...place(node, x + width, y + height)]
  }
  return {
    texts: [...figure.querySelectorAll(".stage text")].map((text) =>
      [text.textContent, ...["x", "y"].map((at) => +text.getAttribute(at))]),
    boxes: [...figure.querySelectorAll(".stage :is(rect, image)")].map(box),
  }
}"""
# Where all parts of the figure are, in it, and what follows it.
LAYOUT = """(figure) => {
  const { left, top } = figure.getBoundingClientRect()
  const parts = figure.querySelectorAll("img, fieldset, fieldset *")
  return [figure, ...parts, figure.nextElementSibling]
    .map((node) => node.getBoundingClientRect())
    .filter(({ width }) => width) // a label has no box of its own
    .map(({ x, y, width, height }) =>
      [x - left, y - top, width, height].map((each) => each.toFixed(2)))
}"""


class Hand:
    """The figure, as a reader uses it."""

    def __init__(self, tab, address):
        self.tab = tab
        tab.goto(address)
        self.figure = tab.locator(FIGURE)
        self.figure.scroll_into_view_if_needed()
        tab.wait_for_selector(f"{FIGURE}.ready")
        self.layout = self.figure.evaluate(LAYOUT)

    def control(self, name):
        return self.figure.locator(f"[name={name}]")

    def is_taken(self):
        return "taken" in self.figure.get_attribute("class")

    def check(self, W, p, q):
        """Compare all that is shown with the chapter's programs."""
        state = SimpleNamespace(**self.figure.evaluate(STATE))
        patch = V[p : p + 3, q : q + 3]
        numbers = [float(t.replace("−", "-")) for t in state.texts if digit(t)]
        shown, weights, products = np.reshape(numbers[:27], (3, 3, 3))
        assert np.allclose(shown, patch, rtol=0, atol=0.00501)
        assert np.allclose(weights, W, rtol=0, atol=0.00501)
        assert np.allclose(products, patch * W, rtol=0, atol=0.00501)
        Z = correlate(V, W)[p, q]
        assert state.sum.replace("−", "-") == f"{Z + 0.0:.2f}"
        assert state.sum == state.texts[-1]
        assert (state.row_now, state.column_now) == (str(p), str(q))
        assert state.frames == [[q, p], [q + 1, p + 1]]
        assert np.allclose(state.fields, np.ravel(W), atol=0.000501)
        grey, tinted = (pixels(text) for text in state.images)
        assert abs(grey - 255 * PIECE[..., None]).max() < 0.51
        assert abs(tinted - tints(correlate(PIECE, W))).max() < 0.51
        assert self.figure.evaluate(LAYOUT) == self.layout


def digit(text):
    return any(character.isdigit() for character in text)


def pixels(text):
    """The colours of an image that a page holds."""
    image = Image.open(io.BytesIO(base64.b64decode(text)))
    return np.array(image.convert("RGB")).astype(float)


def tints(Z):
    """White for 0, blue for the largest number, red for its opposite."""
    full = np.where(Z[..., None] > 0, (76, 120, 216), (217, 83, 79))
    share = (abs(Z) / abs(Z).max())[..., None]
    return 255 + share * (full - 255)


def test_the_page_has_the_pixels_of_the_data(root):
    program = root / "docs/assets/interactives/convolution/hand.js"
    rows = re.findall(r"^(?:\w\w){64}", program.read_text("utf-8"), re.M)
    sums = [
        [int(row[k : k + 2], 36) for k in range(0, 128, 2)] for row in rows
    ]
    assert np.array_equal(sums, np.rint(765 * PIECE))


@pytest.mark.parametrize(("home", "scheme"), [("", "dark"), ("en/", "light")])
def test_a_kernel_in_hand_gives_the_numbers_of_the_program(
    browser, site, audit, home, scheme
):
    # from a file, on a small screen and by touch
    with browser.new_context(
        has_touch=True,
        color_scheme=scheme,
        viewport={"width": 320, "height": 900},
    ) as context:
        tab = context.new_page()
        hand = Hand(
            tab, Path(site.folder, home, "convolution/index.html").as_uri()
        )
        assert not hand.is_taken()
        hand.check(EDGES, 39, 104)
        for name, W in KERNELS.items():
            hand.control(name).tap()
            assert hand.is_taken()
            hand.check(W, 39, 104)
        hand.control("edges").tap()
        hand.control("turn").tap()
        hand.check(-EDGES, 39, 104)
        hand.control("weight").nth(5).fill("0.25")
        odd = -EDGES.astype(float)
        odd[1, 2] = 0.25
        hand.check(odd, 39, 104)
        hand.control("turn").tap()
        hand.check(odd[::-1, ::-1], 39, 104)
        hand.control("weight").nth(3).fill("")  # nothing counts as 0
        assert hand.figure.evaluate(STATE)["texts"][16] == "0"
        hand.control("edges").tap()
        for panel, at, place in (
            (0, (36, 92), (35, 91)),
            (1, (52, 108), (51, 107)),
            (0, (20, 60), (20, 60)),  # as far as the picture goes
            (1, (83, 123), (81, 121)),
        ):
            ground = hand.figure.locator(".stage svg").nth(panel)
            unit = ground.bounding_box()["width"] / SIDE
            y, x = (np.array(at) - (TOP, LEFT) + 0.5) * unit
            ground.tap(position={"x": x, "y": y})
            hand.check(EDGES, *place)
        stage, image = (
            hand.figure.locator(name).bounding_box()
            for name in (".stage", "img")
        )
        assert stage == pytest.approx(image, abs=0.01)
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
        assert audit(tab, FIGURE) == []


def test_a_kernel_is_changed_by_keyboard_and_its_patch_by_mouse(tab, listen):
    complaints = listen(tab)
    hand = Hand(tab, "en/convolution/")
    drawn = hand.figure.evaluate(DRAWN)
    (axes,) = drawing().axes
    names = {r"\times": "×", r"\rightarrow": "→"}
    texts = [
        (text.get_text().strip("$"), *text.get_position())
        for text in axes.texts
    ]
    for text, x, y in texts:
        place = [names.get(text, text.replace("-", "−")), x, y]
        assert place in drawn["texts"]
    assert len(texts) == len(drawn["texts"])
    boxes = [patch.get_bbox().extents for patch in axes.patches]
    boxes += [
        np.take(image.get_extent(), [0, 3, 1, 2]) for image in axes.images
    ]
    for box in boxes:
        apart = abs(np.array(drawn["boxes"]) - box).max(axis=1)
        assert apart.min() < 0.01

    hand.control("weight").first.focus()
    tab.keyboard.press("ArrowUp")
    W = EDGES.copy()
    W[0, 0] = 0
    hand.check(W, 39, 104)
    for _ in range(13):  # eight fields, four buttons, a slider
        tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowRight")
    tab.keyboard.press("Tab")
    tab.keyboard.press("ArrowLeft")
    hand.check(W, 40, 103)

    # the last field that was used may have scrolled the panel away
    ground = hand.figure.locator(".stage svg").first
    unit = ground.bounding_box()["width"] / SIDE
    for step, at in enumerate(((30, 70), (35, 72), (50, 90))):
        row, column = at
        y, x = (np.array(at) - (TOP, LEFT) + 0.5) * unit
        ground.hover(position={"x": x, "y": y})
        if step == 0:
            tab.mouse.down()
        else:
            hand.check(W, row - 1, column - 1)
    tab.mouse.up()
    ground.hover(position={"x": 9, "y": 9})
    hand.check(W, 49, 89)
    assert complaints == []

    tab.emulate_media(media="print")
    assert hand.figure.locator("img").is_visible()
    for name in (".stage", "fieldset"):
        assert not hand.figure.locator(name).is_visible()
