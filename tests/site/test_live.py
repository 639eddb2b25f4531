"""What the figures do that a reader can take hold of, and what they show."""

import functools
import io
import re

import numpy as np
import pytest
from matplotlib import pyplot

from data import hubble_1929
from gradient_descent import figure as map_of_the_loss
from gradient_descent.scratch import gradient, loss, train
from index import concise
from linear_regression import figure as scatter
from linear_regression import scratch
from verify.figures import STYLE

x, y = hubble_1929.x, hubble_1929.y
LIVE = {
    "": scatter.line,
    "linear_regression/": scatter.squares,
    "gradient_descent/": map_of_the_loss.trajectory,
}
PAGES = [home + page for home in ("", "en/") for page in LIVE]
FIGURE = "figure[data-live]"
SET = """(figure, values) => {
  for (const [name, value] of Object.entries(values)) {
    const slider = figure.querySelector(`[name=${name}]`)
    slider.value = value
    slider.dispatchEvent(new Event("input", { bubbles: true }))
  }
}"""
SHOWS = """(figure) => Object.fromEntries(
  [...figure.querySelectorAll("output")]
    .map(({ name, textContent }) => [name, textContent.replaceAll("−", "-")])
)"""
# Where a place in a group of the stage lies on the picture, in its pixels.
PLACE = """(node, [x, y]) => {
  const stage = node.closest(".stage")
  const matrix = stage.getScreenCTM().inverse().multiply(node.getScreenCTM())
  const place = new DOMPoint(x, y).matrixTransform(matrix)
  return [place.x, place.y]
}"""

# Eight points of each contour.
AROUND = """circles => circles.map((circle) => {
  const { matrix } = circle.transform.baseVal.consolidate()
  return [0, 1, 2, 3, 4, 5, 6, 7].map((turn) => {
    const [x, y] = [Math.cos(turn), Math.sin(turn)]
    const place = new DOMPoint(x, y).matrixTransform(matrix)
    return [place.x, place.y]
  })
})"""


class Figure:
    """A live figure, as a reader uses it."""

    def __init__(self, tab, page):
        tab.emulate_media(reduced_motion="reduce")
        tab.goto(page)
        self.tab, self.box = tab, tab.locator("figure[data-live]")
        self.box.scroll_into_view_if_needed()
        # to find it anew each time takes longer than what is asked of it
        self.node = tab.wait_for_selector("figure.ready")

    def set(self, **values):
        """Move sliders."""
        self.node.evaluate(SET, values)

    def press(self, name):
        """Press a button."""
        self.control(name).click()

    def control(self, name):
        """Return the control of a name."""
        return self.box.locator(f"[name={name}]")

    def run(self):
        """Press the button that walks 300 epochs, and let it arrive."""
        self.press("run")
        self.arrive()

    def arrive(self):
        """Wait until epoch 300 is shown."""
        arrived = "document.querySelector('[name=t_now]').value == 300"
        self.tab.wait_for_function(arrived)

    def take(self):
        """Take hold of it: its stage is seen from then on."""
        self.box.locator("button").first.click()
        self.tab.wait_for_selector("figure.taken")

    def shows(self):
        """Return the texts of all outputs, by name."""
        return self.node.evaluate(SHOWS)

    def path(self, selector):
        """Return the points of a path that is drawn, each with two numbers."""
        drawn = self.box.locator(f".stage {selector}").get_attribute("d")
        numbers = re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", drawn)
        return np.array(numbers, float).reshape(-1, 2)


@pytest.fixture(scope="module")
def opened(context):
    """A function that gives the figure of a page, in a tab that stays open."""
    figures = functools.cache(lambda page: Figure(context.new_page(), page))

    def opened(page):
        figure = figures(page)
        figure.tab.bring_to_front()  # others draw no frames
        return figure

    yield opened
    for page in PAGES:
        figures(page).tab.close()


@pytest.fixture
def line(opened):
    """A figure that shows what it showed at first."""
    line = opened("linear_regression/")
    line.set(w=500, b=0)
    return line


