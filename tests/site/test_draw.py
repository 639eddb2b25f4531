"""What the figure in which a reader writes a digit shows of it."""

import json
from types import SimpleNamespace

import numpy as np
import pytest

from data import digits
from multilayer_perceptron.draw import SEVEN, inked
from multilayer_perceptron.vectorized import forward, start, train
from softmax_regression.vectorized import softmax, split

PAGE = "multilayer_perceptron/"
FIGURE = "figure[data-live='multilayer_perceptron/draw']"
SHOWN = """(figure) => ({
  squares: [...figure.querySelectorAll("[role=gridcell]")].map(
    (cell) => Number(cell.getAttribute("aria-label"))),
  percent: [...figure.querySelectorAll("text")].map((text) => text.textContent)
    .filter((text) => text.includes("%")),
  strokes: [...figure.querySelectorAll("polyline")].map((stroke) =>
    stroke.getAttribute("points").split(" ")
      .map((point) => point.split(",").map(Number))),
  answer: figure.querySelector("output").textContent,
})"""
# In the field of 32 x 32, as a hand might write them.
WRITTEN = {
    "a 1 with a foot": [
        [(9, 11), (16, 5), (16, 27)],
        [(6, 27), (26, 27)],
    ],
    "a small 0": [[(14, 4), (10, 8), (10, 12), (14, 16), (18, 12), (17, 6)]],
    "a 4": [[(10, 4), (7, 18), (24, 18)], [(19, 10), (17, 29)]],
    "a dash": [[(4, 20), (28, 21)]],
}


@pytest.fixture(scope="module")
def network():
    """The network of the chapter and the images that were held out."""
    file = digits.__file__.replace("digits.py", "digits.csv.gz")
    known, actual, X_new, y_new = split(*digits.load(file))
    return train(start(64, 32, 10), known, actual), X_new, y_new


def arrive(tab):
    """Go to the figure, and return it when its program is there."""
    tab.goto(PAGE)
    figure = tab.locator(FIGURE)
    figure.scroll_into_view_if_needed()
    answer = json.dumps(f"{FIGURE} output")
    tab.wait_for_function(f"document.querySelector({answer}).textContent")
    return figure


@pytest.fixture(scope="module")
def arrived(context):
    """The figure, in a tab that stays open."""
    tab = context.new_page()
    yield arrive(tab)
    tab.close()


@pytest.fixture
def figure(arrived):
    """The figure with nothing in it, in the middle of its tab."""
    arrived.page.bring_to_front()  # others draw no frames
    arrived.locator("button[name=clear]").click()
    arrived.evaluate("figure => figure.scrollIntoView({ block: 'center' })")
    return arrived


def shown(figure):
    return SimpleNamespace(**figure.evaluate(SHOWN))


def expected(parameters, features):
    """What is to be seen of 64 numbers: ten texts, and the answer."""
    P = softmax(forward(*parameters, np.array([features]))[2])[0]
    texts = [f"{int(100 * p + 0.5)} %" for p in P]
    return texts, f"{P.argmax()}, {texts[P.argmax()]}"


def write(figure, stroke, pen):
    """Move a pen through the places of a stroke."""
    box = figure.locator(".stage").bounding_box()
    unit = box["width"] / 614
    places = [
        (box["x"] + (8 + 9.25 * x) * unit, box["y"] + (28 + 9.25 * y) * unit)
        for x, y in stroke
    ]
    pen(figure.page, places)


def mouse(tab, places):
    tab.mouse.move(*places[0])
    tab.mouse.down()
    for place in places[1:]:
        tab.mouse.move(*place, steps=9)
    tab.mouse.up()


def test_it_begins_with_the_seven_of_the_picture(tab, network):
    figure = arrive(tab)
    answer = expected(network[0], inked(SEVEN))[1]
    assert shown(figure).answer == answer == "7, 83 %"
    assert "taken" not in figure.get_attribute("class")
    write(figure, [(4, 20), (28, 21)], mouse)
    assert len(shown(figure).strokes) == 1


def test_an_image_of_the_data_is_read_as_in_python(figure, network):
    parameters, X_new, y_new = network
    for digit in range(10):
        for row in np.flatnonzero(y_new == digit)[:3]:
            button = figure.locator("button[name=digit]").nth(digit)
            button.dispatch_event("click")
            now = shown(figure)
            assert now.squares == (16 * X_new[row]).tolist()
            answers = now.percent, now.answer
            assert answers == expected(parameters, X_new[row])


@pytest.mark.parametrize("strokes", WRITTEN.values(), ids=WRITTEN)
def test_what_is_written_is_read_as_in_python(figure, network, strokes):
    before = figure.bounding_box()
    for stroke in strokes:
        write(figure, stroke, mouse)
    now = shown(figure)
    assert len(now.strokes) == len(strokes)
    for seen, meant in zip(now.strokes, strokes, strict=True):
        ends = [seen[0], seen[-1]], [meant[0], meant[-1]]
        assert np.allclose(*ends, atol=0.5)  # steps of a hand
    features = inked([np.array(each) for each in now.strokes])
    assert now.squares == (16 * features).tolist()
    assert (now.percent, now.answer) == expected(network[0], features)
    assert figure.bounding_box() == before


def test_squares_are_inked_by_the_keyboard(figure, network):
    tab = figure.page
    assert shown(figure).answer == "–"
    assert shown(figure).percent == []
    assert figure.get_by_role("gridcell").count() == 64
    tab.locator("[role=gridcell][tabindex='0']").focus()
    for key in ("ArrowLeft", "ArrowDown", "ArrowRight", "Space", "ArrowRight"):
        tab.keyboard.press(key)
    tab.keyboard.press("Space")
    features = np.zeros(64)
    features[[9, 10]] = 1
    now = shown(figure)
    assert now.squares == (16 * features).tolist()
    assert (now.percent, now.answer) == expected(network[0], features)
    tab.keyboard.press("Space")
    assert shown(figure).squares[10] == 0
    tab.locator("[role=gridcell]").nth(63).click()
    assert shown(figure).squares[63] == 16


def test_a_finger_writes_and_does_not_scroll(browser, site):
    with browser.new_context(
        base_url=site.url,
        has_touch=True,
        is_mobile=True,
        viewport={"width": 320, "height": 844},
    ) as context:
        tab = context.new_page()
        figure = arrive(tab)
        session = context.new_cdp_session(tab)

        def finger(tab, places):
            def touch(kind, *points):
                session.send(
                    "Input.dispatchTouchEvent",
                    {"type": kind, "touchPoints": list(points)},
                )

            for kind, (x, y) in [("touchStart", places[0])] + [
                ("touchMove", place) for place in places
            ]:
                touch(kind, {"x": x, "y": y})
            touch("touchEnd")

        before = tab.evaluate("scrollY")
        down = [(16, 28 - y) for y in range(25)]
        write(figure, down, finger)
        assert len(shown(figure).strokes) == 1
        assert shown(figure).strokes[0][-1] == pytest.approx((16, 4), abs=1)
        assert tab.evaluate("scrollY") == before
        assert tab.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible(audit, figure, scheme):
    tab = figure.page
    tab.emulate_media(color_scheme=scheme)
    figure.locator("button[name=digit]").first.click()
    assert audit(tab, FIGURE) == []