@pytest.fixture
def walk(opened):
    """A figure at its start, from where a walk takes one step at a time."""
    walk = opened("en/gradient_descent/")
    walk.set(lr=0.5)
    walk.press("again")
    return walk


def as_shown(w, b):
    """Return what the figures show of a line."""
    return {"w_now": f"{w:.2f}", "b_now": f"{b:.2f}"}


# What is shown.


@pytest.mark.parametrize("page", PAGES)
def test_the_data_are_those_of_the_book(opened, page):
    is_home = page in ("", "en/")
    file = "index/concise.py" if is_home else "data/hubble_1929.py"
    found = opened(page).tab.evaluate(f"shown('{file}')")
    assert found == {"x": x, "y": y}


@pytest.mark.parametrize("home", ["", "en/"])
def test_the_home_page_trains_as_its_program_does(opened, home):
    found = opened(home)
    for epochs in (0, 2, 40, 300):  # the 186.5625 of 1, each rounds its way
        found.set(t=epochs)
        w, b = concise.train(x, y, epochs=epochs)
        assert found.shows() == {
            "t_now": str(epochs),
            "w_now": f"{w:.3f}",
            "b_now": f"{b:.3f}",
        }
        ends = [[0, b], [2.1, w * 2.1 + b]]
        assert found.path(".c1") == pytest.approx(np.array(ends))
    found.set(t=40)
    found.press("run")  # from the start
    found.arrive()
    assert found.control("t").input_value() == "300"


@pytest.mark.parametrize(
    ("w", "b"), [(500, 0), (450, -40), (0, 373), (-100, 800), (900, -400)]
)
def test_a_line_has_the_loss_of_the_program(line, w, b):
    line.set(w=w, b=b)
    mean = scratch.predict(w, b, scratch.mean(x)) - scratch.mean(y)
    assert line.shows() == as_shown(w, b) | {
        "mean": f"{mean:.1f}",
        "loss": f"{scratch.loss(w, b, x, y):.1f}",
    }


def test_the_button_sets_the_least_squares_line(line):
    line.press("best")
    w, b = scratch.least_squares(x, y)
    assert line.shows().items() >= as_shown(w, b).items()
    assert line.shows()["loss"] == f"{scratch.loss(w, b, x, y):.1f}"
    assert line.shows()["mean"] == "0.0"
    line.set(b=-41)  # the weight stays as it is
    assert line.shows()["loss"] == f"{scratch.loss(w, -41, x, y):.1f}"


def test_each_residual_has_its_square(line):
    w, b = 450, -40
    line.set(w=w, b=b)
    drawn = line.box.locator(".stage .area").evaluate_all(
        """areas => areas.map((area) => {
          const { width, height } = area.getBoundingClientRect()
          return [area.getAttribute("d"), width, height]
        })"""
    )
    for (way, width, height), xi, yi in zip(drawn, x, y, strict=True):
        place, e, across = re.match("M(.*)v(.*)h(.*)v", way).groups()
        assert place == f"{xi:g},{yi:g}"
        assert float(e) == pytest.approx(w * xi + b - yi)
        assert float(across) * float(e) > 0  # on the side of the picture's
        assert width == pytest.approx(height, rel=1e-3)


@pytest.mark.parametrize("lr", [0.01, 0.1, 0.5, 0.57, 0.95, 0.98, 0.99, 1.1])
def test_a_walk_has_the_numbers_of_the_program(walk, lr):
    walk.set(lr=lr)
    for epochs in (0, 1, 2, 3):
        w, b = train(x, y, lr=lr, epochs=epochs)
        assert (
            walk.shows().items()
            >= {
                **as_shown(w, b),
                "lr_now": f"{lr:.2f}",
                "t_now": str(epochs),
                "loss": f"{loss(w, b, x, y):.1f}",
            }.items()
        )
        walk.press("step")
    walk.run()
    w, b = train(x, y, lr=lr, epochs=300)
    found = walk.shows()
    assert found["t_now"] == "300"
    assert float(found["w_now"]) == pytest.approx(w, rel=1e-4, abs=0.0051)
    assert float(found["b_now"]) == pytest.approx(b, rel=1e-4, abs=0.0051)
    value = loss(w, b, x, y)
    assert float(found["loss"]) == pytest.approx(value, rel=1e-4, abs=0.051)


def test_a_walk_may_start_anywhere(walk):
    walk.set(lr=0.3, w=-17, b=222)
    w, b = -17.0, 222.0
    for _ in range(4):
        walk.press("step")
        dw, db = gradient(w, b, x, y)
        w, b = w - 0.3 * dw, b - 0.3 * db
    assert walk.shows().items() >= as_shown(w, b).items()
    walk.set(w=100)  # the bias stays as it is
    assert walk.shows().items() >= (as_shown(100, b) | {"t_now": "0"}).items()
    walk.press("again")
    assert walk.shows().items() >= (as_shown(0, 0) | {"t_now": "0"}).items()


def test_another_learning_rate_takes_the_same_number_of_steps(walk):
    for _ in range(5):
        walk.press("step")
    walk.set(lr=0.9)
    w, b = train(x, y, lr=0.9, epochs=5)
    assert walk.shows().items() >= (as_shown(w, b) | {"t_now": "5"}).items()


def test_the_path_that_is_drawn_is_the_walk(walk):
    for _ in range(3):
        walk.press("step")
    expected = [train(x, y, epochs=t) for t in range(5)]
    walked = walk.path("g > .c0 >> nth=0")
    assert walked == pytest.approx(np.array(expected[:4]))
    assert walk.path(".c1 >> nth=0") == pytest.approx(np.array(expected[3:]))


@pytest.mark.parametrize(
    ("home", "lowest", "diverges"),
    [("", "最低点", "发散"), ("en/", "lowest point", "diverges")],
)
def test_it_is_said_when_a_walk_diverges(opened, home, lowest, diverges):
    walk = opened(f"{home}gradient_descent/")
    rates = {0.5: lowest, 0.95: "", 0.98: "", 0.99: diverges, 1.1: diverges}
    fields = walk.box.locator("fieldset")
    height = fields.bounding_box()["height"]
    for lr, words in rates.items():
        walk.set(lr=lr)
        walk.press("again")
        assert walk.shows()["says"] == ""
        walk.run()
        found = walk.shows()["says"]
        assert words in found
        assert bool(words) == bool(found)
        # a long number moves no button
        assert fields.bounding_box()["height"] == height


def test_contours_have_the_heights_of_the_picture(walk):
    (axes,) = map_of_the_loss.trajectory().axes
    contours = walk.box.locator(".stage circle").evaluate_all(AROUND)
    for level, points in zip(
        axes.collections[0].levels, contours, strict=True
    ):
        heights = [loss(w, b, x, y) for w, b in points]
        assert heights == pytest.approx([level] * 8)


@pytest.mark.parametrize("page", LIVE)
def test_a_place_on_the_stage_is_one_on_the_picture(opened, page):
    with pyplot.style.context(STYLE, after_reset=True):
        picture = LIVE[page]()
        picture.savefig(io.BytesIO(), format="svg")
    axes, height, unit = picture.axes[0], picture.bbox.height, 96 / picture.dpi
    group = opened(page).box.locator(".stage g").first
    for place in ((0, 0), (0.5, 1000), (-30, 200)):
        across, up = axes.transData.transform(place)
        expected = [across * unit, (height - up) * unit]
        assert group.evaluate(PLACE, place) == pytest.approx(expected, abs=0.2)


# How it is used.


def test_a_walk_goes_on_until_it_is_stopped(walk):
    tab = walk.tab
    tab.emulate_media(reduced_motion="no-preference")
    walk.press("run")
    tab.wait_for_function("document.querySelector('[name=t_now]').value > 2")
    assert walk.control("run").inner_text() == "Stop"
    assert walk.control("loss").get_attribute("aria-live") == "off"
    walk.press("run")
    stopped = walk.shows()
    assert 2 < int(stopped["t_now"]) < 300
    tab.wait_for_timeout(200)
    assert walk.shows() == stopped
    assert walk.control("run").inner_text() == "Run"
    # As if it had begun 3.3 seconds ago: it hurries by then.
    began = "performance.now = () => document.timeline.currentTime - 3300"
    tab.evaluate(began)
    walk.run()
    assert walk.control("run").inner_text() == "Run"
    assert walk.control("loss").get_attribute("aria-live") == "polite"
    tab.evaluate("delete performance.now")
    tab.emulate_media(reduced_motion="reduce")


def test_all_is_done_by_keyboard(tab):
    walk = Figure(tab, "en/gradient_descent/")
    walk.control("lr").focus()
    tab.keyboard.press("ArrowRight")
    assert walk.shows()["lr_now"] == "0.51"
    for name, keys, text in (
        ("w", ["ArrowRight"] * 2, {"w_now": "2.00", "b_now": "0.00"}),
        ("b", ["ArrowLeft"], {"w_now": "2.00", "b_now": "-1.00"}),
        ("step", ["Enter", "Space"], {"t_now": "2"}),
        ("run", ["Enter"], {"t_now": "300"}),
        ("again", ["Enter"], {"t_now": "0", "w_now": "0.00"}),
    ):
        tab.keyboard.press("Tab")
        focused = tab.evaluate("document.activeElement.name")
        assert focused == name
        outline = "getComputedStyle(document.activeElement).outlineStyle"
        assert tab.evaluate(outline) == "solid"
        for key in keys:
            tab.keyboard.press(key)
        if name == "run":
            walk.arrive()
        assert walk.shows().items() >= text.items()


def test_a_point_is_put_where_the_picture_is_touched(browser, site):
    with browser.new_context(base_url=site.url, has_touch=True) as context:
        walk = Figure(context.new_page(), "gradient_descent/")
        picture = walk.box.locator(".stage")
        for width in (320, 1280):
            walk.tab.set_viewport_size({"width": width, "height": 700})
            group = picture.locator("g").first
            across, down = group.evaluate(PLACE, [300, 150])
            picture.scroll_into_view_if_needed()
            unit = picture.bounding_box()["width"] / 614
            picture.tap(position={"x": across * unit, "y": down * unit})
            found = walk.shows()
            # as near as the pixel that was touched
            assert float(found["w_now"]) == pytest.approx(300, abs=2 / unit)
            assert float(found["b_now"]) == pytest.approx(150, abs=2 / unit)
            assert found["t_now"] == "0"
            walk.press("again")


def test_a_point_follows_the_mouse_that_holds_it(walk):
    mouse, box = walk.tab.mouse, walk.box.locator(".stage").bounding_box()

    def weight_at(share):
        mouse.move(box["x"] + share * box["width"], box["y"] + 200)
        return float(walk.shows()["w_now"])

    assert weight_at(0.4) == 0
    mouse.down()
    first, second = weight_at(0.5), weight_at(0.6)
    mouse.up()
    assert 0 < first < second == weight_at(0.4)


# What it costs those who do not use it.


def test_a_program_is_loaded_when_its_figure_comes_near(tab, asked):
    tab.goto("en/gradient_descent/", wait_until="networkidle")
    assert not any("interactives" in url for url in asked)
    tab.locator("figure[data-live]").scroll_into_view_if_needed()
    tab.wait_for_selector("figure.ready")
    names = [url.split("/")[-1] for url in asked if "interactives" in url]
    assert names == ["descent.js"]


LAYOUT = """() => [document.documentElement.getBoundingClientRect().height,
  ...["figure[data-live]", "figure[data-live] img", "figure[data-live] ~ *"]
    .map((name) => document.querySelector(name).getBoundingClientRect())
    .flatMap(({ x, y, width, height }) => [x, y + scrollY, width, height])]"""


def at_each_width(tab, look):
    """Return what is seen on a small phone, on a phone and on a screen."""
    seen = []
    for width in (320, 390, 1280):
        tab.set_viewport_size({"width": width, "height": 844})
        seen += look()
    return seen


@pytest.mark.parametrize("page", PAGES)
def test_nothing_moves_when_a_program_comes(tab, page):
    held = []
    tab.route("**/interactives/**", lambda route: held.append(route))
    tab.goto(page)
    box = tab.locator("figure[data-live]")
    box.scroll_into_view_if_needed()
    tab.wait_for_function("document.querySelector('script[src*=interact]')")

    def layout():
        return tab.evaluate(LAYOUT)

    def layout_of_the_taken():
        stage, picture = (
            box.locator(name).bounding_box() for name in (".stage", "img")
        )
        assert stage == pytest.approx(picture, abs=0.01)
        width = tab.evaluate("document.documentElement.scrollWidth")
        assert width <= tab.viewport_size["width"]
        return layout()

    # Code remembers its height at the width before: to a part of a pixel.
    before = pytest.approx(at_each_width(tab, layout), abs=0.5)
    assert not box.evaluate("node => node.matches('.ready')")
    held[0].continue_()
    tab.wait_for_selector("figure.ready")
    assert at_each_width(tab, layout) == before
    assert not box.evaluate("node => node.matches('.taken')")
    box.locator("button").first.click()
    tab.wait_for_selector("figure.taken")
    assert at_each_width(tab, layout_of_the_taken) == before


@pytest.fixture
def live(site, places):
    """Where each live figure of the book is, in Chinese."""
    return [place for place in places if site.page(place).select(FIGURE)]


NOTE = """(figure) => getComputedStyle(
  figure.querySelector("figcaption"), "::before").content.replace(/"/g, "")"""
WHERE = {
    "": "这幅图可以动手试：在网站上，用打开了 JavaScript 的浏览器。",
    "en/": "On the site, in a browser with JavaScript, you can take hold of "
    "this figure.",
}


@pytest.mark.parametrize("home", WHERE)
def test_without_scripts_the_pictures_stand(scriptless, live, home):
    for place in live:
        scriptless.goto(home + place)
        for figure in scriptless.locator(FIGURE).all():
            assert figure.locator("img").is_visible()
            assert figure.locator("figcaption").is_visible()
            assert figure.locator("fieldset").bounding_box() is None
            assert figure.evaluate(NOTE) == WHERE[home]


@pytest.mark.parametrize("page", PAGES)
def test_on_paper_the_picture_stands(opened, page):
    figure = opened(page)
    figure.take()
    figure.tab.emulate_media(media="print")
    assert figure.box.locator("img").is_visible()
    for name in (".stage", "fieldset"):
        assert not figure.box.locator(name).is_visible()
    assert figure.box.evaluate(NOTE) == WHERE["en/" * page.startswith("en/")]
    figure.tab.emulate_media(media="null")
    assert figure.box.locator(".stage").is_visible()
    assert figure.box.evaluate(NOTE) == "none"


@pytest.mark.parametrize(
    ("page", "scheme"),
    [*zip(PAGES, 3 * ("light", "dark"), strict=True)],
)
def test_it_is_accessible(opened, audit, page, scheme):
    figure = opened(page)
    figure.tab.emulate_media(color_scheme=scheme)
    figure.take()
    assert audit(figure.tab, FIGURE) == []


def test_every_program_has_its_figure_in_both_languages(site, root, places):
    folder = root / "docs/assets/interactives"
    loaded = {"multilayer_perceptron/network"}  # by draw.js beside it
    programs = {
        path.relative_to(folder).with_suffix("").as_posix()
        for path in folder.rglob("*.*")
    }
    for home in ("", "en/"):
        named = {
            figure["data-live"]
            for place in places
            for figure in site.page(home + place).select("[data-live]")
        }
        assert named | loaded == programs


def test_both_languages_have_the_same_controls(site, live):
    def controls(path):
        return [
            [node["name"], *map(node.get, ("min", "max", "step", "value"))]
            for node in site.page(path).select(f"{FIGURE} fieldset [name]")
        ]

    for place in live:
        assert controls(place) == controls(f"en/{place}") != []
